import { type Answer, mistaken, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineForm } from '../../../core/command.ts';
import {
  choice,
  listOf,
  optional,
  paragraph,
  problem,
  refined,
  text,
  wholeNumber,
} from '../../../core/field.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import { press } from '../../../core/press.ts';
import type { Text } from '../../../core/text.ts';
import { isDuplicate } from '../../../database.ts';
import { frequencies } from '../../../time/periods.ts';
import { isLocalTime } from '../../../time/wall-clock.ts';
import { planOpening } from '../periods/jobs.ts';
import { say } from '../words.ts';
import { basicsPress, carePress, figuresPress, measureCard, rhythmPress } from './cards.ts';
import { breakdownsField, nameField, partnersField, rangeField } from './fields.ts';
import { directions, kinds, leastSmallest, type MeasureId, measureLimits, parseCalendar } from './rules.ts';
import { changeMeasure, draftMeasure, findMeasure, listReporters, recordReporters } from './store.ts';

const most = measureLimits;
const basicsFields = {
  name: nameField,
  purpose: paragraph({ max: most.purpose }),
  how: optional(paragraph({ max: most.calculation })),
  kind: choice(kinds, 'kind'),
  unit: optional(text({ max: most.unit })),
};

type Asked = AskedBy<'backbone'>;

/** The measure as it stands now, with what happened. */
export async function showMeasure(
  { coalition, member, reader }: AskedBy<'member'>,
  tools: Tools,
  id: MeasureId,
  told?: Text,
): Promise<Answer> {
  const measure = await findMeasure(tools.database, coalition.id, id);
  const staff = member.standing === 'backbone';
  if (!measure || (measure.state === 'draft' && !staff))
    return refused('measures.gone', say(reader, 'refused.gone'));
  const reporters = await listReporters(tools.database, coalition.id, id);
  return shown(measureCard(reader, { measure, reporters, staff, ...(told ? { told } : {}) }));
}

const nameTaken = ({ reader }: Asked, name: string) =>
  refused('measures.name-taken', say(reader, 'refused.name-taken', { name }));

export const newForm = defineForm({
  press: press('measures.new', {}),
  answers: 'privately',
  by: 'backbone',
  fields: basicsFields,
  async submit({ values, asked, tools }) {
    const { name, purpose, how, kind, unit } = values;
    const of = { name, purpose, kind, calculation: how ?? '', unit: unit ?? '' };
    const { coalition, member } = asked;
    const made = await tools.write((writing) => draftMeasure(writing, coalition.id, member.id, of));
    if (!made) return nameTaken(asked, name);
    return showMeasure(asked, tools, made, say(asked.reader, 'new.done', { name }));
  },
});

export const basicsForm = defineForm({
  press: basicsPress,
  answers: 'privately',
  by: 'backbone',
  fields: basicsFields,
  async submit({ payload, values, asked, tools }) {
    const { coalition, reader } = asked;
    const { name, purpose, how, kind, unit } = values;
    const before = await findMeasure(tools.database, coalition.id, payload.measure);
    if (before && before.state !== 'draft' && before.kind !== kind)
      return mistaken(say(reader, 'refused.kind-fixed'));
    const of = { name, purpose, kind, calculation: how ?? '', unit: unit ?? '' };
    try {
      await tools.write((writing) => changeMeasure(writing, coalition.id, payload.measure, of));
    } catch (error) {
      if (isDuplicate(error)) return nameTaken(asked, name);
      throw error;
    }
    return showMeasure(asked, tools, payload.measure, say(reader, 'change.done'));
  },
});

export const figuresForm = defineForm({
  press: figuresPress,
  answers: 'privately',
  by: 'backbone',
  fields: {
    direction: choice(directions, 'direction'),
    choices: optional(listOf({ most: most.choices, each: most.choice })),
    breakdowns: optional(breakdownsField),
    range: optional(rangeField),
    who: optional(partnersField()),
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, reader } = asked;
    const measure = await findMeasure(tools.database, coalition.id, payload.measure);
    const choices = values.choices ?? [];
    if (measure?.kind === 'choice' && choices.length < 2)
      return mistaken(say(reader, 'problem.choices-missing'));
    const counted = measure?.kind === 'number' || measure?.kind === 'percent';
    await tools.write(async (writing) => {
      await changeMeasure(writing, coalition.id, payload.measure, {
        direction: values.direction,
        choices: measure?.kind === 'choice' ? choices : [],
        breakdowns: counted ? (values.breakdowns ?? []) : [],
        least: values.range?.least ?? null,
        most: values.range?.most ?? null,
      });
      const partners = (values.who ?? []).map((each) => each.id);
      if (measure) await recordReporters(writing, coalition.id, measure.id, partners);
    });
    return showMeasure(asked, tools, payload.measure, say(reader, 'change.done'));
  },
});

export const rhythmForm = defineForm({
  press: rhythmPress,
  answers: 'privately',
  by: 'backbone',
  fields: {
    often: choice(frequencies, 'frequency'),
    calendar: optional(paragraph({ max: 2000 })),
    due: wholeNumber({ least: 1, most: most.dueDays }),
    grace: optional(wholeNumber({ least: 0, most: most.graceDays })),
    locks: optional(wholeNumber({ least: 1, most: most.lockDays })),
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, reader } = asked;
    const typed = values.calendar ?? '';
    const calendar = parseCalendar(values.often, typed);
    if (typeof calendar === 'string') {
      const facts = { most: most.terms, got: shortened(typed, 40) };
      return mistaken(say(reader, `problem.calendar.${calendar}`, facts));
    }
    const graceDays = values.grace ?? 0;
    const lockDays = values.locks ?? null;
    if (lockDays !== null && lockDays <= graceDays)
      return mistaken(say(reader, 'problem.lock-early', { grace: graceDays }));
    const asking = await tools.write(async (writing) => {
      const of = { calendar, dueDays: values.due, graceDays, lockDays };
      await changeMeasure(writing, coalition.id, payload.measure, of);
      const measure = await findMeasure(writing.tx, coalition.id, payload.measure);
      if (measure?.state !== 'asking') return false;
      await planOpening(writing, tools, coalition, measure);
      return true;
    });
    return showMeasure(asked, tools, payload.measure, say(reader, asking ? 'change.next' : 'change.done'));
  },
});

const timeField = refined(text({ max: 10 }), (typed) =>
  isLocalTime(typed) ? typed : problem('problem.time', { got: typed }),
);

export const careForm = defineForm({
  press: carePress,
  answers: 'privately',
  by: 'backbone',
  fields: {
    smallest: wholeNumber({ least: leastSmallest, most: 50 }),
    lead: optional(wholeNumber({ least: 1, most: most.leadDays })),
    time: timeField,
  },
  async submit({ payload, values, asked, tools }) {
    const { smallest, lead, time } = values;
    const of = { smallest, leadDays: lead ?? null, dueTime: time };
    await tools.write((writing) => changeMeasure(writing, asked.coalition.id, payload.measure, of));
    return showMeasure(asked, tools, payload.measure, say(asked.reader, 'change.done'));
  },
});

export const definitionForms = [newForm, basicsForm, figuresForm, rhythmForm, careForm];
