import type { AccountId, CoalitionId, MemberId, PartnerId, PlaceId, WorkspaceId } from '../core/ids.ts';
import type { Coalition, Member, Standing } from '../core/who.ts';
import { literally, type Reading } from '../database.ts';

/** Reads of who is who that every feature needs. What changes them is the directory's. */

/** What a member is made of. */
const whole = {
  partner: { select: { id: true, name: true, leftAt: true } },
  accounts: { take: 1, orderBy: { id: 'asc' } },
} as const;

export async function getCoalition(reading: Reading, id: CoalitionId): Promise<Coalition> {
  return coalitionOf(await reading.coalition.findUniqueOrThrow({ where: { id } }));
}

export type CoalitionRow = Awaited<ReturnType<Reading['coalition']['findUniqueOrThrow']>>;

export const coalitionOf = (row: CoalitionRow): Coalition => ({ ...row, id: row.id as CoalitionId });

/** Null when they left, or belong to another coalition. */
export async function findMember(
  reading: Reading,
  coalitionId: CoalitionId,
  id: MemberId,
): Promise<Member | null> {
  const row = await reading.member.findFirst({
    where: { id, coalitionId, leftAt: null },
    include: whole,
  });
  return row && memberOf(row);
}

/** Those of some members who are still here. */
export async function listMembersById(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly MemberId[],
): Promise<Member[]> {
  if (ids.length === 0) return [];
  const rows = await reading.member.findMany({
    where: { id: { in: [...ids] }, coalitionId, leftAt: null },
    include: whole,
  });
  return rows.map(memberOf);
}

export async function listBackbone(reading: Reading, coalitionId: CoalitionId): Promise<Member[]> {
  const rows = await reading.member.findMany({
    where: { coalitionId, standing: 'backbone', leftAt: null },
    include: whole,
    orderBy: { joinedAt: 'asc' },
  });
  return rows.map(memberOf);
}

/** Whoever speaks for a partner: its representative first, then its alternates. */
export async function listVoices(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<Member[]> {
  const rows = await reading.member.findMany({
    where: {
      coalitionId,
      partnerId,
      leftAt: null,
      standing: { in: ['representative', 'alternate', 'backbone'] },
    },
    include: whole,
    orderBy: { joinedAt: 'asc' },
  });
  const order: Standing[] = ['representative', 'alternate', 'backbone'];
  return rows.map(memberOf).sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
}

/** Null when nobody who is still here has this account. */
export async function findMemberByAccount(
  reading: Reading,
  coalitionId: CoalitionId,
  workspaceId: WorkspaceId,
  ref: string,
): Promise<Member | null> {
  const row = await reading.member.findFirst({
    where: { coalitionId, leftAt: null, accounts: { some: { workspaceId, ref } } },
    include: whole,
  });
  return row && memberOf(row);
}

/** Everybody here of exactly this name, whatever its case: at most two, which is one too many. */
export async function listMembersNamed(
  reading: Reading,
  coalitionId: CoalitionId,
  name: string,
): Promise<Member[]> {
  const rows = await reading.member.findMany({
    where: { coalitionId, leftAt: null, name: { equals: literally(name), mode: 'insensitive' } },
    include: whole,
    take: 2,
  });
  return rows.map(memberOf);
}

/** Members whose name holds what was typed so far, in order. */
export async function listMembersWith(
  reading: Reading,
  coalitionId: CoalitionId,
  typed: string,
  most: number,
): Promise<Member[]> {
  const rows = await reading.member.findMany({
    where: { coalitionId, leftAt: null, name: { contains: literally(typed), mode: 'insensitive' } },
    include: whole,
    orderBy: { name: 'asc' },
    take: most,
  });
  return rows.map(memberOf);
}

/** A channel that has been named to the bot. `ref` is the platform's id of it. */
export type Place = { readonly id: PlaceId; readonly ref: string; readonly name: string };

/** @param typed the platform's id of a place, or its name */
export async function findPlace(
  reading: Reading,
  coalitionId: CoalitionId,
  workspaceId: WorkspaceId,
  typed: string,
): Promise<Place | null> {
  const rows = await reading.place.findMany({
    where: {
      coalitionId,
      workspaceId,
      OR: [{ ref: typed }, { name: { equals: literally(typed), mode: 'insensitive' } }],
    },
  });
  const row = rows.find((each) => each.ref === typed) ?? rows[0];
  return row ? placeOf(row) : null;
}

export async function listPlacesWith(
  reading: Reading,
  coalitionId: CoalitionId,
  workspaceId: WorkspaceId,
  typed: string,
  most: number,
): Promise<Place[]> {
  const rows = await reading.place.findMany({
    where: { coalitionId, workspaceId, name: { contains: literally(typed), mode: 'insensitive' } },
    orderBy: { name: 'asc' },
    take: most,
  });
  return rows.map(placeOf);
}

/** Whether a place is this coalition's: its id came with what somebody sent. */
export async function hasPlace(reading: Reading, coalitionId: CoalitionId, id: PlaceId): Promise<boolean> {
  return (await reading.place.count({ where: { id, coalitionId } })) > 0;
}

/** The same channel is one place; its name follows the platform's. */
export async function recordPlace(
  writing: Reading,
  coalitionId: CoalitionId,
  workspaceId: WorkspaceId,
  place: { ref: string; name: string },
): Promise<Place> {
  const { ref, name } = place;
  const row = await writing.place.upsert({
    where: { workspaceId_ref: { workspaceId, ref } },
    create: { coalitionId, workspaceId, ref, name },
    update: { name },
  });
  return placeOf(row);
}

function placeOf({ id, ref, name }: { id: string; ref: string; name: string }): Place {
  return { id: id as PlaceId, ref, name };
}

export function memberOf(row: {
  id: string;
  name: string;
  standing: string;
  language: string;
  timeZone: string;
  partner: { id: string; name: string; leftAt: Date | null } | null;
  accounts: { id: string }[];
}): Member {
  return {
    id: row.id as MemberId,
    accountId: (row.accounts[0]?.id ?? '') as AccountId,
    name: row.name,
    standing: row.standing as Standing,
    partner:
      row.partner && row.partner.leftAt === null
        ? { id: row.partner.id as PartnerId, name: row.partner.name }
        : null,
    language: row.language,
    timeZone: row.timeZone,
  };
}
