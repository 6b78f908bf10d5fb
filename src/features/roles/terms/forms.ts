import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineForm } from '../../../core/command.ts';
import { sayDate } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { effortField } from '../catalogue/fields.ts';
import type { Organisation, RoleId } from '../catalogue/rules.ts';
import { findRole } from '../catalogue/store.ts';
import { say } from '../words.ts';
import { hoursFormPress, workCard } from './cards.ts';
import { mayNoteWorkOn } from './rules.ts';
import { hasSat, recordWork } from './store.ts';

/** Notes a day's work of one organisation in a role that it holds or has held. */
export async function noteWork(
  asked: AskedBy<'member'>,
  tools: Tools,
  of: { role: RoleId; partner: Organisation; day: string; minutes: number | null },
): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const today = localDate(asked.now, coalition.timeZone);
  const may = mayNoteWorkOn(of.day, today);
  const date = sayDate(reader, of.day);
  if (may !== 'yes') return refused(`roles.work-${may}`, say(reader, `work.${may}`, { date }));
  const sheet = await findRole(tools.database, coalition.id, of.role);
  const sat = await hasSat(tools.database, coalition.id, of.role, of.partner.id);
  if (!sheet || !sat) return refused('roles.not-held', say(reader, 'work.not-held'));
  const work = { roleId: of.role, partnerId: of.partner.id, notedById: member.id, doneOn: of.day };
  const noted = await tools.write((writing) =>
    recordWork(writing, coalition.id, { ...work, minutes: of.minutes }),
  );
  const facts = { role: of.role, title: sheet.title, partner: of.partner.name, day: of.day };
  return shown(
    workCard(reader, { ...facts, minutes: noted.minutes, own: of.partner.id === member.partner?.id }),
  );
}

export const hoursForm = defineForm({
  press: hoursFormPress,
  answers: 'privately',
  by: 'voice',
  fields: { hours: effortField },
  submit: ({ payload: { role, day }, values, asked, tools }) =>
    noteWork(asked, tools, { role, day, partner: asked.member.partner, minutes: values.hours }),
});
