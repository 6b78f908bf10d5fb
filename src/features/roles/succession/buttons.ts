import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { findMember } from '../../../identity/store.ts';
import { say } from '../words.ts';
import { freeAllPress, holdsNothing, moveAllPress, takeOverPress } from './cards.ts';
import { freeOrphaned, moveHeldTo, takeOrphaned } from './jobs.ts';

const takeOver = defineButton({
  press: takeOverPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload: { from }, asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = { partner: member.partner.id, from, by: member.id };
    const count = await tools.write((writing) => takeOrphaned(writing, tools, coalition, of));
    return shown(card(paragraph(say(reader, 'succession.taken-over', { count }))));
  },
});

const freeAll = defineButton({
  press: freeAllPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload: { from }, asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = { partner: member.partner.id, from };
    const count = await tools.write((writing) => freeOrphaned(writing, tools, coalition, of));
    return shown(card(paragraph(say(reader, 'succession.freed', { count }))));
  },
});

const moveAll = defineButton({
  press: moveAllPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const [from, to] = await Promise.all([
      findMember(tools.database, coalition.id, payload.from),
      findMember(tools.database, coalition.id, payload.to),
    ]);
    if (!from || !to) return refused('roles.gone', say(reader, 'move.gone'));
    if (!from.partner || from.partner.id !== to.partner?.id) {
      return refused(
        'roles.other-partner',
        say(reader, 'move.other-partner', { from: from.name, to: to.name }),
      );
    }
    const of = { partner: from.partner.id, from: from.id, to: to.id, helps: true };
    const held = await tools.write((writing) => moveHeldTo(writing, tools, coalition, of));
    const key = holdsNothing(held) ? 'move.before' : 'move.done';
    return shown(card(paragraph(say(reader, key, { from: from.name, to: to.name }))));
  },
});

export const successionButtons = [takeOver, freeAll, moveAll];
