import { randomBytes } from 'node:crypto';
import type { MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Prisma, Reading } from '../../../database.ts';
import { type Mark, mark } from '../counting/ballots/rules.ts';
import type { Decision } from '../decision/store.ts';
import type { Voice } from '../voting/store.ts';
import { codeOf, findIn, putIn, type Urn } from './rules.ts';

type Dropped =
  | { readonly dropped: 'counted'; readonly code: string; readonly answered: number }
  | { readonly dropped: 'changed' }
  | { readonly dropped: 'late' }
  /** Whoever spoke has left, was joined with another member, or has this voice no more. */
  | { readonly dropped: 'moved' }
  | { readonly dropped: 'answered-before' }
  | { readonly dropped: 'unknown-code' };

/**
 * Drops a ballot into the urn and marks the voice as having answered. The two rows share nothing that lasts:
 * the urn is one row for all ballots, rewritten as a whole, and neither row holds a time. Voice, tally and urn are
 * taken in this order: the order of a merge and of an open vote.
 * @param said.by is looked up and kept nowhere
 */
export async function dropBallot(
  writing: Writing,
  decision: Decision,
  voice: Voice,
  said: { mark: Mark; reason: string; by: MemberId },
): Promise<Dropped> {
  const { tx } = writing;
  if (!(await holdVoice(writing, decision, voice, said.by))) return { dropped: 'moved' };
  const urn = await lockUrn(writing, decision);
  if (urn === null) return { dropped: 'late' };
  const marked = await tx.decisionVoice.updateMany({
    where: { id: voice.id, coalitionId: decision.coalitionId, decisionId: decision.id, answered: false },
    data: { answered: true },
  });
  if (marked.count === 0) return { dropped: 'answered-before' };
  const code = codeOf(randomBytes(16));
  await writeUrn(writing, decision, putIn(urn, decision.id, code, said.mark, said.reason));
  const sector = decision.sectors.findIndex((each) => each.sector === voice.sector) + 1;
  const rows = await tx.$queryRaw<{ answered: number }[]>`
    update "DecisionTally" set "answered" = "answered" + 1,
      "sectorAnswered"[${sector}::int] = "sectorAnswered"[${sector}::int] + 1
    where "decisionId" = ${decision.id}::uuid returning "answered"`;
  return { dropped: 'counted', code, answered: rows[0]?.answered ?? 0 };
}

/**
 * Holds the voice for the rest of the transaction, and says whether they still speak with it. The member is read after
 * the wait for the voice, which whoever joins two members holds as well. Their row is not locked: that would write the
 * number of the urn's transaction into it.
 */
async function holdVoice(
  { tx }: Writing,
  { coalitionId, id }: Decision,
  voice: Voice,
  by: MemberId,
): Promise<boolean> {
  const held = await tx.$queryRaw<{ one: number }[]>`
    select 1 as "one" from "DecisionVoice"
    where "id" = ${voice.id}::uuid and "coalitionId" = ${coalitionId}::uuid and "decisionId" = ${id}::uuid
      and "memberId" is not distinct from ${voice.memberId}::uuid
      and "partnerId" is not distinct from ${voice.partnerId}::uuid
    for update`;
  if (held.length === 0) return false;
  return (await tx.member.count({ where: { id: by, coalitionId, leftAt: null } })) === 1;
}

/** Replaces the ballot that a receipt code stands for. Whoever holds the code may: nobody is asked who they are. */
export async function changeBallot(
  writing: Writing,
  decision: Decision,
  said: { code: string; mark: Mark; reason: string },
): Promise<Dropped> {
  const urn = await lockUrn(writing, decision);
  if (urn === null) return { dropped: 'late' };
  if (findIn(urn, decision.id, said.code) === null) return { dropped: 'unknown-code' };
  await writeUrn(writing, decision, putIn(urn, decision.id, said.code, said.mark, said.reason));
  return { dropped: 'changed' };
}

/** Null when the decision is closed or its time is up. Holds the tally's row, so the close waits for us. */
async function lockUrn({ tx, now }: Writing, decision: Decision): Promise<Urn | null> {
  const open = await tx.$queryRaw<{ one: number }[]>`
    select 1 as "one" from "DecisionTally"
    where "decisionId" = ${decision.id}::uuid and "open" and "closesAt" > ${now} for update`;
  return open.length === 0 ? null : findUrn(tx, decision);
}

export async function findUrn(reading: Reading, decision: Decision): Promise<Urn> {
  const row = await reading.decisionUrn.findFirst({
    where: { decisionId: decision.id, coalitionId: decision.coalitionId },
  });
  const ballots = Object.entries((row?.ballots ?? {}) as Record<string, unknown>);
  return {
    ballots: Object.fromEntries(ballots.map(([key, said]) => [key, mark.parse(said)])),
    reasons: (row?.reasons ?? {}) as Record<string, string>,
  };
}

async function writeUrn({ tx }: Writing, decision: Decision, urn: Urn): Promise<void> {
  await tx.decisionUrn.update({
    where: { decisionId: decision.id },
    data: {
      ballots: urn.ballots as unknown as Prisma.InputJsonValue,
      reasons: urn.reasons as unknown as Prisma.InputJsonValue,
    },
  });
}

/** After the close the record holds the ballots, or nothing may: the urn is emptied either way. */
export async function removeUrn({ tx }: Writing, decision: Decision): Promise<void> {
  await tx.decisionUrn.deleteMany({
    where: { decisionId: decision.id, coalitionId: decision.coalitionId },
  });
}
