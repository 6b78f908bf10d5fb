import { refused, shown } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { code } from '../../../core/text.ts';
import { findMember } from '../../../identity/store.ts';
import { typedDays } from '../coalition/rules.ts';
import { say } from '../words.ts';
import {
  addStaffPress,
  hoursPress,
  namingPress,
  removeStaffCard,
  removeStaffConfirmPress,
  removeStaffPress,
  settingsPress,
} from './cards.ts';
import { addStaffForm, hoursForm, namingForm, showSettings } from './forms.ts';
import { removeStaff } from './store.ts';

export const settingsAgain = defineButton({
  press: settingsPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ asked, tools }) => showSettings(asked, tools, false),
});

export const editNaming = defineButton({
  press: namingPress,
  answers: 'with-form',
  by: 'backbone',
  async run({ asked }) {
    const { name, timeZone: zone, language } = asked.coalition;
    return {
      answer: 'form',
      form: openForm(namingForm, say, asked.reader, {}, { name, zone, language }),
    };
  },
});

export const editHours = defineButton({
  press: hoursPress,
  answers: 'with-form',
  by: 'backbone',
  async run({ asked }) {
    const { workingDays, holidays, quietHoursStart, quietHoursEnd } = asked.coalition;
    const initial = {
      days: typedDays(workingDays),
      holidays,
      quiet: `${quietHoursStart}-${quietHoursEnd}`,
    };
    return { answer: 'form', form: openForm(hoursForm, say, asked.reader, {}, initial) };
  },
});

export const openAddStaff = defineButton({
  press: addStaffPress,
  answers: 'with-form',
  by: 'backbone',
  run: async ({ asked }) => ({ answer: 'form', form: openForm(addStaffForm, say, asked.reader, {}) }),
});

export const askRemoveStaff = defineButton({
  press: removeStaffPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const member = await findMember(tools.database, asked.coalition.id, payload.member);
    if (member?.standing !== 'backbone') return showSettings(asked, tools, false);
    return shown(removeStaffCard(member, member.id === asked.member.id, asked.reader));
  },
});

export const confirmRemoveStaff = defineButton({
  press: removeStaffConfirmPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const who = { by: member.id, member: payload.member };
    const removed = await tools.write((writing) => removeStaff(writing, coalition.id, who));
    switch (removed) {
      case 'last-staff':
        return refused('directory.last-staff', say(reader, 'settings.last-staff'));
      case 'not-staff':
        return refused('directory.not-staff', say(reader, 'settings.not-staff'));
      case 'removed':
      case 'already':
        if (payload.member !== member.id) return showSettings(asked, tools, true);
        return refused(
          'directory.not-staff',
          say(reader, 'settings.you-left', { help: code('/coalition help') }),
        );
      default:
        return removed satisfies never;
    }
  },
});
