import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { DecisionId } from '../decision/store.ts';
import type { FollowUpId } from '../outcome/cards.ts';

/** Open decisions in which an organisation has a voice, and of those the ones it has not answered. */
export async function listOpenVoices(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<{ id: DecisionId; answered: boolean }[]> {
  const rows = await reading.decisionVoice.findMany({
    where: { coalitionId, partnerId, decision: { state: 'open' } },
    select: { decisionId: true, answered: true, ballot: { select: { voiceId: true } } },
    orderBy: { decisionId: 'asc' },
  });
  return rows.map(({ decisionId, answered, ballot }) => ({
    id: decisionId as DecisionId,
    answered: answered || ballot !== null,
  }));
}

/**
 * The organisation's answers in open decisions are another's to answer for. An answer with words stays with whoever
 * wrote them; it is the organisation's all the same, and its representative's word stands over it. Where people vote
 * for themselves nothing moves.
 */
export async function moveBallots(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; from: MemberId; to: MemberId },
): Promise<void> {
  await tx.decisionBallot.updateMany({
    where: {
      coalitionId,
      castById: of.from,
      reason: '',
      voice: { partnerId: of.partnerId, decision: { state: 'open' } },
    },
    data: { castById: of.to },
  });
}

/** Tasks that somebody had taken on and not done become another's. */
export async function moveTasks(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { from: MemberId; to: { id: MemberId; name: string } },
): Promise<FollowUpId[]> {
  const moved = await tx.decisionFollowUp.updateManyAndReturn({
    where: { coalitionId, memberId: of.from, doneAt: null },
    data: { memberId: of.to.id, assignee: of.to.name },
    select: { id: true },
  });
  return moved.map(({ id }) => id as FollowUpId);
}

/** Open questions that one person decides after hearing the others are decided by whoever takes over. */
export async function moveDecider(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { from: MemberId; to: { id: MemberId; name: string } },
): Promise<DecisionId[]> {
  const rows = await tx.$queryRaw<{ id: DecisionId }[]>`
    update "Decision" set "terms" = jsonb_set(
      jsonb_set("terms", '{rule,decider}', to_jsonb(${of.to.id}::text)),
      '{rule,deciderName}', to_jsonb(${of.to.name}::text))
    where "coalitionId" = ${coalitionId}::uuid and "terms"->'rule'->>'decider' = ${of.from}
      and ("state" = 'open' or ("state" = 'closed' and "statement" = ''))
    returning "id"::text as "id"`;
  return rows.map(({ id }) => id);
}

export async function countTasks(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<number> {
  return reading.decisionFollowUp.count({ where: { coalitionId, memberId, doneAt: null } });
}
