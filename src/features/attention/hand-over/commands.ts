import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { code } from '../../../core/text.ts';
import { memberField } from '../../../identity/fields.ts';
import { say } from '../words.ts';
import { showHandOvers } from './buttons.ts';
import { begin } from './jobs.ts';

export const handOversCommand = defineCommand({
  name: 'attention handovers',
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => showHandOvers(asked, tools),
});

/** For when staff know before the bot does. */
export const handOverCommand = defineCommand({
  name: 'attention handover',
  answers: 'privately',
  by: 'backbone',
  options: { member: memberField() },
  async run({ options: { member }, asked, tools }) {
    const { coalition, reader } = asked;
    if (!member.partner)
      return refused('attention.no-partner', say(reader, 'handover.no-partner', { name: member.name }));
    const of = { memberId: member.id, why: 'staff' } as const;
    const begun = await tools.write((writing) => begin(writing, tools, coalition, of));
    const handovers = code('/attention handovers');
    if (!begun) return refused('attention.under-way', say(reader, 'handover.before', { handovers }));
    const said = { count: begun.asked, partner: member.partner.name };
    return shown(card(paragraph(say(reader, 'handover.begun', said))));
  },
});
