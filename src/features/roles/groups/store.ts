import type { CoalitionId, WorkspaceId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { PlatformName } from '../../../core/who.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { RoleId } from '../catalogue/rules.ts';
import type { RoleGroup, RoleGroupId, StepProblem } from './rules.ts';

/** Accounts of a group's workspace that belong to whoever sits, or steps in, for an organisation in its role. */
const wantedAccounts = Prisma.sql`
  select a."ref" from "RoleTerm" t
  join "Member" m on m."id" in (t."memberId", t."alternateId") and m."leftAt" is null
  join "Account" a on a."memberId" = m."id" and a."workspaceId" = g."workspaceId"
  where t."roleId" = g."roleId" and t."current" and g."endedAt" is null`;

/** Groups that are not found yet, have been ended, or hold others than they should. */
export async function listOutOfStep(reading: Reading, realNow: Date, most: number): Promise<string[]> {
  const rows = await reading.$queryRaw<{ id: string }[]>`
    select g."id" from "RoleGroup" g
    join "Workspace" w on w."id" = g."workspaceId" and w."removedAt" is null
    where (g."waitUntil" is null or g."waitUntil" <= ${realNow}) and (
      g."ref" is null or g."endedAt" is not null
      or exists (select from "RoleGroupAccount" k where k."groupId" = g."id" and
        (k."doneAt" is null or k."accountRef" not in (${wantedAccounts})))
      or exists (select from (${wantedAccounts}) as wanted where wanted."ref" not in
        (select "accountRef" from "RoleGroupAccount" k where k."groupId" = g."id")))
    order by g."waitUntil" nulls first, g."id" limit ${most}`;
  return rows.map(({ id }) => id);
}

/** Whether somebody holds a seat of whom nothing is known here yet, or holds one no more. */
export async function hasChanged(reading: Reading, id: RoleGroupId): Promise<boolean> {
  const wanted = await listWanted(reading, id);
  const known = await reading.roleGroupAccount.findMany({
    where: { groupId: id },
    select: { accountRef: true },
  });
  return known.length !== wanted.size || known.some(({ accountRef }) => !wanted.has(accountRef));
}

export async function listWanted(reading: Reading, id: RoleGroupId): Promise<Set<string>> {
  const rows = await reading.$queryRaw<{ ref: string }[]>`
    select wanted."ref" from "RoleGroup" g, lateral (${wantedAccounts}) as wanted where g."id" = ${id}::uuid`;
  return new Set(rows.map(({ ref }) => ref));
}

/** Of one role, or of all. */
export function listGroups(
  reading: Reading,
  coalitionId: CoalitionId,
  roleId?: RoleId,
): Promise<RoleGroup[]> {
  return readGroups(reading, { coalitionId, ...(roleId ? { roleId } : {}) });
}

/** For a worker, which knows of no coalition. */
export async function findGroup(reading: Reading, id: RoleGroupId): Promise<RoleGroup | null> {
  const [group = null] = await readGroups(reading, { id });
  return group;
}

async function readGroups(reading: Reading, where: Prisma.RoleGroupWhereInput): Promise<RoleGroup[]> {
  const rows = await reading.roleGroup.findMany({
    where,
    include: { accounts: { orderBy: { accountRef: 'asc' } } },
    orderBy: { id: 'asc' },
  });
  const roles = await reading.role.findMany({ where: { id: { in: rows.map(({ roleId }) => roleId) } } });
  const workspaceIds = rows.map(({ workspaceId }) => workspaceId);
  const workspaces = await reading.workspace.findMany({ where: { id: { in: workspaceIds } } });
  return rows.flatMap((row) => {
    const role = roles.find(({ id }) => id === row.roleId);
    const workspace = workspaces.find(({ id }) => id === row.workspaceId);
    if (!role || !workspace) return [];
    return [
      {
        id: row.id as RoleGroupId,
        coalitionId: row.coalitionId as CoalitionId,
        role: { id: role.id as RoleId, title: role.title },
        platform: workspace.platform as PlatformName,
        workspaceRef: workspace.ref,
        workspace: workspace.name,
        ref: row.ref,
        name: row.name,
        ended: row.endedAt !== null,
        problem: row.problem as StepProblem | null,
        kept: row.accounts.map((each) => ({
          ref: each.accountRef,
          byHand: each.byHand,
          done: each.doneAt !== null,
        })),
      },
    ];
  });
}

/** Null when the role has a group in this workspace already. */
export async function openGroup(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { roleId: RoleId; workspaceId: WorkspaceId; name: string },
): Promise<RoleGroupId | null> {
  const [made] = await tx.roleGroup.createManyAndReturn({
    data: { coalitionId, ...of, createdAt: now },
    skipDuplicates: true,
  });
  return (made?.id ?? null) as RoleGroupId | null;
}

/** Ends it: whoever we put in is to be taken out. False when it is another coalition's or has been ended. */
export async function closeGroup(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: RoleGroupId,
): Promise<boolean> {
  const { count } = await tx.roleGroup.updateMany({
    where: { coalitionId, id, endedAt: null },
    data: { endedAt: now, waitUntil: null },
  });
  return count > 0;
}

/** A role is closed, and with it whatever follows it. */
export async function closeGroupsOf(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  roleId: RoleId,
): Promise<void> {
  await tx.roleGroup.updateMany({
    where: { coalitionId, roleId, endedAt: null },
    data: { endedAt: now, waitUntil: null },
  });
}

export async function removeGroup({ tx }: Writing, coalitionId: CoalitionId, id: RoleGroupId): Promise<void> {
  await tx.roleGroup.deleteMany({ where: { coalitionId, id } });
}

/**
 * Takes a group for one worker, so that no two look at it at once: the second would take whom the first has just put
 * in for somebody who was there by hand. False while another has it.
 */
export async function takeGroup(
  { tx }: Writing,
  id: RoleGroupId,
  realNow: Date,
  until: Date,
): Promise<boolean> {
  const { count } = await tx.roleGroup.updateMany({
    where: { id, OR: [{ takenUntil: null }, { takenUntil: { lte: realNow } }] },
    data: { takenUntil: until },
  });
  return count > 0;
}

export async function letGroupGo({ tx }: Writing, id: RoleGroupId): Promise<void> {
  await tx.roleGroup.updateMany({ where: { id }, data: { takenUntil: null } });
}

/** What the platform calls it. Throws a duplicate when another role keeps the same group. */
export async function recordFound(
  { tx }: Writing,
  id: RoleGroupId,
  { ref, name }: { ref: string; name: string },
): Promise<void> {
  await tx.roleGroup.updateMany({ where: { id }, data: { ref, name } });
}

export async function recordStep(
  { tx }: Writing,
  id: RoleGroupId,
  { problem, waitUntil }: { problem: StepProblem | null; waitUntil: Date | null },
): Promise<void> {
  await tx.roleGroup.updateMany({ where: { id }, data: { problem, waitUntil } });
}

/** Said before the platform is asked, for those of whom nothing is known yet. */
export async function recordAdding(
  { tx, now }: Writing,
  group: RoleGroup,
  refs: readonly string[],
  present: ReadonlySet<string>,
): Promise<void> {
  const { coalitionId, id: groupId } = group;
  await tx.roleGroupAccount.createMany({
    data: refs.map((accountRef) => {
      const byHand = present.has(accountRef);
      return { coalitionId, groupId, accountRef, byHand, doneAt: byHand ? now : null };
    }),
    skipDuplicates: true,
  });
}

/** Said before the platform is asked: until it has answered, nobody knows whether they are still in it. */
export async function recordRemoving(
  { tx }: Writing,
  groupId: RoleGroupId,
  refs: readonly string[],
): Promise<void> {
  await tx.roleGroupAccount.updateMany({
    where: { groupId, accountRef: { in: [...refs] } },
    data: { doneAt: null },
  });
}

export async function recordChanged(
  { tx, now }: Writing,
  groupId: RoleGroupId,
  of: { added: readonly string[]; removed: readonly string[] },
): Promise<void> {
  await tx.roleGroupAccount.updateMany({
    where: { groupId, accountRef: { in: [...of.added] } },
    data: { doneAt: now },
  });
  await tx.roleGroupAccount.deleteMany({ where: { groupId, accountRef: { in: [...of.removed] } } });
}
