import { refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { type Card, card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { text } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { measureField } from '../definition/fields.ts';
import { say } from '../words.ts';
import { mineCard, minePerPage } from './cards.ts';
import { listGiven, listUses, recordUse } from './store.ts';

export async function showMine(
  { coalition, member, reader }: AskedBy<'member'>,
  tools: Tools,
  page: number,
): Promise<Card> {
  const { partner } = member;
  if (!partner) return card(paragraph(say(reader, 'mine.no-partner')));
  const range = { skip: page * minePerPage, take: minePerPage };
  const { lines, total } = await listGiven(tools.database, coalition.id, partner.id, range);
  const measures = [...new Set(lines.map(({ measure }) => measure.id))];
  const uses = await listUses(tools.database, coalition.id, { measures });
  return mineCard({ partner: partner.name, lines, total, page, uses }, reader);
}

const mine = defineCommand({
  name: 'data mine',
  answers: 'privately',
  by: 'member',
  run: async ({ asked, tools }) => shown(await showMine(asked, tools, 0)),
});

/** So that whoever gives figures learns what became of them. */
const used = defineCommand({
  name: 'data used',
  answers: 'privately',
  by: 'backbone',
  options: { measure: measureField(), who: text({ max: 80 }), what: text({ max: 300 }) },
  async run({ options: { measure, who, what }, asked, tools }) {
    const { coalition, member, reader } = asked;
    if (measure.state === 'draft')
      return refused('measures.not-asking', say(reader, 'refused.not-asking', { name: measure.name }));
    const of = { measureId: measure.id, who, what, notedById: member.id };
    const noted = await tools.write((writing) => recordUse(writing, coalition.id, of));
    const words = say(reader, noted ? 'use.noted' : 'use.before', { name: measure.name });
    return shown(card(paragraph(words)));
  },
});

export const publishingCommands = [mine, used];
