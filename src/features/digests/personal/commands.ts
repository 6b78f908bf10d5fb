import { shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { yesNo } from '../../../core/field.ts';
import { say } from '../words.ts';
import { recordWish } from './store.ts';

export const personal = defineCommand({
  name: 'digest personal',
  answers: 'privately',
  by: 'member',
  options: { want: yesNo() },
  async run({ options: { want }, asked, tools }) {
    const { coalition, member, reader } = asked;
    await tools.write((writing) => recordWish(writing, coalition.id, member.id, want));
    return shown(card(paragraph(say(reader, want ? 'personal.on' : 'personal.off'))));
  },
});
