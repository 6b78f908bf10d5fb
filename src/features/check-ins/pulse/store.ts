import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { putInUrn } from './rules.ts';

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

export async function listSilentPartners(
  reading: Reading,
  coalitionId: CoalitionId,
  round: string,
): Promise<PartnerId[]> {
  const rows = await reading.pulseAsk.findMany({ where: { coalitionId, round, answered: false } });
  return rows.map(({ partnerId }) => partnerId as PartnerId);
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
): Promise<boolean> {
  const { tx } = writing;
  const { round } = of;
  await tx.$queryRaw`
    select 1 as "one" from "PulseUrn" where "coalitionId" = ${coalitionId}::uuid and "round" = ${round} for update`;
  if (!(await markAnswered(writing, coalitionId, of.partnerId, round))) return false;
  const where = { coalitionId_round: { coalitionId, round } };
  const urn = await tx.pulseUrn.findUniqueOrThrow({ where });
  await tx.pulseUrn.update({ where, data: putInUrn(urn, of.score, of.words) });
  return true;
}

export type Told = {
  readonly round: string;
  readonly asked: number;
  readonly answered: number;
  readonly urn: { scores: readonly number[]; words: readonly string[] };
  readonly named: readonly { partner: string; score: number; words: string; shared: boolean }[];
};

/** The latest round as one person on staff may see it: what was shared, and what was said to them alone. */
export async function findLatestRound(
  reading: Reading,
  coalitionId: CoalitionId,
  owner: MemberId,
): Promise<Told | null> {
  const urn = await reading.pulseUrn.findFirst({ where: { coalitionId }, orderBy: { round: 'desc' } });
  if (!urn) return null;
  const { round } = urn;
  const named = await reading.$queryRaw<{ partner: string; score: number; words: string; shared: boolean }[]>`
    select p."name" as "partner", a."score", a."words", a."shared"
    from "PulseAnswer" a join "Partner" p on p."id" = a."partnerId"
    left join "Care" c on c."coalitionId" = a."coalitionId" and c."partnerId" = a."partnerId"
    where a."coalitionId" = ${coalitionId}::uuid and a."round" = ${round}
      and (a."shared" or c."ownerId" = ${owner}::uuid)
    order by a."score", p."name"`;
  const where = { coalitionId, round };
  const asked = await reading.pulseAsk.count({ where });
  const answered = await reading.pulseAsk.count({ where: { ...where, answered: true } });
  return { round, asked, answered, urn: { scores: urn.scores, words: urn.words }, named };
}

export async function listOwnAnswers(reading: Reading, coalitionId: CoalitionId, memberId: MemberId) {
  return reading.pulseAnswer.findMany({
    where: { coalitionId, memberId },
    select: { round: true, score: true, words: true, shared: true, at: true },
  });
}

export async function forgetAnswers({ tx }: Writing, coalitionId: CoalitionId, memberId: MemberId) {
  await tx.pulseAnswer.updateMany({ where: { coalitionId, memberId }, data: { memberId: null, words: '' } });
}

export async function moveAnswers(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  await tx.pulseAnswer.updateMany({ where: { coalitionId, memberId: from }, data: { memberId: into } });
}
