import { type CoalitionId, newId } from '../core/ids.ts';
import type { Tools } from '../core/ports.ts';
import { type Reading, writeRows } from '../database.ts';
import { isPaused } from '../identity/paused.ts';
import type { Claimed } from './claim-lane.ts';
import { groupAccounts } from './delivery.ts';

/** A send is tried again after this at the latest, where the platform names no time. */
export const longestRetryMs = 600_000;

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

/**
 * `stale` comes from the row as it is when the statement gets hold of it: a change that it waited for counts. Cards that
 * wait longer than any retry wait for a place that shut us out: a message that arrives there says that it is open again.
 */
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
  ), let_in as (
    update "Posting" set "redrawAt" = null from sent
    where "Posting"."laneId" = sent."laneId" and "Posting"."stale"
      and "redrawAt" > $3::timestamptz + make_interval(secs => ${longestRetryMs / 1000})
  )
  insert into "Posting"
    ("id", "coalitionId", "laneId", "outgoingId", "messageRef", "view", "subject", "stale", "wantedVersion")
  select $5::uuid, sent."coalitionId", sent."laneId", sent."id", $2, sent."view", sent."subject", sent."stale",
    sent."stale"::int
  from sent
  on conflict ("outgoingId") do update set "messageRef" = excluded."messageRef"`;

/**
 * The platform said no for now: nothing was sent, so the next try need not look for it. What goes out by itself waits
 * for the end of a pause that has begun meanwhile.
 */
export async function recordRefused(
  tools: Tools,
  lane: Claimed,
  { id, byItself, attempts }: NonNullable<Claimed['outgoing']>,
): Promise<void> {
  await tools.write(async ({ tx }) => {
    const paused = byItself && (await isPaused(tx, lane.coalitionId as CoalitionId));
    const data = { state: paused ? 'paused' : 'waiting', attempts: attempts - 1 };
    await tx.outgoing.update({ where: { id }, data });
  });
}

/** The card is fresh, unless its subject changed while it was being drawn. */
export async function recordRedrawn(tools: Tools, postingId: string, version: number): Promise<void> {
  const sql =
    'update "Posting" set "drawnVersion" = $2, "stale" = "wantedVersion" > $2, "redrawAt" = null where "id" = $1::uuid';
  await writeRows(tools.database, sql, [postingId, version]);
}

/** The card stays stale and is not tried before this moment, by the real clock. */
export async function recordRedrawLater(writing: Reading, postingId: string, redrawAt: Date): Promise<void> {
  await writeRows(writing, 'update "Posting" set "redrawAt" = $2 where "id" = $1::uuid', [
    postingId,
    redrawAt,
  ]);
}
