import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { RoleId, TermId } from '../catalogue/rules.ts';

type Term = {
  readonly id: TermId;
  readonly role: { readonly id: RoleId; readonly title: string; readonly termMonths: number | null };
  readonly partnerId: PartnerId;
  readonly memberId: MemberId | null;
  readonly alternateId: MemberId | null;
  readonly endsOn: string | null;
};

/** A term that lasts; null when it has ended or is another coalition's. */
export async function findTerm(reading: Reading, coalitionId: CoalitionId, id: TermId): Promise<Term | null> {
  const row = await reading.roleTerm.findFirst({
    where: { coalitionId, id, current: true },
    include: { role: true },
  });
  if (!row) return null;
  return {
    id,
    role: { id: row.role.id as RoleId, title: row.role.title, termMonths: row.role.termMonths },
    partnerId: row.partnerId as PartnerId,
    memberId: row.memberId as MemberId | null,
    alternateId: row.alternateId as MemberId | null,
    endsOn: row.endsOn,
  };
}

/** False when the term no longer ends when the button said, because it has been renewed or has ended. */
export async function recordRenewal(
  { tx }: Writing,
  coalitionId: CoalitionId,
  term: { id: TermId; endsOn: string },
  until: string | null,
): Promise<boolean> {
  const { count } = await tx.roleTerm.updateMany({
    where: { coalitionId, id: term.id, current: true, endsOn: term.endsOn },
    data: { endsOn: until },
  });
  return count > 0;
}

/** Whether the partner holds a seat of the role, or has held one. */
export async function hasSat(
  reading: Reading,
  coalitionId: CoalitionId,
  roleId: RoleId,
  partnerId: PartnerId,
): Promise<boolean> {
  return (await reading.roleTerm.count({ where: { coalitionId, roleId, partnerId } })) > 0;
}

/** One note a day for a partner in a role; hours given later are added to it, and nothing is doubled. */
export async function recordWork(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  work: {
    roleId: RoleId;
    partnerId: PartnerId;
    notedById: MemberId;
    doneOn: string;
    minutes: number | null;
  },
): Promise<{ minutes: number | null }> {
  const { roleId, partnerId, doneOn, minutes, notedById } = work;
  const where = { coalitionId, roleId, partnerId, doneOn };
  const { count } = await tx.roleWork.createMany({
    data: { coalitionId, ...work, notedAt: now },
    skipDuplicates: true,
  });
  if (count === 0 && minutes !== null) await tx.roleWork.updateMany({ where, data: { minutes, notedById } });
  return tx.roleWork.findFirstOrThrow({ where, select: { minutes: true } });
}

export type WorkTotals = {
  readonly minutes: number;
  readonly days: number;
  readonly daysWithoutHours: number;
  readonly partners: number;
  readonly byRole: readonly { readonly title: string; readonly minutes: number; readonly days: number }[];
};

const mostRolesNamed = 10;

/** @param from first calendar date, and `to` last one, both counted */
export async function getWorkTotals(
  reading: Reading,
  coalitionId: CoalitionId,
  from: string,
  to: string,
): Promise<WorkTotals> {
  const [sums] = await reading.$queryRaw<Omit<WorkTotals, 'byRole'>[]>`
    select coalesce(sum("minutes"), 0)::int as "minutes", count(*)::int as "days",
      (count(*) filter (where "minutes" is null))::int as "daysWithoutHours",
      count(distinct "partnerId")::int as "partners"
    from "RoleWork" where "coalitionId" = ${coalitionId}::uuid and "doneOn" between ${from} and ${to}`;
  const byRole = await reading.$queryRaw<WorkTotals['byRole'][number][]>`
    select r."title", coalesce(sum(w."minutes"), 0)::int as "minutes", count(*)::int as "days"
    from "RoleWork" w join "Role" r on r."id" = w."roleId"
    where w."coalitionId" = ${coalitionId}::uuid and w."doneOn" between ${from} and ${to}
    group by r."id" order by 2 desc, 3 desc, 1 limit ${mostRolesNamed}`;
  if (!sums) throw new Error('A sum always gives one row');
  return { ...sums, byRole };
}

type Thanks = {
  readonly key: string;
  readonly title: string;
  readonly partner: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
};

/** Terms that ended in a stretch of time after having lasted a while. */
export async function listEndedTerms(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { since: Date; until: Date; leastDays: number; take: number },
): Promise<Thanks[]> {
  return reading.$queryRaw<Thanks[]>`
    select t."id" as "key", r."title", p."name" as "partner", t."startedAt", t."endedAt"
    from "RoleTerm" t join "Role" r on r."id" = t."roleId" join "Partner" p on p."id" = t."partnerId"
    where t."coalitionId" = ${coalitionId}::uuid and t."endedAt" > ${of.since} and t."endedAt" <= ${of.until}
      and t."endedAt" - t."startedAt" >= make_interval(days => ${of.leastDays})
    order by t."endedAt" limit ${of.take}`;
}

/** Roles that a partner finished since then, the latest first. */
export async function listEndedOf(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  since: Date,
): Promise<{ title: string; endedAt: Date }[]> {
  return reading.$queryRaw<{ title: string; endedAt: Date }[]>`
    select r."title", t."endedAt" from "RoleTerm" t join "Role" r on r."id" = t."roleId"
    where t."coalitionId" = ${coalitionId}::uuid and t."partnerId" = ${partnerId}::uuid and t."endedAt" > ${since}
    order by t."endedAt" desc limit 2`;
}

/** Who noted work in a stretch of time, and on how many days. */
export async function listWorkers(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { since: Date; until: Date; take: number },
): Promise<{ id: string; partner: string; days: number }[]> {
  return reading.$queryRaw<{ id: string; partner: string; days: number }[]>`
    select p."id", p."name" as "partner", count(*)::int as "days"
    from "RoleWork" w join "Partner" p on p."id" = w."partnerId"
    where w."coalitionId" = ${coalitionId}::uuid and w."notedAt" > ${of.since} and w."notedAt" <= ${of.until}
    group by p."id" order by 3 desc, lower(p."name") limit ${of.take}`;
}
