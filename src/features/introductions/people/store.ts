import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Standing } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import { type Candidate, type Choice, joinedChoice, later, type PartnerCard } from './rules.ts';

const noChoice: Choice = {
  takesPart: null,
  inChannel: false,
  pausedUntil: null,
  restedAt: null,
  buddy: false,
};

/** How many of somebody's latest introductions are looked at for silence. */
const lookedBack = 6;

/**
 * Everybody who represents a partner, with what they chose.
 * @param date the round whose skips count
 * @param only these members alone
 */
export async function listCandidates(
  reading: Reading,
  coalitionId: CoalitionId,
  date: string | null,
  only: readonly MemberId[] | null = null,
): Promise<Candidate[]> {
  const which = only === null ? {} : { in: [...only] };
  const ofThem = only === null ? {} : { memberId: which };
  const [members, choices, skips, avoids, latest] = await Promise.all([
    reading.member.findMany({
      where: {
        coalitionId,
        leftAt: null,
        partner: { leftAt: null },
        ...(only === null ? {} : { id: which }),
      },
      include: {
        partner: true,
        accounts: { where: { unreachableSince: null, workspace: { removedAt: null } } },
      },
      orderBy: { id: 'asc' },
    }),
    reading.introChoice.findMany({ where: { coalitionId, ...ofThem } }),
    date === null ? [] : reading.introSkip.findMany({ where: { coalitionId, date, ...ofThem } }),
    reading.introAvoid.findMany({ where: { coalitionId, ...ofThem } }),
    only === null ? listLatest(reading, coalitionId) : [],
  ]);
  const choiceOf = new Map(choices.map((row) => [row.memberId, row]));
  const skipping = new Set(skips.map((row) => row.memberId));
  const avoided = grouped(avoids, (row) => row.memberId);
  const introduced = grouped(latest, (row) => row.memberId);

  return members.flatMap((row) => {
    if (!row.partner) return [];
    const choice = choiceOf.get(row.id);
    const own = introduced.get(row.id) ?? [];
    return [
      {
        memberId: row.id as MemberId,
        name: row.name,
        standing: row.standing as Standing,
        language: row.language,
        timeZone: row.timeZone,
        languages: row.languages,
        awayUntil: row.awayUntil,
        reachable: row.accounts.length > 0,
        partner: cardOf(row.partner),
        choice: choice ?? noChoice,
        skipping: skipping.has(row.id),
        introducedAt: own[0]?.sentAt ?? null,
        answered: own
          .filter((seat) => seat.origin === 'round' || seat.origin === 'rematch')
          .filter((seat) => !choice?.countedFrom || seat.sentAt > choice.countedFrom)
          .map(({ sentAt, answered }) => ({ sentAt, said: answered })),
        avoids: (avoided.get(row.id) ?? []).map((each) => each.partnerId as PartnerId),
      },
    ];
  });
}

type Latest = { memberId: string; sentAt: Date; answered: boolean; origin: string };

function listLatest(reading: Reading, coalitionId: CoalitionId): Promise<Latest[]> {
  return reading.$queryRaw<Latest[]>`
    select "memberId", "sentAt", "answered", "origin" from (
      select s."memberId", g."sentAt", g."origin", s."answer" is not null or s."outcome" is not null as "answered",
        row_number() over (partition by s."memberId" order by g."sentAt" desc, g."id" desc) as "nth"
      from "IntroSeat" s join "IntroGroup" g on g."id" = s."groupId"
      where s."coalitionId" = ${coalitionId}::uuid and g."sentAt" is not null
    ) as seats where "nth" <= ${lookedBack} order by "memberId", "nth"`;
}

function cardOf(row: PartnerCard | (Omit<PartnerCard, 'id'> & { id: string })): PartnerCard {
  const { name, does, area, sector, sizeBand, offers, needs, languages } = row;
  return { id: row.id as PartnerId, name, does, area, sector, sizeBand, offers, needs, languages };
}

function grouped<T>(rows: readonly T[], by: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const list = found.get(by(row));
    if (list) list.push(row);
    else found.set(by(row), [row]);
  }
  return found;
}

export async function findChoice(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<Choice> {
  const where = { coalitionId_memberId: { coalitionId, memberId } };
  return (await reading.introChoice.findUnique({ where })) ?? noChoice;
}

export async function recordChoice(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  choice: Partial<Choice> & { countedFrom?: Date },
): Promise<void> {
  await tx.introChoice.upsert({
    where: { coalitionId_memberId: { coalitionId, memberId } },
    create: { coalitionId, memberId, ...choice },
    update: choice,
  });
}

export async function recordSkip(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  date: string,
): Promise<void> {
  await tx.introSkip.createMany({ data: [{ coalitionId, memberId, date }], skipDuplicates: true });
}

/** @param from skips of this date and later are taken back */
export async function closeSkips(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  from: string,
): Promise<void> {
  await tx.introSkip.deleteMany({ where: { coalitionId, memberId, date: { gte: from } } });
}

export async function listSkips(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
  from: string,
): Promise<string[]> {
  const rows = await reading.introSkip.findMany({
    where: { coalitionId, memberId, date: { gte: from } },
    orderBy: { date: 'asc' },
  });
  return rows.map(({ date }) => date);
}

/** The same again changes nothing. */
export async function recordAvoid(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  partnerId: PartnerId,
): Promise<void> {
  await tx.introAvoid.createMany({ data: [{ coalitionId, memberId, partnerId }], skipDuplicates: true });
}

export async function closeAvoid(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  partnerId: PartnerId,
): Promise<void> {
  await tx.introAvoid.deleteMany({ where: { coalitionId, memberId, partnerId } });
}

export async function listAvoids(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<{ id: PartnerId; name: string }[]> {
  const rows = await reading.introAvoid.findMany({ where: { coalitionId, memberId } });
  const partners = await reading.partner.findMany({
    where: { coalitionId, id: { in: rows.map((row) => row.partnerId) } },
    orderBy: { name: 'asc' },
  });
  return partners.map(({ id, name }) => ({ id: id as PartnerId, name }));
}

/** Takes what a member chose out of the database; what they said about introductions loses its words. */
export async function forgetMember({ tx }: Writing, coalitionId: CoalitionId, memberId: MemberId) {
  const own = { where: { coalitionId, memberId } };
  await tx.introChoice.deleteMany(own);
  await tx.introSkip.deleteMany(own);
  await tx.introAvoid.deleteMany(own);
  await tx.introSeat.updateMany({ ...own, data: { outcomeLine: '' } });
}

/** What one member chose and was introduced to becomes another's. */
export async function moveMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  const theirs = { where: { coalitionId, memberId: from }, data: { memberId: into } };
  const own = { coalitionId, memberId: into };
  const key = (memberId: MemberId) => ({ where: { coalitionId_memberId: { coalitionId, memberId } } });
  const left = await tx.introChoice.findUnique(key(from));
  if (left) {
    const kept = await tx.introChoice.findUnique(key(into));
    const countedFrom = later(left.countedFrom, kept?.countedFrom ?? null);
    const joined = { ...joinedChoice(left, kept ?? noChoice), countedFrom };
    await tx.introChoice.upsert({ ...key(into), create: { ...own, ...joined }, update: joined });
    await tx.introChoice.delete(key(from));
  }
  // The same date skipped, or the same partner avoided, by both says the same thing once.
  const skips = await tx.introSkip.findMany({ where: own, select: { date: true } });
  await tx.introSkip.deleteMany({ where: { ...theirs.where, date: { in: skips.map(({ date }) => date) } } });
  await tx.introSkip.updateMany(theirs);
  const avoids = await tx.introAvoid.findMany({ where: own, select: { partnerId: true } });
  const avoided = avoids.map(({ partnerId }) => partnerId);
  await tx.introAvoid.deleteMany({ where: { ...theirs.where, partnerId: { in: avoided } } });
  await tx.introAvoid.updateMany(theirs);
  // Nobody is introduced to themselves: in a group that held both, the seat of who goes on is theirs.
  const seats = await tx.introSeat.findMany({ where: own, select: { groupId: true } });
  const groups = seats.map(({ groupId }) => groupId);
  await tx.introSeat.deleteMany({ where: { ...theirs.where, groupId: { in: groups } } });
  await tx.introSeat.updateMany(theirs);
}
