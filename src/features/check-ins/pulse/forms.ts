import { refused, secretly, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, optional, paragraph as paragraphField } from '../../../core/field.ts';
import type { CoalitionId, PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import { findMember, listBackbone } from '../../../identity/store.ts';
import { findOwner } from '../care/store.ts';
import { say } from '../words.ts';
import { answerFormPress, secretFormPress, toOwnerCard } from './cards.ts';
import { lowScore, scores } from './rules.ts';
import { dropAnswer, recordAnswer } from './store.ts';

const words = () => optional(paragraphField({ max: 600 }));

/** With a name: to one person alone, whoever looks after the partner as it answers, or to all staff. */
export const answerForm = defineForm({
  press: answerFormPress,
  answers: 'privately',
  by: 'voice',
  fields: { score: choice(scores, 'score'), words: words(), how: choice(['private', 'shared'], 'how') },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const partner = member.partner;
    const said = { score: Number(values.score), words: values.words ?? '' };
    const shared = values.how === 'shared';
    const taken = await tools.write(async (writing) => {
      const hearer = await findHearer(writing.tx, coalition.id, partner.id);
      if (!hearer && !shared) return 'nobody';
      const of = { partnerId: partner.id, memberId: member.id, round: payload.round, ...said };
      const told = { ...of, shared, toldToId: hearer?.id ?? null };
      if (!(await recordAnswer(writing, coalition.id, told))) return 'answered';
      const subject = `pulse:${payload.round}`;
      if (said.words !== '')
        await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
      const words = { person: member.name, partner: partner.name, ...said };
      const heard = { hearer, partnerId: partner.id, shared, subject, words };
      await tellHearer(writing, tools, coalition, heard);
      return { name: hearer?.name ?? '' };
    });
    if (taken === 'answered') return refused('check-ins.answered', say(reader, 'pulse.answered'));
    if (taken === 'nobody') return refused('check-ins.nobody', say(reader, 'pulse.nobody'));
    return shown(card(paragraph(say(reader, shared ? 'pulse.thanks-shared' : 'pulse.thanks', taken))));
  },
});

/** Who on staff hears what a partner says now: whoever looks after it, else the first there is. */
export async function findHearer(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<Member | null> {
  const ownerId =
    (await findOwner(reading, coalitionId, partnerId)) ?? (await listBackbone(reading, coalitionId))[0]?.id;
  return ownerId ? findMember(reading, coalitionId, ownerId) : null;
}

/** They hear it, and what is low becomes a task that does not say how low. */
async function tellHearer(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: {
    hearer: Member | null;
    partnerId: PartnerId;
    /** With all staff; else nobody but the hearer learns that there was an answer. */
    shared: boolean;
    subject: string;
    words: { person: string; partner: string; score: number; words: string };
  },
): Promise<void> {
  const { hearer, partnerId, words } = of;
  const coalitionId = coalition.id;
  if (hearer) {
    await tools.outreach.reach(writing, {
      coalition,
      member: hearer.id,
      kind: 'neutral',
      confidential: !of.shared,
      from: 'check-ins',
      subject: `${of.subject}:${partnerId}`,
      why: say(coalition, 'why.owner'),
      card: toOwnerCard(hearer, words),
    });
  }
  const task = { coalitionId, subject: partnerId };
  await tools.staffTasks.close(writing, { ...task, kind: 'pulse-silent' });
  if (words.score > lowScore) return;
  const who = hearer?.name ?? say.plain(coalition, 'due.nobody');
  const text = say(coalition, 'task.low', { partner: words.partner, owner: who });
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
    const became = await tools.write((writing) => dropAnswer(writing, coalition.id, { ...of, ...said }));
    if (became === 'answered') return refused('check-ins.answered', say(reader, 'pulse.answered'));
    if (became === 'closed')
      return refused('check-ins.closed', say(reader, 'pulse.closed', { concern: code('/checkin concern') }));
    return secretly(card(paragraph(say(reader, 'pulse.thanks-secret'))));
  },
});
