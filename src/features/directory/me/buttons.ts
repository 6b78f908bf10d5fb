import { aside, refused } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { whoIs } from '../joining/forms.ts';
import { findPerson } from '../joining/store.ts';
import { exportPress } from '../leaving/cards.ts';
import { say } from '../words.ts';
import { exportCard, ownSettingsPress } from './cards.ts';
import { ownSettingsForm } from './forms.ts';
import { findOwnSettings } from './store.ts';

export const ownSettings = defineButton({
  press: ownSettingsPress,
  answers: 'with-form',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const settings = await findOwnSettings(tools.database, coalition.id, member.id);
    const { timeZone = reader.timeZone, languages = [], quietHours, awayUntil } = settings ?? {};
    const lastDayAway =
      awayUntil && awayUntil > now ? localDate(new Date(awayUntil.getTime() - 1), timeZone) : undefined;
    const initial = {
      zone: timeZone,
      language: settings?.language ?? 'en',
      languages,
      quiet: quietHours ? `${quietHours.start}-${quietHours.end}` : undefined,
      away: lastDayAway,
    };
    return { answer: 'form', form: openForm(ownSettingsForm, say, reader, {}, initial) };
  },
});

export const exportMe = defineButton({
  press: exportPress,
  answers: 'privately',
  by: 'visitor',
  async run({ asked, tools }) {
    const { coalition, reader, now } = asked;
    const person = await findPerson(tools.database, whoIs(asked));
    if (!person) return refused('directory.nothing-stored', say(reader, 'forget.nothing'));
    const stored: Record<string, unknown> = { coalition: coalition.name, exportedAt: now.toISOString() };
    for (const { name, adds } of tools.features()) {
      const part = await adds.stored?.({ coalition, member: person.member, tools });
      if (part) stored[name] = part;
    }
    return aside(exportCard(JSON.stringify(stored, null, 2), reader));
  },
});
