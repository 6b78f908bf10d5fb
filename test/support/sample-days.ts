import { shown } from '../../src/core/answer.ts';
import type { Asked } from '../../src/core/asked.ts';
import { card, paragraph } from '../../src/core/card.ts';
import { defineCommand, defineFeature, defineForm } from '../../src/core/command.ts';
import { optional } from '../../src/core/field.ts';
import { openForm } from '../../src/core/open-form.ts';
import { press } from '../../src/core/press.ts';
import { text } from '../../src/core/text.ts';
import { wordsIn } from '../../src/core/words.ts';
import { dateField, dayTimeField } from '../../src/time/fields.ts';
import type { WallClockTime } from '../../src/time/wall-clock.ts';

const say = wordsIn({
  'command.plan.day': 'Plan a day',
  'command.plan.day.example': '/plan day on:2031-04-03 at:2031-04-04 15:00',
  'command.plan.day.on': 'On which day',
  'command.plan.day.at': 'Until when',
  'command.plan.form': 'Plan a day in a form',
  'form.plan.days.title': 'Days',
  'form.plan.days.submit': 'Plan',
  'form.plan.days.on': 'On which day',
  'form.plan.days.at': 'Until when',
});

const fields = () => ({
  on: dateField({ least: () => '2026-01-01', most: () => '2040-12-31' }),
  at: optional(dayTimeField({ clock: 'coalition', ahead: true })),
});

const planned = ({ on, at }: { on: string; at: WallClockTime | undefined }) =>
  shown(card(paragraph(text(`Planned for ${on}${at ? `, until ${at.date} at ${at.time}` : ''}`))));

const days = defineForm({
  press: press('plan.days', {}),
  answers: 'privately',
  by: 'anyone',
  fields: fields(),
  submit: async ({ values }) => planned(values),
});

const openDays = async ({ asked }: { asked: Asked }) => ({
  answer: 'form' as const,
  form: openForm(days, say, asked.reader, {}, { on: '2031-03-04' }),
});

/** A day and a day with a time, as options and in a form. */
export const planning = defineFeature({
  name: 'planning',
  say,
  commands: [
    defineCommand({
      name: 'plan day',
      answers: 'privately',
      by: 'anyone',
      options: fields(),
      run: async ({ options }) => planned(options),
    }),
    defineCommand({ name: 'plan form', answers: 'with-form', by: 'anyone', run: openDays }),
  ],
  forms: [days],
});
