import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { PlatformName } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';

/** One way to somebody, and how it fared. */
export type Way = {
  readonly platform: PlatformName;
  readonly workspace: string;
  readonly removed: boolean;
  readonly reachedAt: Date | null;
  readonly failsSince: Date | null;
  readonly why: string | null;
};

export async function listWays(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<Way[]> {
  const rows = await reading.account.findMany({
    where: { coalitionId, memberId },
    include: { workspace: true },
    orderBy: [{ reachedAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    platform: row.workspace.platform as PlatformName,
    workspace: row.workspace.name,
    removed: row.workspace.removedAt !== null,
    reachedAt: row.reachedAt,
    failsSince: row.unreachableSince,
    why: row.unreachableWhy,
  }));
}

export async function countLost(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
  since: Date,
): Promise<number> {
  const where = {
    coalitionId,
    memberId,
    state: 'unreachable',
    settledAt: { gte: since },
    confidential: false,
  };
  return reading.outreach.count({ where });
}

export type Unreachable = { readonly name: string; readonly partner: string | null; readonly why: string };

/** Everybody without any way that works, and how it stands with all. */
export async function listUnreachable(
  reading: Reading,
  coalitionId: CoalitionId,
  most: number,
): Promise<{ people: Unreachable[]; lost: number; reached: number; untried: number; all: number }> {
  const ways = reading.$queryRaw<
    { name: string; partner: string | null; why: string | null; works: boolean; reached: boolean }[]
  >`
    select m."name", p."name" as "partner",
      case when bool_or(a."unreachableSince" is null and w."removedAt" is not null and w."unlinkedAt" is null)
        then 'removed' else max(a."unreachableWhy") end as "why",
      coalesce(bool_or(a."unreachableSince" is null and w."removedAt" is null), false) as "works",
      coalesce(bool_or(a."reachedAt" is not null), false) as "reached"
    from "Member" m left join "Account" a on a."memberId" = m."id"
    left join "Workspace" w on w."id" = a."workspaceId"
    left join "Partner" p on p."id" = m."partnerId"
    where m."coalitionId" = ${coalitionId}::uuid and m."leftAt" is null
    group by m."id", p."name" order by m."name"`;
  const all = await ways;
  const lost = all.filter(({ works }) => !works);
  return {
    people: lost.slice(0, most).map(({ name, partner, why }) => ({ name, partner, why: why ?? 'none' })),
    lost: lost.length,
    reached: all.filter(({ works, reached }) => works && reached).length,
    untried: all.filter(({ works, reached }) => works && !reached).length,
    all: all.length,
  };
}
