import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Member } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import { type Mark, mark as markSchema } from '../counting/ballots/rules.ts';
import type { Decision, DecisionId } from '../decision/store.ts';
import { addedBy, tallyKeys } from './rules.ts';

export type Voice = {
  readonly id: string;
  readonly name: string;
  readonly sector: string;
  readonly weight: number;
  readonly partnerId: string | null;
  readonly memberId: string | null;
  /** Known only for anonymous decisions; otherwise a ballot says it. */
  readonly answered: boolean;
};

export type CastBallot = {
  readonly mark: Mark;
  readonly reason: string;
  readonly castById: MemberId;
  readonly byPrimary: boolean;
  readonly spoken: boolean;
  readonly castAt: Date;
};

/** The voice this member speaks with, in the electorate as it was frozen. */
export async function findVoiceOf(
  reading: Reading,
  coalitionId: CoalitionId,
  decisionId: DecisionId,
  of: { partnerId: string | null; memberId: string },
): Promise<Voice | null> {
  const { partnerId, memberId } = of;
  return reading.decisionVoice.findFirst({
    where: { coalitionId, decisionId, OR: [{ memberId }, ...(partnerId ? [{ partnerId }] : [])] },
  });
}

export async function findBallot(
  reading: Reading,
  coalitionId: CoalitionId,
  voiceId: string,
): Promise<CastBallot | null> {
  const row = await reading.decisionBallot.findFirst({ where: { voiceId, coalitionId } });
  return row && ballotOf(row);
}

/**
 * Holds the voice's row for the rest of the transaction and gives the ballot that stands for it. Two statements:
 * one that joins the ballot would read it as it was before the wait for the row.
 */
async function lockBallot({ tx }: Writing, decision: Decision, voice: Voice): Promise<CastBallot | null> {
  await tx.$queryRaw`select 1 as "locked" from "DecisionVoice" where "id" = ${voice.id}::uuid for update`;
  return findBallot(tx, decision.coalitionId, voice.id);
}

/** Takes back what staff logged for a voice. False when there is nothing of theirs to take back. */
export async function removeSpoken(writing: Writing, decision: Decision, voice: Voice): Promise<boolean> {
  const ballot = await lockBallot(writing, decision, voice);
  return ballot?.spoken ? removeBallot(writing, decision, voice) : false;
}

/** Takes a voice's ballot out of an open decision and its totals. False when there is none or it is too late. */
export async function removeBallot(writing: Writing, decision: Decision, voice: Voice): Promise<boolean> {
  const { tx } = writing;
  const ballot = await lockBallot(writing, decision, voice);
  if (!ballot) return false;
  if ((await addToTally(writing, decision, voice, ballot.mark, null)) === null) return false;
  await tx.decisionBallot.delete({ where: { voiceId: voice.id } });
  return true;
}

/**
 * Moves the running totals by one ballot: from what stood there to what stands there now. Costs the same
 * however many ballots there are. Null when the decision is closed or its time is up.
 */
async function addToTally(
  { tx, now }: Writing,
  decision: Decision,
  voice: Voice,
  before: Mark | null,
  after: Mark | null,
): Promise<number | null> {
  const keys = tallyKeys(decision.terms.rule, decision.options.length);
  const [less, more] = [addedBy(before, voice.weight, keys), addedBy(after, voice.weight, keys)];
  const counts = more.map((votes, column) => votes - (less[column] ?? 0n));
  const answers = Number(after !== null) - Number(before !== null);
  const abstentions = Number(after?.mark === 'abstain') - Number(before?.mark === 'abstain');
  const sector = decision.sectors.findIndex((each) => each.sector === voice.sector) + 1;
  const rows = await tx.$queryRaw<{ answered: number }[]>`
    update "DecisionTally" set
      "answered" = "answered" + ${answers}, "abstained" = "abstained" + ${abstentions},
      "counts" = array(
        select c + d from unnest("counts", ${`{${counts.join(',')}}`}::text::bigint[])
          with ordinality as column_(c, d, at) order by at),
      "sectorAnswered"[${sector}::int] = "sectorAnswered"[${sector}::int] + ${answers},
      "sectorAbstained"[${sector}::int] = "sectorAbstained"[${sector}::int] + ${abstentions}
    where "decisionId" = ${decision.id}::uuid and "open" and "closesAt" > ${now}
    returning "answered"`;
  return rows[0]?.answered ?? null;
}

/** Everybody who may have been reminded for a voice. */
export async function listReminded(
  reading: Reading,
  coalitionId: CoalitionId,
  { partnerId, memberId }: Voice,
): Promise<MemberId[]> {
  if (memberId !== null) return [memberId as MemberId];
  const rows = await reading.member.findMany({ where: { coalitionId, partnerId }, select: { id: true } });
  return rows.map(({ id }) => id as MemberId);
}

/** Voices that have not answered, by name. */
export async function listSilent(reading: Reading, decision: Decision, most?: number): Promise<Voice[]> {
  const { coalitionId, id } = decision;
  return reading.decisionVoice.findMany({
    where: {
      coalitionId,
      decisionId: id,
      ...(decision.terms.anonymous ? { answered: false } : { ballot: null }),
    },
    orderBy: { name: 'asc' },
    ...(most === undefined ? {} : { take: most }),
  });
}

export async function listBallots(
  reading: Reading,
  decision: Decision,
  most?: number,
): Promise<{ voice: Voice; ballot: CastBallot }[]> {
  const rows = await reading.decisionBallot.findMany({
    where: { coalitionId: decision.coalitionId, decisionId: decision.id },
    include: { voice: true },
    orderBy: { voice: { name: 'asc' } },
    ...(most === undefined ? {} : { take: most }),
  });
  return rows.map((row) => ({ voice: row.voice, ballot: ballotOf(row) }));
}

export async function listVoicesIn(reading: Reading, decision: Decision): Promise<Voice[]> {
  return reading.decisionVoice.findMany({
    where: { coalitionId: decision.coalitionId, decisionId: decision.id },
    orderBy: { name: 'asc' },
  });
}

/** Open decisions in which this member's voice has not answered yet, soonest first. */
export async function listWaitingFor(
  reading: Reading,
  coalitionId: CoalitionId,
  member: Pick<Member, 'id' | 'partner'>,
): Promise<{ id: DecisionId; number: number; question: string; closesAt: Date }[]> {
  const partnerId = member.partner?.id;
  const rows = await reading.decision.findMany({
    where: {
      coalitionId,
      state: 'open',
      electorate: {
        some: {
          OR: [{ memberId: member.id }, ...(partnerId ? [{ partnerId }] : [])],
          answered: false,
          ballot: null,
        },
      },
    },
    orderBy: { closesAt: 'asc' },
    select: { id: true, number: true, question: true, closesAt: true },
  });
  return rows.map((row) => ({ ...row, id: row.id as DecisionId, number: row.number ?? 0 }));
}

export function ballotOf(row: {
  mark: unknown;
  reason: string;
  castById: string;
  byPrimary: boolean;
  spoken: boolean;
  castAt: Date;
}): CastBallot {
  const { reason, byPrimary, spoken, castAt } = row;
  return {
    mark: markSchema.parse(row.mark),
    castById: row.castById as MemberId,
    reason,
    byPrimary,
    spoken,
    castAt,
  };
}
