import type { CoalitionId, WorkspaceId } from '../core/ids.ts';
import type { StaffTasks, Writing } from '../core/ports.ts';
import type { PlatformName } from '../core/who.ts';
import { say } from './delivery-words.ts';

/** One trouble is one staff task, whether the platform says so by itself or refuses a message. */
export const workspaceTask = 'workspace-removed';

/** A platform takes nothing from us in a workspace any more: nothing is sent there, and staff are told once. */
export async function recordWorkspaceLost(
  writing: Writing,
  staffTasks: StaffTasks,
  id: WorkspaceId,
): Promise<void> {
  const { tx, now } = writing;
  const lost = await tx.workspace.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } });
  // Whoever said so before knew more about it.
  if (lost.count === 0) return;
  const { coalition, name, platform } = await tx.workspace.findUniqueOrThrow({
    where: { id },
    include: { coalition: true },
  });
  await staffTasks.open(writing, {
    coalitionId: coalition.id as CoalitionId,
    kind: workspaceTask,
    subject: id,
    text: say(coalition, 'workspace.disconnected', { name, platform }),
  });
}

/** The bot is in these workspaces again: see `openWorkspace`. Those that it never left stay as they are. */
export async function recordWorkspacesBack(
  writing: Writing,
  staffTasks: StaffTasks,
  { platform, refs }: { platform: PlatformName; refs: readonly string[] },
): Promise<void> {
  const back = await writing.tx.workspace.updateManyAndReturn({
    where: { platform, ref: { in: [...refs] }, removedAt: { not: null } },
    data: { removedAt: null },
  });
  for (const { id, coalitionId } of back) {
    await openWorkspace(writing, staffTasks, coalitionId as CoalitionId, id as WorkspaceId);
  }
}

/**
 * A workspace is ours again: cards that changed meanwhile are redrawn, whoever could not be reached there is tried again,
 * and staff need do nothing more. Messages that were due while it was away are not sent late.
 */
export async function openWorkspace(
  writing: Writing,
  staffTasks: StaffTasks,
  coalitionId: CoalitionId,
  id: WorkspaceId,
): Promise<void> {
  const { tx } = writing;
  await staffTasks.close(writing, { coalitionId, kind: workspaceTask, subject: id });
  const tried = await tx.account.updateManyAndReturn({
    where: { coalitionId, workspaceId: id, unreachableSince: { not: null } },
    data: { unreachableSince: null, unreachableWhy: null },
    select: { memberId: true },
  });
  const subjects = tried.map(({ memberId }) => memberId);
  await staffTasks.close(writing, { coalitionId, kind: 'member-unreachable', subjects });
  const lanes = await tx.$queryRaw<{ id: string }[]>`
    update "Posting" as posting set "redrawAt" = null from "Lane" as lane
    where lane."id" = posting."laneId" and lane."workspaceId" = ${id}::uuid and posting."stale"
    returning lane."id"`;
  for (const lane of new Set(lanes.map((lane) => lane.id))) writing.wake({ wake: 'lane', id: lane });
}
