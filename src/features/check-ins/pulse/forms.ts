import { refused, secretly, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, optional, paragraph as paragraphField } from '../../../core/field.ts';
import type { MemberId, PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { findMember, listBackbone } from '../../../identity/store.ts';
import { findOwner } from '../care/store.ts';
import { say } from '../words.ts';
import { answerFormPress, secretFormPress, toOwnerCard } from './cards.ts';
import { lowScore, scores } from './rules.ts';
import { dropAnswer, recordAnswer } from './store.ts';

const words = () => optional(paragraphField({ max: 600 }));

/** With a name: to the owner alone, or to all staff. */
export const answerForm = defineForm({
  press: answerFormPress,
  answers: 'privately',
  by: 'voice',
  fields: { score: choice(scores, 'score'), words: words(), how: choice(['private', 'shared'], 'how') },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const partner = member.partner;
    const said = { score: Number(values.score), words: values.words ?? '' };
    const counted = await tools.write(async (writing) => {
      const of = { partnerId: partner.id, memberId: member.id, round: payload.round, ...said };
      const first = await recordAnswer(writing, coalition.id, { ...of, shared: values.how === 'shared' });
      if (!first) return false;
      const subject = `pulse:${payload.round}`;
      if (said.words !== '')
        await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
      const told = { person: member.name, partner: partner.name, ...said };
      await tellOwner(writing, tools, coalition, { partnerId: partner.id, round: payload.round, told });
      return true;
    });
    if (!counted) return refused('check-ins.answered', say(reader, 'pulse.answered'));
    return shown(
      card(paragraph(say(reader, values.how === 'shared' ? 'pulse.thanks-shared' : 'pulse.thanks'))),
    );
  },
});

/** The owner hears it, and what is low becomes a task that does not say how low. */
async function tellOwner(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: {
    partnerId: PartnerId;
    round: string;
    told: { person: string; partner: string; score: number; words: string };
  },
): Promise<void> {
  const { partnerId, told } = of;
  const coalitionId = coalition.id;
  const ownerId: MemberId | undefined =
    (await findOwner(writing.tx, coalitionId, partnerId)) ??
    (await listBackbone(writing.tx, coalitionId))[0]?.id;
  const owner = ownerId && (await findMember(writing.tx, coalitionId, ownerId));
  if (owner) {
    await tools.outreach.reach(writing, {
      coalition,
      member: owner.id,
      kind: 'neutral',
      from: 'check-ins',
      subject: `pulse:${of.round}:${partnerId}`,
      why: say(coalition, 'why.owner'),
      card: toOwnerCard(owner, told),
    });
  }
  const task = { coalitionId, subject: partnerId };
  await tools.staffTasks.close(writing, { ...task, kind: 'pulse-silent' });
  if (told.score > lowScore) return;
  const who = owner?.name ?? say.plain(coalition, 'due.nobody');
  const text = say(coalition, 'task.low', { partner: told.partner, owner: who });
  await tools.staffTasks.open(writing, { ...task, kind: 'pulse-low', text });
}

/** Without a name. Nothing that was typed is kept but the answer in the urn; see docs/anonymous-decisions.md. */
export const secretForm = defineForm({
  press: secretFormPress,
  answers: 'privately',
  by: 'voice',
  secret: true,
  fields: { score: choice(scores, 'score'), words: words() },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = { partnerId: member.partner.id, round: payload.round };
    const said = { score: Number(values.score), words: values.words ?? '' };
    const counted = await tools.write((writing) => dropAnswer(writing, coalition.id, { ...of, ...said }));
    if (!counted) return refused('check-ins.answered', say(reader, 'pulse.answered'));
    return secretly(card(paragraph(say(reader, 'pulse.thanks-secret'))));
  },
});
