import type { CoalitionId, WorkspaceId } from '../../../../core/ids.ts';
import type { Tools, Writing } from '../../../../core/ports.ts';
import type { PlatformName, Workspace } from '../../../../core/who.ts';
import type { Reading } from '../../../../database.ts';
import { openWorkspace } from '../../../../delivery/workspaces.ts';
import { lockStaff } from '../../leaving/store.ts';

/** Workspaces that belong to the coalition now; `removed`: the bot is not in it at the moment. */
export async function listWorkspaces(
  reading: Reading,
  coalitionId: CoalitionId,
): Promise<(Workspace & { removed: boolean })[]> {
  const rows = await reading.workspace.findMany({
    where: { coalitionId, unlinkedAt: null },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, platform, ref, name, removedAt }) => ({
    ...{ id: id as WorkspaceId, platform: platform as PlatformName, ref, name },
    removed: removedAt !== null,
  }));
}

type Linked =
  | { readonly linked: 'now' | 'again' | 'before'; readonly workspaceId: WorkspaceId }
  /** It belongs to another coalition. */
  | { readonly linked: 'elsewhere'; readonly name: string };

/** Makes a workspace one of the coalition's. One that was unlinked comes back as it was. */
export async function linkWorkspace(
  writing: Writing,
  coalitionId: CoalitionId,
  here: { platform: PlatformName; ref: string; name: string },
  tools: Tools,
): Promise<Linked> {
  const { tx, now } = writing;
  const { platform, ref, name } = here;
  // Two who link the same workspace, or unlink it, take turns.
  await lockStaff(tx, coalitionId);
  const where = { platform_ref: { platform, ref } };
  const known = await tx.workspace.findUnique({ where, include: { coalition: true } });
  if (known && known.coalitionId !== coalitionId) return { linked: 'elsewhere', name: known.coalition.name };
  if (known) return { linked: 'before', workspaceId: known.id as WorkspaceId };
  const former = await tx.workspace.findFirst({ where: { coalitionId, platform, unlinkedRef: ref } });
  if (!former) {
    // Somebody who sets up a coalition here at this moment holds the key until they are done.
    const made = await tx.workspace.createManyAndReturn({
      data: { coalitionId, platform, ref, name, createdAt: now },
      skipDuplicates: true,
    });
    if (made[0]) return { linked: 'now', workspaceId: made[0].id as WorkspaceId };
    const theirs = await tx.workspace.findUniqueOrThrow({ where, include: { coalition: true } });
    return { linked: 'elsewhere', name: theirs.coalition.name };
  }
  await tx.workspace.update({
    where: { id: former.id },
    data: { ref, name, unlinkedRef: null, unlinkedAt: null, removedAt: null },
  });
  // The cards that stood there are redrawn again, beginning with what they have missed.
  await tx.$executeRaw`
    update "Posting" as posting
    set "goneAt" = null, "wantedVersion" = "wantedVersion" + 1, "stale" = posting."view" is not null
    from "Lane" as lane
    where lane."id" = posting."laneId" and lane."workspaceId" = ${former.id}::uuid
      and posting."goneAt" = ${former.unlinkedAt}`;
  await openWorkspace(writing, tools.staffTasks, coalitionId, former.id as WorkspaceId);
  return { linked: 'again', workspaceId: former.id as WorkspaceId };
}

export type UnlinkTrouble = 'gone' | 'last' | 'no-staff';

/** Whether a workspace may go, and how many people would have no account left. */
export async function findUnlinking(
  reading: Reading,
  coalitionId: CoalitionId,
  id: WorkspaceId,
): Promise<{ ok: true; name: string; onlyThere: number } | { ok: false; why: UnlinkTrouble }> {
  const linked = await listWorkspaces(reading, coalitionId);
  const target = linked.find((each) => each.id === id);
  if (!target) return { ok: false, why: 'gone' };
  const elsewhere = linked.filter((each) => each.id !== id && !each.removed).map((each) => each.id as string);
  if (elsewhere.length === 0) return { ok: false, why: 'last' };
  const hasAccountElsewhere = { some: { workspaceId: { in: elsewhere } } };
  const staff = await reading.member.count({
    where: { coalitionId, standing: 'backbone', leftAt: null, accounts: hasAccountElsewhere },
  });
  if (staff === 0) return { ok: false, why: 'no-staff' };
  const onlyThere = await reading.member.count({
    where: {
      coalitionId,
      leftAt: null,
      accounts: { some: { workspaceId: id } },
      NOT: { accounts: hasAccountElsewhere },
    },
  });
  return { ok: true, name: target.name, onlyThere };
}

/** Takes a workspace out of the coalition. Nothing is deleted: linking it again brings everything back. */
export async function unlinkWorkspace(
  writing: Writing,
  coalitionId: CoalitionId,
  id: WorkspaceId,
  tools: Tools,
): Promise<Awaited<ReturnType<typeof findUnlinking>>> {
  const { tx, now } = writing;
  await lockStaff(tx, coalitionId);
  const unlinking = await findUnlinking(tx, coalitionId, id);
  if (!unlinking.ok) return unlinking;
  const { ref } = await tx.workspace.findUniqueOrThrow({ where: { id } });
  await tx.workspace.update({
    where: { id },
    data: { ref: `unlinked:${id}`, unlinkedRef: ref, unlinkedAt: now, removedAt: now },
  });
  await tx.$executeRaw`
    update "Posting" as posting set "goneAt" = ${now}, "stale" = false
    from "Lane" as lane
    where lane."id" = posting."laneId" and lane."workspaceId" = ${id}::uuid and posting."goneAt" is null`;
  const dropped = await tx.$queryRaw<{ key: string }[]>`
    update "Outgoing" as outgoing set "state" = 'dropped'
    from "Lane" as lane
    where lane."id" = outgoing."laneId" and lane."workspaceId" = ${id}::uuid
      and outgoing."state" in ('waiting', 'paused', 'sending')
    returning outgoing."key"`;
  // What was on its way to a person goes to another account of theirs, or to staff.
  for (const { key } of dropped) {
    await tools.outreach.settled(writing, { outgoingKey: key, failure: 'disconnected' });
  }
  return unlinking;
}
