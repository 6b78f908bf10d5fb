import { type Answer, mistaken, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, note, type Part, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, listOf, optional, problem, refined, text } from '../../../core/field.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { memberField } from '../../../identity/fields.ts';
import { getCoalition, listBackbone } from '../../../identity/store.ts';
import { isLocalDate } from '../../../time/wall-clock.ts';
import { quietHoursField, timeZoneField } from '../coalition/fields.ts';
import { parseWorkingDays, shippedLanguages } from '../coalition/rules.ts';
import { say } from '../words.ts';
import { addStaffFormPress, hoursFormPress, namingFormPress, settingsCard } from './cards.ts';
import { addStaff, recordHours, recordNaming } from './store.ts';

const mostHolidays = 60;

export const namingForm = defineForm({
  press: namingFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: {
    name: text({ max: 80 }),
    zone: timeZoneField(),
    language: choice(shippedLanguages, 'language'),
  },
  async submit({ values, asked, tools }) {
    const { name, zone: timeZone, language } = values;
    const moved = await tools.write(async (writing) => {
      const before = await getCoalition(writing.tx, asked.coalition.id);
      await recordNaming(writing, before.id, { name, timeZone, language });
      return replan(writing, before, asked, tools);
    });
    return showSettings(asked, tools, true, moved);
  },
});

const daysField = () =>
  refined<readonly number[]>(
    text({ max: 80 }),
    (typed) => parseWorkingDays(typed) ?? problem('problem.days', { got: typed }),
  );

export const hoursForm = defineForm({
  press: hoursFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: {
    days: daysField(),
    holidays: optional(listOf({ most: mostHolidays, each: 20 })),
    quiet: quietHoursField(),
  },
  async submit({ values, asked, tools }) {
    const { days: workingDays, holidays = [], quiet } = values;
    const wrong = holidays.filter((each) => !isLocalDate(each));
    if (wrong.length > 0)
      return mistaken(...wrong.map((got) => say(asked.reader, 'problem.holiday', { got })));
    const hours = { workingDays, holidays: [...holidays].sort(), ...quiet };
    const moved = await tools.write(async (writing) => {
      const before = await getCoalition(writing.tx, asked.coalition.id);
      await recordHours(writing, before.id, hours);
      return replan(writing, before, asked, tools);
    });
    return showSettings(asked, tools, true, moved);
  },
});

export const addStaffForm = defineForm({
  press: addStaffFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: { member: memberField() },
  async submit({ values, asked, tools }) {
    const { coalition, member: by, reader } = asked;
    const { member } = values;
    const added = await tools.write(async (writing) => {
      const result = await addStaff(writing, coalition.id, { by: by.id, member: member.id });
      if (result !== 'added' || member.id === by.id) return result;
      await tools.outreach.reach(writing, {
        coalition,
        member: member.id,
        kind: 'neutral',
        from: 'directory',
        subject: `staff:${member.id}:${writing.now.toISOString().slice(0, 10)}`,
        why: say(coalition, 'why.staff'),
        card: card(
          paragraph(say(member, 'settings.told', { person: by.name, coalition: coalition.name })),
          note(say(member, 'settings.told-next', { help: code('/coalition help') })),
        ),
      });
      return result;
    });
    if (added === 'not-staff') return refused('directory.not-staff', say(reader, 'settings.not-staff'));
    if (added === 'already') return mistaken(say(reader, 'settings.staff-already', { name: member.name }));
    return showSettings(asked, tools, true);
  },
});

/** Lets every feature move what it planned by the clock that has just changed. */
async function replan(
  writing: Writing,
  before: Coalition,
  { reader }: AskedBy<'backbone'>,
  tools: Tools,
): Promise<Part[]> {
  const coalition = await getCoalition(writing.tx, before.id);
  const scope = { writing, before, coalition, reader, tools };
  await tools.outreach.replan(writing, coalition.id);
  const parts: Part[] = [];
  for (const { adds } of tools.features()) parts.push(...((await adds.replan?.(scope)) ?? []));
  return parts;
}

/** The settings as they are now, which may be newer than what came with the question. */
export async function showSettings(
  asked: AskedBy<'member'>,
  tools: Tools,
  isSaved: boolean,
  moved: readonly Part[] = [],
): Promise<Answer> {
  const coalition = await getCoalition(tools.database, asked.coalition.id);
  const drawn = settingsCard(coalition, await listBackbone(tools.database, coalition.id), asked.reader);
  return shown(card(isSaved && note(say(asked.reader, 'settings.saved')), ...moved, ...drawn.parts));
}
