import type { CoalitionId } from '../core/ids.ts';
import type { Tx } from '../database.ts';

/** Whoever pauses waits for what is being posted at this moment, so that nothing slips past the pause. */
export async function isPaused(tx: Tx, coalitionId: CoalitionId): Promise<boolean> {
  const look = () => tx.$queryRaw<{ paused: boolean }[]>`
    select "pausedAt" is not null as "paused" from "Attention"
    where "coalitionId" = ${coalitionId}::uuid for share`;
  const [found] = await look();
  if (found) return found.paused;
  // Before the first pause there may be no row to wait for, so there is one from now on.
  await tx.attention.createMany({ data: { coalitionId }, skipDuplicates: true });
  const [made] = await look();
  return made?.paused ?? false;
}

/**
 * Whether cards in this lane are redrawn: in channels not while all is paused, so that afterwards each is drawn once, and
 * nowhere while the bot is not in the workspace.
 * @param laneId SQL
 */
export const mayRedraw = (laneId: string) => `not exists (
  select from "Lane" kept
  join "Workspace" w on w."id" = kept."workspaceId"
  left join "Attention" a on a."coalitionId" = kept."coalitionId"
  where kept."id" = ${laneId}
    and (w."removedAt" is not null or (a."pausedAt" is not null and kept."placeRef" !~ '^[@&]')))`;
