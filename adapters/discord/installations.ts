import type { CoalitionId } from '../../src/core/ids.ts';
import type { Tools, Writing } from '../../src/core/ports.ts';
import { say } from './words.ts';

/** One trouble is one staff task, whether the gateway or a refused message brings the news. */
const kind = 'workspace-removed';

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
      kind,
      subject: workspace.id,
      text: say({ language, timeZone }, 'removed', {
        name: workspace.name,
        invite: { link: invite, text: 'discord.com' },
      }),
    });
  });
}

/** The bot is in these servers (again): what is due there is sent again, and staff need do nothing more. */
export async function recordPresent(tools: Tools, guildIds: readonly string[]): Promise<void> {
  const back = await tools.database.workspace.findMany({
    where: { platform: 'discord', ref: { in: [...guildIds] }, removedAt: { not: null } },
  });
  for (const { id, coalitionId } of back) {
    await tools.write(async (writing) => {
      await writing.tx.workspace.update({ where: { id }, data: { removedAt: null } });
      const task = { coalitionId: coalitionId as CoalitionId, kind, subject: id };
      await tools.staffTasks.close(writing, task);
    });
  }
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
