import { foldName } from '../../../core/fold-name.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { instant } from '../../../core/text.ts';
import { literally, type Reading } from '../../../database.ts';
import type { Organisation, Person, Role, RoleId, RoleLine, RoleSheet, RoleState, TermId } from './rules.ts';

/** What staff or a proposer write down about a role first. */
type RoleBasics = Pick<Role, 'title' | 'purpose' | 'tasks' | 'minutesAMonth' | 'leastSeats' | 'mostSeats'>;
type RoleDetails = Pick<Role, 'termMonths' | 'skills' | 'serves'> & {
  readonly buddyId: MemberId | null;
  readonly standInId: MemberId | null;
};

/** Null when there is a role of that title already. */
export async function openRole(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: RoleBasics & { state: 'open' | 'proposed'; proposedById: MemberId },
): Promise<RoleId | null> {
  const made = await tx.role.createManyAndReturn({
    data: { coalitionId, ...of, titleKey: foldName(of.title), createdAt: now },
    skipDuplicates: true,
  });
  return (made[0]?.id as RoleId | undefined) ?? null;
}

/** Refused by the database as a duplicate when another role has that title. */
export async function recordBasics(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RoleId,
  basics: RoleBasics,
): Promise<void> {
  const titleKey = foldName(basics.title);
  await tx.role.updateMany({
    where: { coalitionId, id, state: { in: ['open', 'proposed'] } },
    data: { ...basics, titleKey },
  });
}

export async function recordDetails(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RoleId,
  details: RoleDetails,
): Promise<void> {
  await tx.role.updateMany({ where: { coalitionId, id }, data: { ...details, skills: [...details.skills] } });
}

/** Says whether the proposal was still undecided. */
export async function settleProposal(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: RoleId,
  state: 'open' | 'declined',
): Promise<boolean> {
  const ended = state === 'declined' ? { titleKey: null, closedAt: now } : {};
  const { count } = await tx.role.updateMany({
    where: { coalitionId, id, state: 'proposed' },
    data: { state, ...ended },
  });
  return count > 0;
}

export async function recordClosed(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: RoleId,
): Promise<boolean> {
  const { count } = await tx.role.updateMany({
    where: { coalitionId, id, state: { in: ['open', 'proposed'] } },
    data: { state: 'closed', titleKey: null, closedAt: now },
  });
  return count > 0;
}

/** The role as everybody sees it, closed ones included; null when it is another coalition's. */
export async function findRole(
  reading: Reading,
  coalitionId: CoalitionId,
  id: RoleId,
): Promise<RoleSheet | null> {
  const row = await reading.role.findFirst({
    where: { coalitionId, id },
    include: {
      terms: { where: { current: true }, orderBy: { seat: 'asc' } },
      seatOffers: { where: { current: true }, orderBy: { number: 'asc' } },
      line: { orderBy: { arrival: 'asc' } },
    },
  });
  if (!row) return null;
  const { terms, seatOffers, line } = row;
  const named = await namesOf(reading, coalitionId, {
    partners: [...terms, ...seatOffers, ...line].map((each) => each.partnerId),
    members: [
      row.buddyId,
      row.standInId,
      row.proposedById,
      ...terms.flatMap((term) => [term.memberId, term.alternateId]),
      ...seatOffers.map((offer) => offer.memberId),
    ],
  });
  const held = new Set(terms.map(({ seat }) => seat));
  const taken = new Set([...held, ...seatOffers.map(({ seat }) => seat)]);
  return {
    ...row,
    id,
    state: row.state as RoleState,
    buddy: named.member(row.buddyId),
    standIn: named.member(row.standInId),
    proposedBy: named.member(row.proposedById),
    holders: terms.map((term) => ({
      term: term.id as TermId,
      seat: term.seat,
      partner: named.partner(term.partnerId),
      member: named.member(term.memberId),
      alternate: named.member(term.alternateId),
      startedAt: term.startedAt,
      endsOn: term.endsOn,
    })),
    offered: seatOffers.map((offer) => ({
      number: offer.number,
      seat: offer.seat,
      partner: named.partner(offer.partnerId),
      member: named.member(offer.memberId),
      until: instant(offer.until, named.timeZone),
      passing: held.has(offer.seat),
    })),
    line: line.map((waiting) => named.partner(waiting.partnerId)),
    freeSeats: row.state === 'open' ? Math.max(0, row.mostSeats - taken.size) : 0,
  };
}

/** Names of whoever a role mentions, in three round trips whatever their number. */
export async function namesOf(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { partners: readonly string[]; members: readonly (string | null)[] },
) {
  const memberIds = of.members.filter((id): id is string => id !== null);
  const [partners, members, coalition] = await Promise.all([
    reading.partner.findMany({ where: { coalitionId, id: { in: [...of.partners] } } }),
    // Whoever has left holds nothing any more, even before their organisation has named another.
    reading.member.findMany({ where: { coalitionId, id: { in: memberIds }, leftAt: null } }),
    reading.coalition.findUniqueOrThrow({ where: { id: coalitionId }, select: { timeZone: true } }),
  ]);
  const partnerNames = new Map(partners.map(({ id, name }) => [id, name]));
  const memberNames = new Map(members.map(({ id, name }) => [id, name]));
  return {
    timeZone: coalition.timeZone,
    partner: (id: string): Organisation => ({ id: id as PartnerId, name: partnerNames.get(id) ?? '' }),
    member(id: string | null): Person | null {
      const name = id === null ? undefined : memberNames.get(id);
      return name === undefined ? null : { id: id as MemberId, name };
    },
  };
}

/** By id, or by title whatever its case and accents; only roles that are not closed. */
export async function findRoleId(
  reading: Reading,
  coalitionId: CoalitionId,
  typed: string,
): Promise<RoleId | null> {
  const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(typed);
  const row = await reading.role.findFirst({
    where: { coalitionId, ...(isId ? { id: typed } : { titleKey: foldName(typed) }) },
    select: { id: true },
  });
  return (row?.id as RoleId | undefined) ?? null;
}

export async function listRolesWith(
  reading: Reading,
  coalitionId: CoalitionId,
  typed: string,
  most: number,
): Promise<{ id: RoleId; title: string }[]> {
  const rows = await reading.role.findMany({
    where: {
      coalitionId,
      state: { in: ['open', 'proposed'] },
      title: { contains: literally(typed), mode: 'insensitive' },
    },
    orderBy: { title: 'asc' },
    take: most,
    select: { id: true, title: true },
  });
  return rows.map(({ id, title }) => ({ id: id as RoleId, title }));
}

/** Proposed ones first for staff, then those with free seats, then by title. */
export async function listRoles(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { withProposed: boolean; skip: number; take: number; freeOnly?: boolean },
): Promise<{ roles: RoleLine[]; total: number }> {
  const states = of.withProposed ? ['open', 'proposed'] : ['open'];
  const rows = await reading.$queryRaw<(RoleLine & { total: number })[]>`
    with taken as (
      select "roleId", "seat", true as "held" from "RoleTerm"
        where "coalitionId" = ${coalitionId}::uuid and "current"
      union all
      select "roleId", "seat", false from "RoleSeatOffer"
        where "coalitionId" = ${coalitionId}::uuid and "current"
    ), seats as (
      select "roleId", count(distinct "seat")::int as "taken", count(*) filter (where "held")::int as "held"
      from taken group by "roleId"
    ), line as (
      select "roleId", count(*)::int as "waiting" from "RoleWaiting"
      where "coalitionId" = ${coalitionId}::uuid group by "roleId"
    ), roles as (
      select r."id", r."title", r."purpose", r."minutesAMonth", r."state", r."mostSeats",
        coalesce(s."held", 0) as "held", coalesce(l."waiting", 0) as "waiting",
        case when r."state" = 'open' then greatest(0, r."mostSeats" - coalesce(s."taken", 0)) else 0 end as "free"
      from "Role" r left join seats s on s."roleId" = r."id" left join line l on l."roleId" = r."id"
      where r."coalitionId" = ${coalitionId}::uuid and r."state" = any(${states})
    )
    select *, count(*) over ()::int as "total" from roles
    where ${of.freeOnly !== true} or "free" > 0
    order by "state" = 'proposed' desc, "free" > 0 desc, lower("title")
    limit ${of.take} offset ${of.skip}`;
  return { roles: rows.map(({ total: _, ...role }) => role), total: rows[0]?.total ?? 0 };
}
