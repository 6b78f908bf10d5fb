import { shown } from '../../../core/answer.ts';
import { card, fields, heading, note } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional, wholeNumber } from '../../../core/field.ts';
import { say } from '../words.ts';
import { settingsOf } from './rules.ts';
import { findSettings, recordSettings } from './store.ts';

/** Shows the settings, with whatever was given changed. */
export const settings = defineCommand({
  name: 'roles settings',
  answers: 'privately',
  by: 'backbone',
  options: {
    accept: optional(wholeNumber({ least: 1, most: 720 })),
    quarter: optional(wholeNumber({ least: 0, most: 12 })),
    week: optional(wholeNumber({ least: 0, most: 200 })),
    heavy: optional(wholeNumber({ least: 1, most: 700 })),
  },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const now = settingsOf(await findSettings(tools.database, coalition.id));
    const next = {
      acceptHours: options.accept ?? now.acceptHours,
      offersAQuarter: options.quarter ?? now.offersAQuarter,
      offersAWeek: options.week ?? now.offersAWeek,
      heavyMinutes: options.heavy === undefined ? now.heavyMinutes : options.heavy * 60,
    };
    if (Object.values(options).some((value) => value !== undefined)) {
      await tools.write((writing) => recordSettings(writing, coalition.id, next));
    }
    const label = (key: 'accept' | 'quarter' | 'week' | 'heavy') =>
      say.plain(reader, `command.roles.settings.${key}`);
    return shown(
      card(
        heading(say.plain(reader, 'settings.title')),
        fields([
          { label: label('accept'), value: [String(next.acceptHours)] },
          { label: label('quarter'), value: [String(next.offersAQuarter)] },
          { label: label('week'), value: [String(next.offersAWeek)] },
          { label: label('heavy'), value: [String(Math.round(next.heavyMinutes / 60))] },
        ]),
        note(say(reader, 'settings.how')),
      ),
    );
  },
});
