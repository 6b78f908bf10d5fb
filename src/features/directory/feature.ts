import { defineFeature } from '../../core/command.ts';
import { turnHelp } from './coalition/buttons.ts';
import { helpCommand, setupCommand } from './coalition/commands.ts';
import { setupForm } from './coalition/forms.ts';
import { importConfirm, importDrop, importPage } from './csv/buttons.ts';
import { exportCommand, importCommand } from './csv/commands.ts';
import { exportPartners, importPartners } from './csv/jobs.ts';
import { joinAgain, joinNew, joinTheirs } from './joining/buttons.ts';
import { joinCommand } from './joining/commands.ts';
import { joinForm } from './joining/forms.ts';
import {
  forget,
  forgetConfirm,
  forgetOwn,
  handOverPartner,
  leaveButton,
  leaveConfirm,
} from './leaving/buttons.ts';
import { leaveCommand } from './leaving/commands.ts';
import { listStored } from './leaving/store.ts';
import { merge, unlinkAccount, unlinkAccountConfirm } from './linking/accounts/buttons.ts';
import { linkMeCommand } from './linking/accounts/commands.ts';
import { unlinkConfirm, unlinkKeep, unlinkPick } from './linking/workspaces/buttons.ts';
import { linkCommand, unlinkCommand } from './linking/workspaces/commands.ts';
import { exportMe, ownSettings } from './me/buttons.ts';
import { directoryPlace, meCommand } from './me/commands.ts';
import { ownSettingsForm } from './me/forms.ts';
import {
  again,
  edit,
  editGives,
  editPeople,
  editWhat,
  end,
  endConfirm,
  pick,
  show,
  stillRight,
  turnPage,
} from './partners/buttons.ts';
import { addCommand, editCommand, listCommand, showCommand } from './partners/commands.ts';
import { addForm, givesForm, peopleForm, whatForm } from './partners/forms.ts';
import { freshness } from './partners/jobs.ts';
import { newPartners } from './partners/sections.ts';
import { findPartner } from './partners/store.ts';
import {
  askRemoveStaff,
  confirmRemoveStaff,
  editHours,
  editNaming,
  openAddStaff,
  settingsAgain,
} from './settings/buttons.ts';
import { settingsCommand } from './settings/commands.ts';
import { addStaffForm, hoursForm, namingForm } from './settings/forms.ts';
import { taskDone } from './tasks/buttons.ts';
import { tasksCommand } from './tasks/commands.ts';
import { say } from './words.ts';

/** Who is here: the coalition, its partner organisations and the people who represent them. */
export const directory = defineFeature({
  name: 'directory',
  say,
  commands: [
    helpCommand,
    ...[setupCommand, joinCommand, meCommand, leaveCommand, settingsCommand, tasksCommand],
    ...[linkCommand, unlinkCommand, linkMeCommand],
    ...[listCommand, showCommand, editCommand, addCommand, importCommand, exportCommand],
  ],
  buttons: [
    ...[turnHelp, joinTheirs, joinNew, joinAgain, ownSettings, exportMe],
    ...[leaveButton, leaveConfirm, forget, forgetConfirm, taskDone],
    ...[unlinkPick, unlinkConfirm, unlinkKeep, merge, unlinkAccount, unlinkAccountConfirm],
    ...[importPage, importConfirm, importDrop],
    ...[settingsAgain, editNaming, editHours, openAddStaff, askRemoveStaff, confirmRemoveStaff],
    ...[turnPage, pick, show, edit, editWhat, editGives, editPeople],
    ...[stillRight, end, endConfirm, again],
  ],
  forms: [
    ...[setupForm, joinForm, ownSettingsForm, namingForm, hoursForm, addStaffForm],
    ...[addForm, whatForm, givesForm, peopleForm],
  ],
  jobs: [freshness],
  longWork: [importPartners, exportPartners],
  adds: {
    digest: [newPartners],
    myPlace: directoryPlace,
    stored: ({ coalition, member, tools }) => listStored(tools.database, coalition.id, member.id),
    async talkingPoints({ coalition, partnerId, reader, tools }) {
      const partner = await findPartner(tools.database, coalition.id, partnerId);
      const offers = partner?.offers.slice(0, 3).join(', ') ?? '';
      return offers === '' ? [] : [{ about: 'offers', text: say(reader, 'points.offers', { offers }) }];
    },
    departed: handOverPartner,
    forget: forgetOwn,
  },
});

export { partnerField } from './partners/fields.ts';
export { planFreshness } from './partners/jobs.ts';
export { emptyCard } from './partners/rules.ts';
export {
  findPartner,
  findPartnerNamed,
  listPeople,
  partnerRow,
  recordPartnersTold,
  recordRolesHeld,
} from './partners/store.ts';
