import type { PlatformError } from '../core/errors.ts';
import type { CoalitionId } from '../core/ids.ts';
import type { Tools } from '../core/ports.ts';
import type { Claimed } from './claim-lane.ts';
import { groupAccounts } from './delivery.ts';
import { say } from './delivery-words.ts';

/** Writes down where a message stands now, and that its member was reached. */
export async function recordSent(
  tools: Tools,
  lane: Claimed,
  outgoing: NonNullable<Claimed['outgoing']>,
  messageRef: string,
): Promise<void> {
  await tools.write(async (writing) => {
    const { tx, now } = writing;
    const { stale } = await tx.outgoing.update({
      where: { id: outgoing.id },
      data: { state: 'sent', sentAt: now, failure: null },
    });
    await tx.posting.upsert({
      where: { outgoingId: outgoing.id },
      create: {
        coalitionId: lane.coalitionId,
        laneId: lane.id,
        outgoingId: outgoing.id,
        messageRef,
        view: outgoing.view,
        subject: outgoing.subject,
        stale,
        wantedVersion: stale ? 1 : 0,
      },
      update: { messageRef },
    });
    if (outgoing.memberId) {
      await tx.account.updateMany({
        where: { workspaceId: lane.workspaceId, ref: lane.placeRef.slice(1) },
        data: { reachedAt: now, unreachableSince: null, unreachableWhy: null },
      });
    }
    if (outgoing.memberId || groupAccounts(lane.placeRef)) {
      await tools.outreach.settled(writing, { outgoingKey: outgoing.key, failure: null });
    }
  });
}

/** The card is fresh, unless its subject changed while it was being drawn. */
export async function recordRedrawn(tools: Tools, postingId: string, version: number): Promise<void> {
  await tools.database.$executeRaw`
    update "Posting" set "drawnVersion" = ${version}, "stale" = "wantedVersion" > ${version}
    where "id" = ${postingId}::uuid`;
}

/** Gives up on one message or card, and tells staff what they can mend. `trouble` null: our own bug. */
export async function recordFailure(
  tools: Tools,
  lane: Claimed,
  trouble: PlatformError | null,
): Promise<void> {
  const code = trouble?.code ?? 'broken';
  const coalitionId = lane.coalitionId as CoalitionId;
  await tools.write(async (writing) => {
    const { tx, now } = writing;
    if (lane.posting) {
      await tx.posting.update({ where: { id: lane.posting.id }, data: { goneAt: now, stale: false } });
      return;
    }
    if (!lane.outgoing) return;
    await tx.outgoing.update({
      where: { id: lane.outgoing.id },
      data: { state: 'undeliverable', failure: code },
    });
    const coalition = await tx.coalition.findUniqueOrThrow({ where: { id: coalitionId } });
    const reader = { language: coalition.language, timeZone: coalition.timeZone };
    if (code === 'disconnected') {
      await tx.workspace.update({ where: { id: lane.workspaceId }, data: { removedAt: now } });
    }
    if (groupAccounts(lane.placeRef)) {
      await tools.outreach.settled(writing, { outgoingKey: lane.outgoing.key, failure: code });
      return;
    }
    if (!lane.outgoing.memberId) {
      const place = await tx.place.findFirst({
        where: { workspaceId: lane.workspaceId, ref: lane.placeRef },
      });
      const text = say(reader, `place.${code}`, {
        place: { place: lane.placeRef, name: place?.name ?? lane.placeRef },
        missing: trouble?.missing ?? 'none',
      });
      await tools.staffTasks.open(writing, {
        coalitionId,
        kind: 'place-unreachable',
        subject: lane.id,
        text,
      });
      return;
    }
    await tx.account.updateMany({
      where: { workspaceId: lane.workspaceId, ref: lane.placeRef.slice(1) },
      data: { unreachableSince: now, unreachableWhy: code },
    });
    await tools.outreach.settled(writing, { outgoingKey: lane.outgoing.key, failure: code });
  });
}
