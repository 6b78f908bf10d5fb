import { defineFeature } from '../../core/command.ts';
import { catalogueButtons } from './catalogue/buttons.ts';
import { roleView } from './catalogue/cards.ts';
import { catalogueCommands } from './catalogue/commands.ts';
import { basicsForm, detailsForm, newForm } from './catalogue/forms.ts';
import { coverageButtons } from './coverage/buttons.ts';
import { coverageCommands } from './coverage/commands.ts';
import { coverageJobs } from './coverage/jobs.ts';
import { openRolesSection } from './coverage/sections.ts';
import { seatButtons } from './seats/buttons.ts';
import { seatCommands } from './seats/commands.ts';
import { handOverForm, passForm, peopleForm } from './seats/forms.ts';
import { seatJobs } from './seats/jobs.ts';
import { settings } from './settings/commands.ts';
import { termButtons } from './terms/buttons.ts';
import { termCommands } from './terms/commands.ts';
import { hoursForm } from './terms/forms.ts';
import { termJobs } from './terms/jobs.ts';
import { thanksSection } from './terms/sections.ts';
import { say } from './words.ts';

/** Jobs in the coalition: every partner can choose one, and nothing hangs on somebody who has gone. */
export const roles = defineFeature({
  name: 'roles',
  say,
  commands: [...catalogueCommands, ...seatCommands, ...termCommands, ...coverageCommands, settings],
  buttons: [...catalogueButtons, ...seatButtons, ...termButtons, ...coverageButtons],
  forms: [newForm, basicsForm, detailsForm, peopleForm, passForm, handOverForm, hoursForm],
  jobs: [...seatJobs, ...termJobs, ...coverageJobs],
  views: [roleView],
  adds: { digest: [openRolesSection, thanksSection] },
});
