import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import type { Tools } from '../../../core/ports.ts';
import { code, type Text } from '../../../core/text.ts';
import { findMember } from '../../../identity/store.ts';
import { say } from '../words.ts';
import {
  confirmPress,
  handOversCard,
  keepPress,
  nobodyPress,
  openShown,
  proposePress,
  type Shown,
  staysPress,
} from './cards.ts';
import { dropAsks, freeEverything, moveEverything } from './jobs.ts';
import type { HandOver, HandOverId } from './rules.ts';
import { closeHandOver, findFormer, findHandOver, listOpen, recordProposed } from './store.ts';

/** A hand-over of the presser's own organisation that is still open, or what to tell them instead. */
async function findOwn(
  { coalition, member, reader }: AskedBy<'member'>,
  tools: Tools,
  id: HandOverId,
): Promise<HandOver | Answer> {
  const found = await findHandOver(tools.database, coalition.id, id);
  if (!found || member.partner?.id !== found.partnerId) {
    const partner = found?.partner ?? '';
    return refused('attention.not-theirs', say(reader, 'ask.not-theirs', { partner }));
  }
  if (found.open) return found;
  const { name, partner } = found;
  return shown(card(paragraph(say(reader, 'ask.settled', { name, partner }))));
}

/** An organisation says who takes over; nothing moves before staff confirm it. */
const propose = defineButton({
  press: proposePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const found = await findOwn(asked, tools, payload.handOver);
    if ('answer' in found) return found;
    const successor = await findMember(tools.database, coalition.id, payload.successor);
    if (!successor || successor.partner?.id !== found.partnerId)
      return refused('attention.not-theirs', say(reader, 'ask.not-theirs', { partner: found.partner }));
    await tools.write(async (writing) => {
      const of = { successorId: successor.id, proposedById: member.id };
      if (!(await recordProposed(writing, coalition.id, found.id, of))) return;
      const names = { partner: found.partner, name: found.name, successor: successor.name };
      await tools.staffTasks.open(writing, {
        coalitionId: coalition.id,
        kind: 'hand-over',
        subject: found.partnerId,
        text: say(coalition, 'task.proposed', { ...names, handovers: code('/attention handovers') }),
      });
    });
    return shown(card(paragraph(say(reader, 'ask.thanks', { coalition: coalition.name }))));
  },
});

const stays = defineButton({
  press: staysPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findOwn(asked, tools, payload.handOver);
    if ('answer' in found) return found;
    const { name } = found;
    // Asked while they were here, and gone since.
    if (found.gone) return refused('attention.gone', say(asked.reader, 'ask.gone', { name }));
    await close(found, asked, tools);
    return shown(card(paragraph(say(asked.reader, 'ask.stays-thanks', { name }))));
  },
});

async function close(found: HandOver, { coalition, member }: AskedBy<'member'>, tools: Tools): Promise<void> {
  await tools.write(async (writing) => {
    await closeHandOver(writing, coalition.id, found.id, { outcome: 'kept', by: member.id });
    await dropAsks(writing, tools, coalition, found);
  });
}

/** One confirmation by staff, and everything moves. */
const confirm = defineButton({
  press: confirmPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const moved = await tools.write(async (writing) => {
      const found = await findHandOver(writing.tx, coalition.id, payload.handOver);
      const { successorId } = found ?? {};
      const successor = successorId && (await findMember(writing.tx, coalition.id, successorId));
      if (!found?.open || !successorId || !successor) return null;
      // Named while they belonged to it, and gone to another since.
      if (successor.partner?.id !== found.partnerId)
        return { notTheirs: { partner: found.partner, successor: successor.name } };
      const of = { outcome: 'moved', by: member.id } as const;
      if (!(await closeHandOver(writing, coalition.id, found.id, of))) return null;
      await moveEverything(writing, tools, coalition, { ...found, successorId });
      return { partner: found.partner, successor: successor.name, name: found.name };
    });
    if (!moved) return refused('attention.settled', say(reader, 'confirm.gone'));
    if ('notTheirs' in moved)
      return refused('attention.not-theirs', say(reader, 'confirm.not-theirs', moved.notTheirs));
    return shown(card(paragraph(say(reader, 'confirm.done', moved))));
  },
});

const keep = defineButton({
  press: keepPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const found = await findHandOver(tools.database, asked.coalition.id, payload.handOver);
    if (!found?.open) return refused('attention.settled', say(asked.reader, 'confirm.gone'));
    if (found.gone) return refused('attention.gone', say(asked.reader, 'keep.gone', { name: found.name }));
    await close(found, asked, tools);
    return shown(card(paragraph(say(asked.reader, 'keep.done', { name: found.name }))));
  },
});

/** They have left and nobody takes over: nothing hangs on them any longer. */
const nobody = defineButton({
  press: nobodyPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const freed = await tools.write(async (writing) => {
      const found = await findHandOver(writing.tx, coalition.id, payload.handOver);
      if (!found?.open || !found.gone) return null;
      const of = { outcome: 'ended', by: member.id } as const;
      if (!(await closeHandOver(writing, coalition.id, found.id, of))) return null;
      await dropAsks(writing, tools, coalition, found);
      await freeEverything(writing, tools, coalition, found, reader);
      return found;
    });
    if (!freed) return refused('attention.settled', say(reader, 'confirm.gone'));
    const { name, partner, elsewhere } = freed;
    const key = elsewhere ? 'nobody.elsewhere' : 'nobody.done';
    return shown(card(paragraph(say(reader, key, { name, partner }))));
  },
});

export async function showHandOvers(asked: AskedBy<'backbone'>, tools: Tools): Promise<Answer> {
  const { coalition, reader } = asked;
  const { open, total } = await listOpen(tools.database, coalition.id, openShown);
  const all: Shown[] = [];
  for (const handOver of open) {
    const successor =
      handOver.successorId && (await findMember(tools.database, coalition.id, handOver.successorId));
    const member = await findFormer(tools.database, coalition.id, handOver.memberId);
    const held: Text[] = [];
    for (const { adds } of member ? tools.features() : []) {
      if (member) held.push(...((await adds.held?.({ coalition, member, tools, reader })) ?? []));
    }
    const theirs = successor && successor.partner?.id === handOver.partnerId;
    all.push({ handOver, successor: theirs ? successor.name : null, held });
  }
  return shown(handOversCard(reader, all, total));
}

export const handOverButtons = [propose, stays, confirm, keep, nobody];
