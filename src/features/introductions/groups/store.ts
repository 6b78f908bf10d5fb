import { type CoalitionId, type MemberId, newId, type PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Prisma, Reading } from '../../../database.ts';
import { type History, type Met, pairsInside } from '../matching/history/rules.ts';
import {
  type Group,
  type GroupId,
  greaterOutcome,
  type IntroAnswer,
  type Origin,
  type Outcome,
  type Person,
  type RoundId,
  staying,
} from './rules.ts';

/** The people with these ids who are still here and represent a partner. */
export async function listPeople(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly string[],
): Promise<Map<MemberId, Person>> {
  const rows = await reading.member.findMany({
    where: { coalitionId, id: { in: [...ids] }, leftAt: null, partner: { leftAt: null } },
    include: { partner: true, accounts: { include: { workspace: true } } },
  });
  return new Map(
    rows.flatMap((row) => {
      const { partner, accounts } = row;
      if (!partner) return [];
      const workspaces = accounts
        .filter(({ workspace }) => workspace.removedAt === null)
        .map(({ workspace: { id, platform, name } }) => ({ id, platform, name }));
      const id = row.id as MemberId;
      const card = { ...partner, id: partner.id as PartnerId };
      return [[id, { ...row, memberId: id, partner: card, workspaces }] as const];
    }),
  );
}

/** A new group; null when the same one was opened before. */
export async function openGroup(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: {
    key: string;
    origin: Origin;
    roundId: RoundId | null;
    state: 'proposed' | 'waiting';
    people: readonly { readonly memberId: MemberId; readonly partnerId: PartnerId }[];
    locked?: boolean;
    ruled?: boolean;
    reason?: string;
  },
): Promise<GroupId | null> {
  const { people, ...group } = of;
  const id = newId<GroupId>();
  const made = await tx.introGroup.createMany({
    data: [{ id, coalitionId, createdAt: now, ...group }],
    skipDuplicates: true,
  });
  if (made.count === 0) return null;
  await tx.introSeat.createMany({ data: people.map((one) => ({ coalitionId, groupId: id, ...one })) });
  return id;
}

const withSeats = { seats: { orderBy: { id: 'asc' } } } as const;
type Row = Prisma.IntroGroupGetPayload<{ include: typeof withSeats }>;

export async function findGroup(
  reading: Reading,
  coalitionId: CoalitionId,
  id: GroupId,
): Promise<Group | null> {
  const row = await reading.introGroup.findFirst({ where: { id, coalitionId }, include: withSeats });
  return row && ((await groupsOf(reading, coalitionId, [row]))[0] ?? null);
}

export async function listGroups(
  reading: Reading,
  coalitionId: CoalitionId,
  where: { roundId?: RoundId; memberId?: MemberId; states: readonly Group['state'][]; most?: number },
): Promise<Group[]> {
  const { roundId, memberId, states, most } = where;
  const rows = await reading.introGroup.findMany({
    where: {
      coalitionId,
      state: { in: [...states] },
      ...(roundId ? { roundId } : {}),
      ...(memberId ? { seats: { some: { memberId } } } : {}),
    },
    include: withSeats,
    orderBy: memberId ? [{ sentAt: 'desc' }, { id: 'desc' }] : { id: 'asc' },
    ...(most ? { take: most } : {}),
  });
  return groupsOf(reading, coalitionId, rows);
}

async function groupsOf(reading: Reading, coalitionId: CoalitionId, rows: readonly Row[]): Promise<Group[]> {
  const ids = rows.flatMap((row) => row.seats.map((seat) => seat.memberId));
  const people = await listPeople(reading, coalitionId, ids);
  return rows.map((row) => ({
    id: row.id as GroupId,
    roundId: row.roundId as RoundId | null,
    origin: row.origin as Origin,
    state: row.state as Group['state'],
    locked: row.locked,
    ruled: row.ruled,
    reason: row.reason,
    seats: row.seats.flatMap((seat) => {
      const person = people.get(seat.memberId as MemberId);
      return person ? [{ ...person, answer: seat.answer, outcome: seat.outcome }] : [];
    }),
  }));
}

/**
 * Marks a group as introduced and writes the history, together and once: whoever comes second finds it sent.
 */
export async function recordSent(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  group: Group,
  round: number,
): Promise<boolean> {
  const sent = await tx.introGroup.updateMany({
    where: { id: group.id, coalitionId, state: 'waiting' },
    data: { state: 'sent', sentAt: now },
  });
  if (sent.count === 0) return false;
  for (const [one, other] of pairsInside(group.seats.map(({ partner }) => partner.id))) {
    const [oneId, otherId] = ordered(one, other);
    const key = { coalitionId_oneId_otherId: { coalitionId, oneId, otherId } };
    await tx.introPair.upsert({
      where: key,
      create: { coalitionId, oneId, otherId, times: 1, lastRound: round, lastAt: now },
      update: { times: { increment: 1 }, lastRound: round, lastAt: now },
    });
    await tx.introRule.updateMany({
      where: { coalitionId, oneId, otherId, kind: 'must', doneAt: null },
      data: { doneAt: now },
    });
  }
  return true;
}

export const ordered = <T extends string>(a: T, b: T): readonly [T, T] => (a < b ? [a, b] : [b, a]);

/** Who was introduced to whom, at the level of partners. @param among only between these */
export async function readHistory(
  reading: Reading,
  coalitionId: CoalitionId,
  among?: readonly PartnerId[],
): Promise<History> {
  const these = among ? { oneId: { in: [...among] }, otherId: { in: [...among] } } : {};
  const rows = await reading.introPair.findMany({
    where: { coalitionId, times: { gt: 0 }, ...these },
    select: { oneId: true, otherId: true, times: true, lastRound: true },
  });
  return new Map(
    rows.map(({ oneId, otherId, times, lastRound }): [string, Met] => [
      `${oneId} ${otherId}`,
      { times, lastRound },
    ]),
  );
}

export async function closeGroup({ tx }: Writing, coalitionId: CoalitionId, id: GroupId): Promise<void> {
  await tx.introGroup.updateMany({ where: { id, coalitionId }, data: { state: 'dissolved' } });
}

/** Takes somebody out of a group that has not gone out. */
export async function closeSeat(
  { tx }: Writing,
  coalitionId: CoalitionId,
  groupId: GroupId,
  memberId: MemberId,
): Promise<void> {
  await tx.introSeat.deleteMany({ where: { coalitionId, groupId, memberId } });
}

/** What somebody says midway; they may change it. Met is remembered between every two who said so or heard it. */
export async function recordAnswer(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  group: Group,
  memberId: MemberId,
  answer: IntroAnswer,
): Promise<void> {
  await tx.introSeat.updateMany({
    where: { coalitionId, groupId: group.id, memberId },
    data: { answer, answeredAt: now },
  });
  const own = group.seats.find((seat) => seat.memberId === memberId);
  if (answer !== 'met' || !own) return;
  for (const other of staying(group.seats)) {
    if (other.memberId === memberId) continue;
    const [oneId, otherId] = ordered(own.partner.id, other.partner.id);
    await tx.introPair.updateMany({
      where: { coalitionId, oneId, otherId, metAt: null },
      data: { metAt: now },
    });
  }
}

/** What came of it; the edge keeps the most that anybody said. */
export async function recordOutcome(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  group: Group,
  memberId: MemberId,
  outcome: Outcome,
): Promise<void> {
  await tx.introSeat.updateMany({ where: { coalitionId, groupId: group.id, memberId }, data: { outcome } });
  const own = group.seats.find((seat) => seat.memberId === memberId);
  if (!own || outcome === 'nothing') return;
  for (const other of staying(group.seats)) {
    if (other.memberId === memberId) continue;
    const [oneId, otherId] = ordered(own.partner.id, other.partner.id);
    const pair = await tx.introPair.findUnique({
      where: { coalitionId_oneId_otherId: { coalitionId, oneId, otherId } },
    });
    if (!pair) continue;
    await tx.introPair.update({
      where: { id: pair.id },
      data: {
        outcome: greaterOutcome(pair.outcome as Outcome | null, outcome),
        metAt: pair.metAt ?? now,
      },
    });
  }
}

export async function recordOutcomeLine(
  { tx }: Writing,
  coalitionId: CoalitionId,
  groupId: GroupId,
  memberId: MemberId,
  outcomeLine: string,
): Promise<void> {
  await tx.introSeat.updateMany({ where: { coalitionId, groupId, memberId }, data: { outcomeLine } });
}

const openSeat: Prisma.IntroSeatWhereInput = {
  answer: null,
  group: { state: { in: ['proposed', 'waiting', 'sent'] } },
};

/** Introductions about which somebody has not said anything yet. */
export async function countOpenSeats(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<number> {
  return reading.introSeat.count({ where: { coalitionId, memberId, ...openSeat } });
}

/**
 * Another person of the same partner stands where the first was introduced: they meet whoever is still to be met, are
 * asked what came of the others, and see them as theirs. No group has two people of one partner, so nothing can clash.
 * What somebody ended with words of their own stays theirs.
 */
export async function moveSeats(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; from: MemberId; to: MemberId },
): Promise<void> {
  const { partnerId, from, to } = of;
  await tx.introSeat.updateMany({
    where: { coalitionId, memberId: from, partnerId, outcomeLine: '' },
    data: { memberId: to },
  });
}

/** Introductions made, and pairs of partners of whom one said that they met, after one moment and until another. */
export async function countMade(
  reading: Reading,
  coalitionId: CoalitionId,
  since: Date,
  until: Date,
): Promise<{ made: number; met: number }> {
  const between = { gt: since, lte: until };
  return {
    made: await reading.introGroup.count({ where: { coalitionId, sentAt: between } }),
    met: await reading.introPair.count({ where: { coalitionId, metAt: between } }),
  };
}
