import { defineFeature } from '../../core/command.ts';
import { askButtons } from './asks/buttons.ts';
import { askCommands } from './asks/commands.ts';
import { askForms } from './asks/forms.ts';
import { boardButtons } from './board/buttons.ts';
import { boardCommands } from './board/commands.ts';
import { definitionButtons } from './definition/buttons.ts';
import { definitionCommands } from './definition/commands.ts';
import { definitionForms } from './definition/forms.ts';
import { exportButtons } from './exports/buttons.ts';
import { exportCommands } from './exports/commands.ts';
import { exportMeasures } from './exports/jobs.ts';
import { peopleAdds } from './people/jobs.ts';
import { periodJobs } from './periods/jobs.ts';
import { publishingButtons } from './publishing/buttons.ts';
import { publishingCommands } from './publishing/commands.ts';
import { publishingJobs } from './publishing/jobs.ts';
import { learnedSection } from './publishing/sections.ts';
import { remindingJobs } from './reminding/jobs.ts';
import { requestButtons } from './requests/buttons.ts';
import { requestCommands } from './requests/commands.ts';
import { submittingButtons } from './submitting/buttons.ts';
import { submittingForms } from './submitting/forms.ts';
import { say } from './words.ts';

/** What the coalition measures together: asked kindly, answered in a minute, and given back. */
export const measures = defineFeature({
  name: 'measures',
  say,
  commands: [
    ...[...requestCommands, ...definitionCommands, ...askCommands],
    ...[...boardCommands, ...publishingCommands, ...exportCommands],
  ],
  buttons: [
    ...[...requestButtons, ...definitionButtons, ...submittingButtons, ...askButtons],
    ...[...boardButtons, ...publishingButtons, ...exportButtons],
  ],
  forms: [...definitionForms, ...submittingForms, ...askForms],
  jobs: [...periodJobs, ...remindingJobs, ...publishingJobs],
  longWork: [exportMeasures],
  adds: { ...peopleAdds, digest: [learnedSection] },
});

// For whatever reads figures with a token.
export { readByToken } from './exports/jobs.ts';
