import { shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { type Card, card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import type { Tools } from '../../../core/ports.ts';
import { mapPeople } from '../reminding/store.ts';
import { say } from '../words.ts';
import { byWhatMatters, requestCard, requestsCard } from './cards.ts';
import { isWanted } from './rules.ts';
import { findLast, listUnanswered } from './store.ts';

/** Everything the asker's partner is asked for, what matters first; theirs to answer before their colleagues'. */
export async function showDue(
  { coalition, member, reader, now }: AskedBy<'member'>,
  tools: Tools,
  page: number,
): Promise<Card> {
  const { partner } = member;
  if (!partner) return card(paragraph(say(reader, 'mine.no-partner')));
  const all = await listUnanswered(tools.database, coalition.id, partner.id);
  const people = await mapPeople(tools.database, coalition.id, [partner.id]);
  const order = byWhatMatters(now);
  const isOwn = (id: (typeof all)[number]) => people.of(id.measure.id, partner.id)[0]?.id === member.id;
  const wanted = all
    .filter((request) => isWanted(request, now))
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || order(a, b));
  const [only] = wanted;
  if (!only) return card(paragraph(say(reader, 'mine.nothing', { partner: partner.name })));
  const lead = say(reader, 'mine.lead', { count: wanted.length });
  if (wanted.length === 1) {
    const last = await findLast(tools.database, coalition.id, only);
    return requestCard(only, { reader, now, last, told: lead });
  }
  const lines = wanted.map((request) => ({ request, how: 'usual' as const }));
  return requestsCard(lines, { reader, now, page: Math.max(0, page), lead, others: 0 });
}

const due = defineCommand({
  name: 'data due',
  bare: true,
  answers: 'privately',
  by: 'member',
  run: async ({ asked, tools }) => shown(await showDue(asked, tools, 0)),
});

export const requestCommands = [due];
