import { foldName } from '../../../core/fold-name.ts';
import type { CoalitionId, Id, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { type LocalDate, localDate } from '../../../time/wall-clock.ts';
import { nextTaker } from './rules.ts';

export type RosterId = Id<'roster'>;
export type DutyId = Id<'roster-duty'>;

export type Roster = {
  readonly id: RosterId;
  readonly name: string;
  readonly takers: readonly { readonly id: PartnerId; readonly name: string }[];
  /** From today on, soonest first. */
  readonly duties: readonly { readonly heldOn: LocalDate; readonly partner: string }[];
};

/** Null when there is a roster of that name already. */
export async function openRoster(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  name: string,
): Promise<RosterId | null> {
  const made = await tx.roster.createManyAndReturn({
    data: { coalitionId, name, nameKey: foldName(name), createdAt: now },
    skipDuplicates: true,
  });
  return (made[0]?.id ?? null) as RosterId | null;
}

export async function findRosterId(
  reading: Reading,
  coalitionId: CoalitionId,
  name: string,
): Promise<RosterId | null> {
  const nameKey = foldName(name);
  const row = await reading.roster.findUnique({ where: { coalitionId_nameKey: { coalitionId, nameKey } } });
  return (row?.id ?? null) as RosterId | null;
}

/** As many as one card lists and one select offers. */
const mostRosters = 25;
const mostDuties = 4;

export async function listRosters(
  reading: Reading,
  coalitionId: CoalitionId,
  today: LocalDate,
  only?: RosterId,
): Promise<Roster[]> {
  const rows = await reading.roster.findMany({
    where: { coalitionId, nameKey: { not: null }, ...(only ? { id: only } : {}) },
    include: {
      partners: { orderBy: { joinedAt: 'asc' } },
      duties: {
        where: { current: true, heldOn: { gte: today } },
        orderBy: { heldOn: 'asc' },
        take: mostDuties,
      },
    },
    orderBy: { name: 'asc' },
    take: mostRosters,
  });
  const ids = rows.flatMap(({ partners, duties }) => [...partners, ...duties].map((each) => each.partnerId));
  const partners = await reading.partner.findMany({ where: { coalitionId, id: { in: ids } } });
  const names = new Map(partners.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id as RosterId,
    name: row.name,
    takers: row.partners.map(({ partnerId }) => ({
      id: partnerId as PartnerId,
      name: names.get(partnerId) ?? '',
    })),
    duties: row.duties.map(({ heldOn, partnerId }) => ({ heldOn, partner: names.get(partnerId) ?? '' })),
  }));
}

/** How many turns are planned after a day. */
export async function countDutiesAfter(
  reading: Reading,
  coalitionId: CoalitionId,
  rosterId: RosterId,
  today: LocalDate,
): Promise<number> {
  return reading.rosterDuty.count({ where: { coalitionId, rosterId, current: true, heldOn: { gt: today } } });
}

/**
 * Ends a roster; its name is free again. Turns after today fall away and are given, so that whoever has them can be
 * told; those of before are history. Null when it is another coalition's or has been closed.
 */
export async function closeRoster(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RosterId,
  today: LocalDate,
): Promise<{ name: string; duties: Duty[] } | null> {
  const where = { id, coalitionId, nameKey: { not: null } };
  const [closed] = await tx.roster.updateManyAndReturn({ where, data: { nameKey: null } });
  if (!closed) return null;
  const ahead = { coalitionId, rosterId: id, current: true, heldOn: { gt: today } };
  const rows = await tx.rosterDuty.findMany({ where: ahead, orderBy: { heldOn: 'asc' } });
  const duties: Duty[] = [];
  for (const row of rows) {
    const duty = await findDuty(tx, coalitionId, row.id as DutyId);
    if (duty) duties.push(duty);
  }
  await tx.rosterDuty.updateMany({ where: ahead, data: { current: null } });
  return { name: closed.name, duties };
}

/** Twice is the same as once. False when the roster is another coalition's or closed. */
export async function recordTaker(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  rosterId: RosterId,
  of: { partnerId: PartnerId; memberId: MemberId },
): Promise<boolean> {
  const roster = await tx.roster.findFirst({ where: { coalitionId, id: rosterId, nameKey: { not: null } } });
  if (!roster) return false;
  await tx.rosterPartner.upsert({
    where: { rosterId_partnerId: { rosterId, partnerId: of.partnerId } },
    create: { coalitionId, rosterId, ...of, joinedAt: now },
    update: { memberId: of.memberId },
  });
  return true;
}

export async function removeTaker(
  { tx }: Writing,
  coalitionId: CoalitionId,
  rosterId: RosterId,
  partnerId: PartnerId,
): Promise<boolean> {
  const { count } = await tx.rosterPartner.deleteMany({ where: { coalitionId, rosterId, partnerId } });
  return count > 0;
}

/** An organisation with nobody left takes no turns any more. */
export async function removeTakerEverywhere(
  { tx }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<void> {
  await tx.rosterPartner.deleteMany({ where: { coalitionId, partnerId } });
}

export type Duty = {
  readonly id: DutyId;
  readonly roster: RosterId;
  readonly name: string;
  readonly heldOn: LocalDate;
  readonly partner: PartnerId;
  readonly partnerName: string;
  readonly member: MemberId | null;
};

/**
 * Gives a day's duty to whose turn it is, unless somebody has it. The roster's row is locked, so that two days
 * planned at once do not both go to the same organisation. Null: nobody takes turns who can on that day.
 */
export async function planDuty(
  { tx }: Writing,
  coalition: { id: CoalitionId; timeZone: string },
  rosterId: RosterId,
  heldOn: LocalDate,
): Promise<{ duty: Duty; fresh: boolean } | null> {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    select "id" from "Roster" where "id" = ${rosterId}::uuid and "coalitionId" = ${coalition.id}::uuid
    and "nameKey" is not null for update`;
  if (locked.length === 0) return null;
  const standing = await tx.rosterDuty.findFirst({ where: { rosterId, heldOn, current: true } });
  if (standing) {
    const duty = await findDuty(tx, coalition.id, standing.id as DutyId);
    return duty && { duty, fresh: false };
  }
  const takers = await tx.rosterPartner.findMany({ where: { rosterId } });
  const last = await tx.rosterDuty.groupBy({
    by: ['partnerId'],
    where: { rosterId, current: true },
    _max: { heldOn: true },
  });
  const refusals = await tx.rosterDuty.findMany({ where: { rosterId, heldOn, current: null } });
  const lastDuty = new Map(last.map((each) => [each.partnerId, each._max.heldOn]));
  const partner = nextTaker(
    takers.map(({ partnerId, joinedAt }) => ({
      partner: partnerId as PartnerId,
      joinedOn: localDate(joinedAt, coalition.timeZone),
      lastDuty: lastDuty.get(partnerId) ?? null,
    })),
    new Set(refusals.map(({ partnerId }) => partnerId as PartnerId)),
  );
  if (!partner) return null;
  const memberId = takers.find(({ partnerId }) => partnerId === partner)?.memberId ?? null;
  const row = await tx.rosterDuty.create({
    data: { coalitionId: coalition.id, rosterId, heldOn, partnerId: partner, memberId },
  });
  const duty = await findDuty(tx, coalition.id, row.id as DutyId);
  return duty && { duty, fresh: true };
}

/** A duty that stands; null when it went to another, or is another coalition's. */
export async function findDuty(reading: Reading, coalitionId: CoalitionId, id: DutyId): Promise<Duty | null> {
  const row = await reading.rosterDuty.findFirst({
    where: { coalitionId, id, current: true },
    include: { roster: true },
  });
  if (!row) return null;
  const partner = await reading.partner.findFirst({ where: { coalitionId, id: row.partnerId } });
  return {
    id,
    roster: row.rosterId as RosterId,
    name: row.roster.name,
    heldOn: row.heldOn,
    partner: row.partnerId as PartnerId,
    partnerName: partner?.name ?? '',
    member: row.memberId as MemberId | null,
  };
}

/** Who is on duty on a day, in the rosters of these names. */
export async function listDutiesOn(
  reading: Reading,
  coalitionId: CoalitionId,
  heldOn: LocalDate,
  names: readonly string[],
): Promise<Duty[]> {
  const rows = await reading.rosterDuty.findMany({
    where: { coalitionId, heldOn, current: true, roster: { nameKey: { in: names.map(foldName) } } },
    orderBy: { roster: { name: 'asc' } },
  });
  const duties = await Promise.all(rows.map(({ id }) => findDuty(reading, coalitionId, id as DutyId)));
  return duties.filter((duty) => duty !== null);
}

/** The organisation cannot on that day. False when the duty is no longer theirs. */
export async function recordCannot(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: DutyId,
  partnerId: PartnerId,
): Promise<boolean> {
  const { count } = await tx.rosterDuty.updateMany({
    where: { coalitionId, id, partnerId, current: true },
    data: { current: null },
  });
  return count > 0;
}
