import type { CoalitionId } from '../../src/core/ids.ts';
import type { Tools, Writing } from '../../src/core/ports.ts';
import { recordWorkspacesBack, workspaceTask } from '../../src/delivery/workspaces.ts';
import { say } from './words.ts';

/** The bot was removed from a server, or the server is gone: nothing is sent there, and staff are told. */
export async function recordRemoved(tools: Tools, guildId: string, invite: string): Promise<void> {
  await tools.write(async (writing) => {
    const { tx, now } = writing;
    const workspace = await findWorkspace(writing, guildId);
    if (!workspace) return;
    await tx.workspace.updateMany({ where: { id: workspace.id, removedAt: null }, data: { removedAt: now } });
    const { language, timeZone } = workspace.coalition;
    await tools.staffTasks.open(writing, {
      coalitionId: workspace.coalitionId as CoalitionId,
      kind: workspaceTask,
      subject: workspace.id,
      text: say({ language, timeZone }, 'removed', {
        name: workspace.name,
        invite: { link: invite, text: 'discord.com' },
      }),
    });
  });
}

/** The bot is in these servers, perhaps again. */
export async function recordPresent(tools: Tools, guildIds: readonly string[]): Promise<void> {
  const of = { platform: 'discord', refs: guildIds } as const;
  await tools.write((writing) => recordWorkspacesBack(writing, tools.staffTasks, of));
}

/**
 * After connecting: who was removed while nobody listened, and who is back. `isOurs` tells which servers
 * this process's shards would hear of.
 */
export async function recordServers(
  tools: Tools,
  of: { present: ReadonlySet<string>; isOurs(guildId: string): boolean; invite: string },
): Promise<void> {
  const rows = await tools.database.workspace.findMany({
    where: { platform: 'discord' },
    select: { ref: true, removedAt: true },
  });
  const ours = rows.filter(({ ref }) => of.isOurs(ref));
  for (const { ref, removedAt } of ours) {
    if (!of.present.has(ref) && removedAt === null) await recordRemoved(tools, ref, of.invite);
  }
  await recordPresent(
    tools,
    ours.map(({ ref }) => ref).filter((ref) => of.present.has(ref)),
  );
}

const findWorkspace = ({ tx }: Writing, guildId: string) =>
  tx.workspace.findUnique({
    where: { platform_ref: { platform: 'discord', ref: guildId } },
    include: { coalition: true },
  });
