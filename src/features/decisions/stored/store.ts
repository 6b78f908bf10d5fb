import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';

/** In the place of a member who asked to be forgotten: no member has this id. */
const nobody = '00000000-0000-0000-0000-000000000000';

const forgotten = '–';

/**
 * Everything stored about a member here. An anonymous ballot is not among it, because nothing says whose it is;
 * its receipt code finds it.
 */
export async function listStored(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<Record<string, unknown>> {
  const ballots = await reading.decisionBallot.findMany({
    where: { coalitionId, castById: memberId },
    include: { voice: { include: { decision: { select: { number: true, question: true } } } } },
  });
  const asked = await reading.decision.findMany({
    where: { coalitionId, openedById: memberId },
    select: { number: true, question: true, draftedAt: true },
  });
  const reasons = await reading.decisionReason.findMany({
    where: { coalitionId, memberId },
    select: { text: true },
  });
  const tasks = await reading.decisionFollowUp.findMany({
    where: { coalitionId, memberId },
    select: { text: true, dueAt: true, doneAt: true },
  });
  return {
    tasks: tasks.map(({ text, dueAt, doneAt }) => ({
      text,
      dueAt: dueAt?.toISOString() ?? null,
      doneAt: doneAt?.toISOString() ?? null,
    })),
    asked: asked.map((each) => ({ ...each, draftedAt: each.draftedAt.toISOString() })),
    ballots: ballots.map(({ mark, reason, castAt, spoken, voice }) => ({
      decision: voice.decision.number,
      question: voice.decision.question,
      for: voice.name,
      mark,
      reason,
      spoken,
      castAt: castAt.toISOString(),
    })),
    reasonsOnRecord: reasons.map(({ text }) => text),
  };
}

/** Ballots in decisions that are still open. */
export async function countHeld(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<{ ballots: number }> {
  const ballots = await reading.decisionBallot.count({
    where: { coalitionId, castById: memberId, voice: { decision: { state: 'open' } } },
  });
  return { ballots };
}

/**
 * Removes a member's words and name. An organisation's answer stays, because it is the organisation's; where
 * people voted for themselves the voice stays without a name. The record holds digests of reasons only.
 */
export async function forgetMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<void> {
  await tx.decisionReason.updateMany({
    where: { coalitionId, memberId },
    data: { text: '', memberId: null },
  });
  await tx.decisionBallot.updateMany({
    where: { coalitionId, castById: memberId },
    data: { castById: nobody, reason: '' },
  });
  await tx.decisionVoice.updateMany({
    where: { coalitionId, memberId },
    data: { memberId: null, name: forgotten },
  });
  await tx.decisionFollowUp.updateMany({
    where: { coalitionId, memberId },
    data: { memberId: null, assignee: '' },
  });
  await tx.decision.updateMany({
    where: { coalitionId, openedById: memberId },
    data: { openedById: nobody },
  });
  await tx.$executeRaw`
    update "Decision" set "terms" = jsonb_set("terms", '{rule,deciderName}', to_jsonb(${forgotten}::text))
    where "coalitionId" = ${coalitionId}::uuid and "terms"->'rule'->>'decider' = ${memberId}`;
}

/** What one member asked, said and is to decide becomes another's. An anonymous ballot says nobody's id. */
export async function moveMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  await tx.decision.updateMany({ where: { coalitionId, openedById: from }, data: { openedById: into } });
  await tx.decisionBallot.updateMany({ where: { coalitionId, castById: from }, data: { castById: into } });
  await tx.decisionFollowUp.updateMany({ where: { coalitionId, memberId: from }, data: { memberId: into } });
  await tx.decisionReason.updateMany({ where: { coalitionId, memberId: from }, data: { memberId: into } });
  await tx.$executeRaw`
    update "Decision" set "terms" = jsonb_set("terms", '{rule,decider}', to_jsonb(${into}::text))
    where "coalitionId" = ${coalitionId}::uuid and "terms"->'rule'->>'decider' = ${from}`;
}
