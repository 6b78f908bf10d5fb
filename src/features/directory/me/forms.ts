import { shown } from '../../../core/answer.ts';
import { card, note } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, optional } from '../../../core/field.ts';
import { dateField } from '../../../time/fields.ts';
import { addDays, atWallClock } from '../../../time/wall-clock.ts';
import { quietHoursField, timeZoneField } from '../coalition/fields.ts';
import { shippedLanguages } from '../coalition/rules.ts';
import { itemsField } from '../partners/fields.ts';
import { say } from '../words.ts';
import { ownSettingsFormPress } from './cards.ts';
import { recordOwnSettings } from './store.ts';

export const ownSettingsForm = defineForm({
  press: ownSettingsFormPress,
  answers: 'privately',
  by: 'member',
  fields: {
    zone: timeZoneField(),
    language: choice(shippedLanguages, 'language'),
    languages: itemsField(),
    quiet: optional(quietHoursField()),
    away: optional(dateField()),
  },
  async submit({ values, asked, tools }) {
    const { zone, language, languages = [], quiet, away } = values;
    const { coalition, member } = asked;
    // Away through that day: the first moment of the next one, on their own clock.
    const awayUntil = away ? atWallClock(addDays(away, 1), '00:00', zone) : null;
    const settings = { timeZone: zone, language, languages, quietHours: quiet ?? null, awayUntil };
    await tools.write(async (writing) => {
      await recordOwnSettings(writing, coalition.id, member.id, settings);
      await tools.outreach.replan(writing, coalition.id, member.id);
      if (zone === member.timeZone) return;
      const scope = { coalition, member: { ...member, timeZone: zone }, writing, tools };
      for (const { adds } of tools.features()) await adds.replanOf?.(scope);
    });
    return shown(card(note(say({ language, timeZone: zone }, 'me.saved'))));
  },
});
