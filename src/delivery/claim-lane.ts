import type { PlatformName } from '../core/who.ts';
import type { Database } from '../database.ts';

/** Longer than any single send may take, adapters' time-outs included. */
const leaseMs = 60_000;

export type Claimed = {
  readonly claim: 'open';
  readonly id: string;
  readonly coalitionId: string;
  readonly workspaceId: string;
  readonly platform: PlatformName;
  readonly workspaceRef: string;
  readonly placeRef: string;
  /** The next message, already marked as being sent; `attempts` counts this try. */
  readonly outgoing: {
    id: string;
    card: unknown;
    view: string | null;
    subject: string | null;
    memberId: string | null;
    attempts: number;
    key: string;
  } | null;
  /** When no message waits: the next stale card. */
  readonly posting: {
    id: string;
    messageRef: string;
    view: string | null;
    subject: string | null;
    memberId: string | null;
    wantedVersion: number;
  } | null;
};

/**
 * Takes a lane for one send. A message is marked `sending` before it is sent, so that after a crash the next
 * worker knows that it may have arrived.
 */
export async function claimLane(
  database: Database,
  laneId: string,
  now: Date,
): Promise<Claimed | { claim: 'closed'; openInMs: number | null }> {
  const until = new Date(now.getTime() + leaseMs);
  const claimed = await database.lane.updateMany({
    where: { id: laneId, openAt: { lte: now }, OR: [{ leasedUntil: null }, { leasedUntil: { lt: now } }] },
    data: { leasedUntil: until },
  });
  if (claimed.count === 0) {
    const lane = await database.lane.findUnique({ where: { id: laneId } });
    if (!lane) return { claim: 'closed', openInMs: null };
    // Whoever holds it may be dead: come back when it can be taken over at the latest.
    const opens = Math.max(lane.openAt.getTime(), lane.leasedUntil?.getTime() ?? 0);
    return { claim: 'closed', openInMs: Math.max(1, opens - now.getTime() + 1) };
  }
  const lane = await database.lane.findUniqueOrThrow({
    where: { id: laneId },
    include: {
      outgoings: { where: { state: { in: ['waiting', 'sending'] } }, orderBy: { position: 'asc' }, take: 1 },
    },
  });
  const workspace = await database.workspace.findUniqueOrThrow({ where: { id: lane.workspaceId } });
  const next = lane.outgoings[0];
  const outgoing = next
    ? await database.outgoing.update({
        where: { id: next.id },
        data: { state: 'sending', attempts: { increment: 1 } },
      })
    : null;
  const posting = outgoing
    ? null
    : await database.posting.findFirst({
        where: { laneId, stale: true },
        orderBy: { id: 'asc' },
        include: { outgoing: { select: { memberId: true } } },
      });
  return {
    claim: 'open',
    id: laneId,
    coalitionId: lane.coalitionId,
    workspaceId: lane.workspaceId,
    platform: workspace.platform as PlatformName,
    workspaceRef: workspace.ref,
    placeRef: lane.placeRef,
    outgoing,
    posting: posting && { ...posting, memberId: posting.outgoing.memberId },
  };
}

/** Lets the lane go, closed for `closedMs`; says whether something still waits in it. */
export async function releaseLane(
  database: Database,
  laneId: string,
  now: Date,
  closedMs: number,
): Promise<boolean> {
  await database.lane.update({
    where: { id: laneId },
    data: { leasedUntil: null, openAt: new Date(now.getTime() + closedMs) },
  });
  const rows = await database.$queryRaw<{ more: boolean }[]>`
    select exists (select from "Outgoing" where "laneId" = ${laneId}::uuid and "state" in ('waiting', 'sending'))
      or exists (select from "Posting" where "laneId" = ${laneId}::uuid and "stale") as "more"`;
  return rows[0]?.more ?? false;
}
