import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { RoundId } from '../groups/rules.ts';

export type Round = {
  readonly id: RoundId;
  readonly number: number;
  readonly date: string;
  readonly sendAt: Date;
  readonly draw: number;
  readonly state: 'announced' | 'proposed' | 'sent' | 'dropped';
  readonly satOut: readonly PartnerId[];
};

/** The round of a date, opened if it is new. One that was dropped when the programme stopped is taken up. */
export async function openRound(
  { tx }: Writing,
  coalitionId: CoalitionId,
  date: string,
  sendAt: Date,
): Promise<Round> {
  const last = await tx.introRound.aggregate({ where: { coalitionId }, _max: { number: true } });
  await tx.introRound.createMany({
    data: [{ coalitionId, date, sendAt, number: (last._max.number ?? 0) + 1 }],
    skipDuplicates: true,
  });
  await tx.introRound.updateMany({
    where: { coalitionId, date, state: { in: ['dropped', 'announced'] } },
    data: { state: 'announced', sendAt },
  });
  const row = await tx.introRound.findUniqueOrThrow({ where: { coalitionId_date: { coalitionId, date } } });
  return roundOf(row);
}

export async function findRound(
  reading: Reading,
  coalitionId: CoalitionId,
  date: string,
): Promise<Round | null> {
  const row = await reading.introRound.findUnique({ where: { coalitionId_date: { coalitionId, date } } });
  return row && roundOf(row);
}

export async function findRoundById(
  reading: Reading,
  coalitionId: CoalitionId,
  id: RoundId,
): Promise<Round | null> {
  const row = await reading.introRound.findFirst({ where: { id, coalitionId } });
  return row && roundOf(row);
}

/** The same, kept from changing elsewhere until the transaction ends. */
export async function lockRound(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RoundId,
): Promise<Round | null> {
  await tx.$queryRaw`select "id" from "IntroRound" where "id" = ${id}::uuid for update`;
  return findRoundById(tx, coalitionId, id);
}

/** The round that is being prepared, if one is. */
export async function findOpenRound(reading: Reading, coalitionId: CoalitionId): Promise<Round | null> {
  const row = await reading.introRound.findFirst({
    where: { coalitionId, state: { in: ['announced', 'proposed'] } },
    orderBy: { sendAt: 'asc' },
  });
  return row && roundOf(row);
}

export async function listRounds(reading: Reading, coalitionId: CoalitionId, most: number): Promise<Round[]> {
  const rows = await reading.introRound.findMany({
    where: { coalitionId, state: 'sent' },
    orderBy: { number: 'desc' },
    take: most,
  });
  return rows.map(roundOf);
}

export async function findLastSent(reading: Reading, coalitionId: CoalitionId): Promise<Round | null> {
  return (await listRounds(reading, coalitionId, 1))[0] ?? null;
}

/** The number that an introduction outside any round is remembered under. */
export async function currentNumber(reading: Reading, coalitionId: CoalitionId): Promise<number> {
  const last = await reading.introRound.aggregate({ where: { coalitionId }, _max: { number: true } });
  return last._max.number ?? 0;
}

/** Removes what was proposed and is not locked, and counts the new draw. */
export async function clearProposal(
  { tx }: Writing,
  coalitionId: CoalitionId,
  round: Round,
): Promise<number> {
  await tx.introGroup.deleteMany({
    where: { coalitionId, roundId: round.id, state: 'proposed', locked: false },
  });
  const { draw } = await tx.introRound.update({
    where: { coalitionId_id: { coalitionId, id: round.id } },
    data: { draw: { increment: 1 } },
  });
  return draw;
}

export async function recordProposed(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RoundId,
  satOut: readonly string[],
): Promise<void> {
  await tx.introRound.updateMany({
    where: { coalitionId, id, state: { in: ['announced', 'proposed'] } },
    data: { state: 'proposed', satOut: [...satOut] },
  });
}

/** Turns the proposal into introductions waiting to be sent: once. */
export async function recordSending(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: RoundId,
): Promise<boolean> {
  const sent = await tx.introRound.updateMany({
    where: { coalitionId, id, state: 'proposed' },
    data: { state: 'sent', sentAt: now },
  });
  if (sent.count === 0) return false;
  await tx.introGroup.updateMany({
    where: { coalitionId, roundId: id, state: 'proposed' },
    data: { state: 'waiting' },
  });
  return true;
}

/** Somebody nobody was found for: their partner goes first next time. */
export async function recordSatOut(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RoundId,
  partnerId: PartnerId,
): Promise<void> {
  const row = await tx.introRound.findFirst({ where: { id, coalitionId } });
  if (!row || row.satOut.includes(partnerId)) return;
  await tx.introRound.update({ where: { id: row.id }, data: { satOut: { push: partnerId } } });
}

export async function closeSatOut(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RoundId,
  partnerIds: readonly PartnerId[],
): Promise<void> {
  const row = await tx.introRound.findFirst({ where: { id, coalitionId } });
  if (!row) return;
  const satOut = row.satOut.filter((one) => !partnerIds.some((gone) => gone === one));
  await tx.introRound.update({ where: { id: row.id }, data: { satOut } });
}

/** Members whose introduction in this round fell apart through no doing of theirs, and who have no other. */
export async function listFreed(
  reading: Reading,
  coalitionId: CoalitionId,
  roundId: RoundId,
): Promise<MemberId[]> {
  const seats = await reading.introSeat.findMany({
    where: { coalitionId, group: { roundId } },
    include: { group: { select: { state: true } } },
  });
  const left = new Set(seats.filter(({ answer }) => answer === 'out').map(({ memberId }) => memberId));
  const busy = new Set(
    seats.filter(({ group }) => group.state !== 'dissolved').map(({ memberId }) => memberId),
  );
  const freed = seats
    .filter(
      ({ group, memberId }) => group.state === 'dissolved' && !left.has(memberId) && !busy.has(memberId),
    )
    .map(({ memberId }) => memberId as MemberId);
  return [...new Set(freed)];
}

/** Partners who were one of three in the rounds before this one. */
export async function listRecentThirds(
  reading: Reading,
  coalitionId: CoalitionId,
  since: number,
): Promise<PartnerId[]> {
  const groups = await reading.introGroup.findMany({
    where: { coalitionId, state: 'sent', round: { number: { gte: since } } },
    include: { seats: { select: { partnerId: true } } },
  });
  return groups
    .filter(({ seats }) => seats.length === 3)
    .flatMap(({ seats }) => seats.map(({ partnerId }) => partnerId as PartnerId));
}

export async function recordLock(
  { tx }: Writing,
  coalitionId: CoalitionId,
  groupId: string,
  locked: boolean,
): Promise<void> {
  await tx.introGroup.updateMany({
    where: { id: groupId, coalitionId, state: 'proposed' },
    data: { locked },
  });
}

/** Two people change places between two proposed groups, which are locked as they then are. */
export async function recordExchange(
  { tx }: Writing,
  coalitionId: CoalitionId,
  one: { groupId: string; memberId: MemberId; partnerId: PartnerId },
  other: { groupId: string; memberId: MemberId; partnerId: PartnerId },
): Promise<void> {
  for (const each of [one, other]) {
    await tx.introSeat.deleteMany({ where: { coalitionId, groupId: each.groupId, memberId: each.memberId } });
  }
  for (const [each, groupId] of [
    [one, other.groupId],
    [other, one.groupId],
  ] as const) {
    const { memberId, partnerId } = each;
    await tx.introSeat.createMany({ data: [{ coalitionId, groupId, memberId, partnerId }] });
    await recordLock({ tx } as Writing, coalitionId, groupId, true);
  }
}

/** For staff: what became of each of these rounds' introductions, and what was said. */
export async function countAnswers(reading: Reading, coalitionId: CoalitionId, roundIds: readonly RoundId[]) {
  const seats = await reading.introSeat.findMany({
    where: { coalitionId, group: { roundId: { in: [...roundIds] }, sentAt: { not: null } } },
    select: { answer: true, outcome: true, group: { select: { roundId: true, id: true } } },
  });
  return seats.map(({ answer, outcome, group }) => ({
    roundId: group.roundId as RoundId,
    groupId: group.id,
    answer,
    outcome,
  }));
}

/** Edges of the network: partners whose introduction led to something. */
export async function listEdges(reading: Reading, coalitionId: CoalitionId, most: number) {
  const rows = await reading.introPair.findMany({
    where: { coalitionId, outcome: { not: null } },
    orderBy: { lastAt: 'desc' },
    take: most,
  });
  return rows.map((row) => ({
    oneId: row.oneId as PartnerId,
    otherId: row.otherId as PartnerId,
    outcome: row.outcome,
  }));
}

/** Whether anybody was introduced at all. */
export async function countPairs(reading: Reading, coalitionId: CoalitionId): Promise<number> {
  return reading.introPair.count({ where: { coalitionId, times: { gt: 0 } } });
}

function roundOf(row: {
  id: string;
  number: number;
  date: string;
  sendAt: Date;
  draw: number;
  state: string;
  satOut: string[];
}): Round {
  const { number, date, sendAt, draw } = row;
  return {
    id: row.id as RoundId,
    number,
    date,
    sendAt,
    draw,
    state: row.state as Round['state'],
    satOut: row.satOut as PartnerId[],
  };
}
