import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { Settings } from '../settings/rules.ts';
import type { BoardList, OpenRole, Profile } from './rules.ts';
import { quarterDays, restDays, settleInDays } from './rules.ts';

export type Share = { readonly name: string; readonly partners: number; readonly holding: number };

export type Coverage = {
  readonly partners: number;
  readonly holding: number;
  readonly roles: number;
  readonly freeSeats: number;
  readonly bySector: readonly Share[];
  readonly bySize: readonly Share[];
};

/** One partner's or role's line in a list of the board. `count` is minutes, seats or nothing, as the list says. */
export type BoardLine = {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly count: number;
};
export type BoardPage = { readonly total: number; readonly lines: readonly BoardLine[] };

const mostGroups = 8;

/** The numbers of the board: four queries, however many partners and roles there are. */
export async function getCoverage(reading: Reading, coalitionId: CoalitionId): Promise<Coverage> {
  const holders = Prisma.sql`
    select distinct "partnerId" from "RoleTerm" where "coalitionId" = ${coalitionId}::uuid and "current"`;
  const partners = Prisma.sql`
    select p.*, h."partnerId" is not null as "holds" from "Partner" p left join (${holders}) h on h."partnerId" = p."id"
    where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null`;
  const group = (column: 'sector' | 'sizeBand') => reading.$queryRaw<Share[]>`
    select ${Prisma.raw(`"${column}"`)} as "name", count(*)::int as "partners",
      (count(*) filter (where "holds"))::int as "holding"
    from (${partners}) p group by 1 order by 2 desc, 1 limit ${mostGroups}`;
  const [totals, roles, bySector, bySize] = await Promise.all([
    reading.$queryRaw<{ partners: number; holding: number }[]>`
      select count(*)::int as "partners", (count(*) filter (where "holds"))::int as "holding"
      from (${partners}) p`,
    reading.$queryRaw<{ roles: number; freeSeats: number }[]>`
      select count(*)::int as "roles", coalesce(sum("free"), 0)::int as "freeSeats"
      from (${openRoles(coalitionId)}) r`,
    group('sector'),
    group('sizeBand'),
  ]);
  return {
    partners: totals[0]?.partners ?? 0,
    holding: totals[0]?.holding ?? 0,
    roles: roles[0]?.roles ?? 0,
    freeSeats: roles[0]?.freeSeats ?? 0,
    bySector,
    bySize,
  };
}

/** Open roles with how many hold them and how many seats are neither held nor on offer. */
function openRoles(coalitionId: CoalitionId) {
  return Prisma.sql`
    select r.*, coalesce(s."held", 0) as "held", greatest(0, r."mostSeats" - coalesce(s."taken", 0)) as "free",
      coalesce(s."people", 0) as "people"
    from "Role" r left join (
      select "roleId", count(distinct "seat")::int as "taken", (count(*) filter (where "holds"))::int as "held",
        count(distinct "memberId")::int + count(distinct "alternateId")::int as "people"
      from (
        select "roleId", "seat", "memberId", "alternateId", true as "holds" from "RoleTerm"
          where "coalitionId" = ${coalitionId}::uuid and "current"
        union all
        select "roleId", "seat", null, null, false from "RoleSeatOffer"
          where "coalitionId" = ${coalitionId}::uuid and "current"
      ) t group by "roleId"
    ) s on s."roleId" = r."id"
    where r."coalitionId" = ${coalitionId}::uuid and r."state" = 'open'`;
}

/** One page of one of the board's lists, with how long the whole list is. */
export async function listBoard(
  reading: Reading,
  coalitionId: CoalitionId,
  which: BoardList,
  of: { heavyMinutes: number; skip: number; take: number },
): Promise<BoardPage> {
  const lines = linesOf(coalitionId, which, of.heavyMinutes);
  const rows = await reading.$queryRaw<(BoardLine & { total: number })[]>`
    select *, count(*) over ()::int as "total" from (${lines}) l
    order by "count" desc, lower("name"), "id" limit ${of.take} offset ${of.skip}`;
  return { total: rows[0]?.total ?? 0, lines: rows.map(({ total: _, ...line }) => line) };
}

function linesOf(coalitionId: CoalitionId, which: BoardList, heavyMinutes: number) {
  switch (which) {
    case 'without-role':
      return Prisma.sql`
        select p."id"::text as "id", p."name", p."sector" as "note", 0 as "count" from "Partner" p
        where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null and not exists (
          select from "RoleTerm" t where t."coalitionId" = p."coalitionId" and t."partnerId" = p."id" and t."current")`;
    case 'without-partner':
      return Prisma.sql`
        select "id"::text as "id", "title" as "name", '' as "note", ("leastSeats" - "held")::int as "count"
        from (${openRoles(coalitionId)}) r where "held" < "leastSeats"`;
    case 'heavy':
      return Prisma.sql`
        select p."id"::text as "id", p."name", count(*)::text as "note", sum(r."minutesAMonth")::int as "count"
        from "RoleTerm" t join "Role" r on r."id" = t."roleId" join "Partner" p on p."id" = t."partnerId"
        where t."coalitionId" = ${coalitionId}::uuid and t."current"
        group by p."id" having sum(r."minutesAMonth") >= ${heavyMinutes}`;
    case 'fragile':
      return Prisma.sql`
        select "id"::text as "id", "title" as "name", '' as "note", 0 as "count"
        from (${openRoles(coalitionId)}) r where "held" > 0 and "people" <= 1`;
    default:
      return which satisfies never;
  }
}

/** Open roles with a seat to take, the emptiest first. */
export async function listOpenRoles(
  reading: Reading,
  coalitionId: CoalitionId,
  take: number,
): Promise<OpenRole[]> {
  return reading.$queryRaw<OpenRole[]>`
    select "id", "title", "purpose", "serves", "skills", "minutesAMonth", "held", "leastSeats"
    from (${openRoles(coalitionId)}) r where "free" > 0
    order by "held" < "leastSeats" desc, "createdAt" limit ${take}`;
}

/** Null when the partner left or is another coalition's. */
export async function findProfile(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<Profile | null> {
  const row = await reading.partner.findFirst({ where: { coalitionId, id: partnerId, leftAt: null } });
  return row && { ...row, id: partnerId };
}

export type Candidate = Profile & { readonly memberId: MemberId };

/**
 * Partners without a role that may be offered one now, with whoever speaks for them first. Left out: who was
 * offered as often as the coalition set, who said "not now", who is new or already waits for a seat.
 */
export async function listCandidates(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { now: Date; settings: Settings },
): Promise<Candidate[]> {
  const { now, settings } = of;
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000);
  return reading.$queryRaw<Candidate[]>`
    select p."id", p."name", p."does", p."sector", p."area", p."offers", m."id" as "memberId"
    from "Partner" p
    join lateral (
      select "id" from "Member" m where m."coalitionId" = p."coalitionId" and m."partnerId" = p."id"
        and m."leftAt" is null and m."standing" in ('representative', 'alternate')
      order by m."standing" = 'representative' desc, m."joinedAt" limit 1
    ) m on true
    left join lateral (
      select count(*) filter (where o."madeAt" > ${before(quarterDays)}) as "lately", count(*) as "ever",
        max(o."declinedAt") as "declinedAt"
      from "RoleJobOffer" o where o."coalitionId" = p."coalitionId" and o."partnerId" = p."id"
    ) o on true
    where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null
      and p."joinedAt" <= ${before(settleInDays)}
      and o."lately" < ${settings.offersAQuarter}
      and (o."declinedAt" is null or o."declinedAt" <= ${before(restDays)})
      and not exists (select from "RoleTerm" t where t."partnerId" = p."id" and t."current")
      and not exists (select from "RoleWaiting" w where w."partnerId" = p."id")
      and not exists (select from "RoleSeatOffer" s where s."partnerId" = p."id" and s."current")
    order by o."ever", p."joinedAt", p."id" limit ${settings.offersAWeek}`;
}

/** Null when this week's offer to the partner has been made before. */
export async function recordJobOffer(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; memberId: MemberId; occurrence: string },
): Promise<string | null> {
  const made = await tx.roleJobOffer.createManyAndReturn({
    data: { coalitionId, ...of, madeAt: now },
    skipDuplicates: true,
  });
  return made[0]?.id ?? null;
}

/** "Not now", said once or more often. False when the offer was another partner's. */
export async function recordNotNow(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  offerId: string,
): Promise<boolean> {
  const { count } = await tx.roleJobOffer.updateMany({
    where: { coalitionId, partnerId, id: offerId },
    data: { declinedAt: now },
  });
  return count > 0;
}
