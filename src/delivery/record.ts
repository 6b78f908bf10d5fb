import type { PlatformError } from '../core/errors.ts';
import { type CoalitionId, newId } from '../core/ids.ts';
import type { Tools } from '../core/ports.ts';
import { type Reading, writeRows } from '../database.ts';
import type { Claimed } from './claim-lane.ts';
import { calendarRef, groupAccounts } from './delivery.ts';
import { say } from './delivery-words.ts';

/**
 * Writes down where a message stands now, lets its lane go until `openAt`, and says that its member was reached.
 * What has no member is one statement.
 */
export async function recordSent(
  tools: Tools,
  lane: Claimed,
  outgoing: NonNullable<Claimed['outgoing']>,
  messageRef: string,
  openAt: Date,
): Promise<void> {
  const { memberId } = outgoing;
  if (memberId === null && !groupAccounts(lane.placeRef)) {
    await writeSent(tools.database, lane, outgoing.id, messageRef, openAt, tools.clock.now());
    return;
  }
  await tools.write(async (writing) => {
    const { tx, now } = writing;
    await writeSent(tx, lane, outgoing.id, messageRef, openAt, now);
    await tx.account.updateMany({
      where: { workspaceId: lane.workspaceId, ref: lane.placeRef.slice(1) },
      data: { reachedAt: now, unreachableSince: null, unreachableWhy: null },
    });
    await tools.outreach.settled(writing, { outgoingKey: outgoing.key, failure: null });
  });
}

/** `stale` comes from the row as it is when the statement gets hold of it: a change that it waited for counts. */
async function writeSent(
  writing: Reading,
  { leasedUntil }: Claimed,
  outgoingId: string,
  messageRef: string,
  openAt: Date,
  now: Date,
) {
  await writeRows(writing, sentSql, [outgoingId, messageRef, openAt, now, newId(), leasedUntil]);
}

const sentSql = `
  with sent as (
    update "Outgoing" set "state" = 'sent', "sentAt" = $4, "failure" = null
    where "id" = $1::uuid
    returning "id", "coalitionId", "laneId", "view", "subject", "stale"
  ), released as (
    update "Lane" set "leasedUntil" = null, "openAt" = $3 from sent
    where "Lane"."id" = sent."laneId" and "leasedUntil" = $6
  )
  insert into "Posting"
    ("id", "coalitionId", "laneId", "outgoingId", "messageRef", "view", "subject", "stale", "wantedVersion")
  select $5::uuid, sent."coalitionId", sent."laneId", sent."id", $2, sent."view", sent."subject", sent."stale",
    sent."stale"::int
  from sent
  on conflict ("outgoingId") do update set "messageRef" = excluded."messageRef"`;

/** The card is fresh, unless its subject changed while it was being drawn. */
export async function recordRedrawn(tools: Tools, postingId: string, version: number): Promise<void> {
  const sql =
    'update "Posting" set "drawnVersion" = $2, "stale" = "wantedVersion" > $2 where "id" = $1::uuid';
  await writeRows(tools.database, sql, [postingId, version]);
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
    if (lane.placeRef === calendarRef) {
      const words = { missing: trouble?.missing ?? '', platform: lane.platform };
      const text = say(reader, code === 'not-allowed' ? 'calendar.not-allowed' : 'calendar.other', words);
      await tools.staffTasks.open(writing, {
        coalitionId,
        kind: 'calendar-unreachable',
        subject: lane.id,
        text,
      });
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
