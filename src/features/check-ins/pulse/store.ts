import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { aggregateOf, putInUrn, subjectOf } from './rules.ts';

export async function findPulse(reading: Reading, coalitionId: CoalitionId) {
  return reading.pulseSettings.findUnique({ where: { coalitionId } });
}

export async function recordPulse(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { everyMonths: number; stopped: boolean },
): Promise<void> {
  await tx.pulseSettings.upsert({
    where: { coalitionId },
    create: { coalitionId, ...of },
    update: of,
  });
}

/** The day on which partners were last asked; null: they never were. */
export async function findLastRound(reading: Reading, coalitionId: CoalitionId): Promise<string | null> {
  const urn = await reading.pulseUrn.findFirst({ where: { coalitionId }, orderBy: { round: 'desc' } });
  return urn?.round ?? null;
}

/** Opens a round: who is asked, and one urn for all answers without a name. Twice is once. */
export async function openRound(
  { tx }: Writing,
  coalitionId: CoalitionId,
  round: string,
): Promise<PartnerId[]> {
  await tx.pulseUrn.createMany({ data: { coalitionId, round }, skipDuplicates: true });
  const partners = await tx.partner.findMany({
    where: { coalitionId, leftAt: null },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  await tx.pulseAsk.createMany({
    data: partners.map(({ id }) => ({ coalitionId, partnerId: id, round })),
    skipDuplicates: true,
  });
  return partners.map(({ id }) => id as PartnerId);
}

/** Nothing is put into the urn any more; what is too little to be told is not kept. Twice is once. */
export async function closeRound({ tx }: Writing, coalitionId: CoalitionId, round: string): Promise<void> {
  const urn = await findLockedUrn(tx, coalitionId, round);
  if (!urn || urn.closed) return;
  const kept = aggregateOf(urn) ? {} : { scores: [], words: [] };
  await tx.pulseUrn.update({
    where: { coalitionId_round: { coalitionId, round } },
    data: { closed: true, ...kept },
  });
}

export async function isRoundClosed(
  reading: Reading,
  coalitionId: CoalitionId,
  round: string,
): Promise<boolean> {
  const urn = await reading.pulseUrn.findUnique({ where: { coalitionId_round: { coalitionId, round } } });
  return urn?.closed ?? true;
}

async function findLockedUrn(tx: Writing['tx'], coalitionId: CoalitionId, round: string) {
  await tx.$queryRaw`
    select 1 as "one" from "PulseUrn" where "coalitionId" = ${coalitionId}::uuid and "round" = ${round} for update`;
  return tx.pulseUrn.findUnique({ where: { coalitionId_round: { coalitionId, round } } });
}

type PulseAsk = {
  readonly partnerId: PartnerId;
  readonly answered: boolean;
  /** When the question really reached somebody of the partner; null: it did not. */
  readonly askedAt: Date | null;
};

export async function listAsks(
  reading: Reading,
  coalitionId: CoalitionId,
  round: string,
): Promise<PulseAsk[]> {
  return reading.$queryRaw<PulseAsk[]>`
    select a."partnerId", a."answered", min(t."at") as "askedAt"
    from "PulseAsk" a left join "Touchpoint" t on t."coalitionId" = a."coalitionId"
      and t."partnerId" = a."partnerId" and t."feature" = 'check-ins' and t."subject" = ${subjectOf(round)}
    where a."coalitionId" = ${coalitionId}::uuid and a."round" = ${round}
    group by a."partnerId", a."answered" order by a."partnerId"`;
}

/** The first answer of a partner counts; false when there was one, or it was not asked. */
async function markAnswered(
  { tx }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  round: string,
): Promise<boolean> {
  const marked = await tx.pulseAsk.updateMany({
    where: { coalitionId, partnerId, round, answered: false },
    data: { answered: true },
  });
  return marked.count > 0;
}

export async function recordAnswer(
  writing: Writing,
  coalitionId: CoalitionId,
  of: {
    partnerId: PartnerId;
    memberId: MemberId;
    toldToId: MemberId | null;
    round: string;
    score: number;
    words: string;
    shared: boolean;
  },
): Promise<boolean> {
  if (!(await markAnswered(writing, coalitionId, of.partnerId, of.round))) return false;
  await writing.tx.pulseAnswer.create({ data: { coalitionId, ...of, at: writing.now } });
  return true;
}

/** Drops an answer without a name into the urn. The partner is marked as having answered, without a time. */
export async function dropAnswer(
  writing: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; round: string; score: number; words: string },
): Promise<'counted' | 'answered' | 'closed'> {
  const { tx } = writing;
  const { round } = of;
  const urn = await findLockedUrn(tx, coalitionId, round);
  if (!urn) return 'answered';
  if (urn.closed) return 'closed';
  if (!(await markAnswered(writing, coalitionId, of.partnerId, round))) return 'answered';
  const where = { coalitionId_round: { coalitionId, round } };
  await tx.pulseUrn.update({ where, data: putInUrn(urn, of.score, of.words) });
  return 'counted';
}

export type Told = {
  readonly round: string;
  readonly closed: boolean;
  readonly asked: number;
  readonly answered: number;
  /** Empty until the round is closed. */
  readonly urn: { scores: readonly number[]; words: readonly string[] };
  readonly named: readonly { partner: string; score: number; words: string; shared: boolean }[];
  readonly before: string | null;
  readonly after: string | null;
};

/**
 * A round as one person on staff may see it: what was shared, and what was said to them alone.
 * @param wanted the day it began; null: the latest
 */
export async function findRound(
  reading: Reading,
  coalitionId: CoalitionId,
  viewer: MemberId,
  wanted: string | null,
): Promise<Told | null> {
  const roundOf = async (round: object, order: 'asc' | 'desc') =>
    reading.pulseUrn.findFirst({ where: { coalitionId, ...round }, orderBy: { round: order } });
  const urn = await roundOf(wanted === null ? {} : { round: wanted }, 'desc');
  if (!urn) return null;
  const { round, closed } = urn;
  const named = await reading.$queryRaw<{ partner: string; score: number; words: string; shared: boolean }[]>`
    select p."name" as "partner", a."score", a."words", a."shared"
    from "PulseAnswer" a join "Partner" p on p."id" = a."partnerId"
    where a."coalitionId" = ${coalitionId}::uuid and a."round" = ${round}
      and (a."shared" or a."toldToId" = ${viewer}::uuid)
    order by a."score", p."name"`;
  const asks = await listAsks(reading, coalitionId, round);
  return {
    ...{ round, closed, named },
    asked: asks.filter(({ answered, askedAt }) => answered || askedAt !== null).length,
    answered: asks.filter(({ answered }) => answered).length,
    urn: closed ? { scores: urn.scores, words: urn.words } : { scores: [], words: [] },
    before: (await roundOf({ round: { lt: round } }, 'desc'))?.round ?? null,
    after: (await roundOf({ round: { gt: round } }, 'asc'))?.round ?? null,
  };
}

export async function listOwnAnswers(reading: Reading, coalitionId: CoalitionId, memberId: MemberId) {
  return reading.pulseAnswer.findMany({
    where: { coalitionId, memberId },
    select: { round: true, score: true, words: true, shared: true, at: true },
  });
}

/** What they wrote goes; what was told to them alone is read by nobody any more. */
export async function forgetAnswers({ tx }: Writing, coalitionId: CoalitionId, memberId: MemberId) {
  await tx.pulseAnswer.updateMany({ where: { coalitionId, memberId }, data: { memberId: null, words: '' } });
  await tx.pulseAnswer.updateMany({
    where: { coalitionId, toldToId: memberId },
    data: { toldToId: null },
  });
}

export async function moveAnswers(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  await tx.pulseAnswer.updateMany({ where: { coalitionId, memberId: from }, data: { memberId: into } });
  await tx.pulseAnswer.updateMany({ where: { coalitionId, toldToId: from }, data: { toldToId: into } });
}
