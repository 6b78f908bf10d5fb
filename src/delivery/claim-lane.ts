import type { Reader } from '../core/reader.ts';
import type { PlatformName } from '../core/who.ts';
import { type Database, type Reading, readRows, writeRows } from '../database.ts';
import { mayRedraw } from '../identity/paused.ts';

/** Longer than any single send may take, adapters' time-outs included. */
const leaseMs = 60_000;
/**
 * A lane is claimed so long before it opens, and its message found and drawn meanwhile: the send itself is held until
 * the moment, so that what a claim takes is not time in which the channel stands open.
 */
export const headStartMs = 25;

export type Claimed = {
  readonly claim: 'open';
  readonly id: string;
  /** Nothing may be sent before: at most `headStartMs` away. */
  readonly openAt: Date;
  /** By this the worker proves that the lane is still its own. */
  readonly leasedUntil: Date;
  readonly coalitionId: string;
  readonly workspaceId: string;
  readonly platform: PlatformName;
  readonly workspaceRef: string;
  readonly placeRef: string;
  /** How the coalition is spoken to, where nobody in particular is. */
  readonly reader: Reader;
  /** The next message, already marked as being sent; `attempts` counts this try. */
  readonly outgoing: {
    id: string;
    card: unknown;
    view: string | null;
    subject: string | null;
    memberId: string | null;
    attempts: number;
    key: string;
    /** Nobody asked for it, so that it waits out a pause. */
    byItself: boolean;
    expiresAt: string | null;
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
  writing: Reading,
  laneId: string,
  now: Date,
): Promise<Claimed | { claim: 'closed'; openInMs: number | null }> {
  const until = new Date(now.getTime() + leaseMs);
  const soon = new Date(now.getTime() + headStartMs);
  const [row] = await writeRows<ClaimedRow>(writing, claimSql, [laneId, now, until, soon]);
  if (!row) {
    const lane = await writing.lane.findUnique({ where: { id: laneId } });
    if (!lane) return { claim: 'closed', openInMs: null };
    // Whoever holds it may be dead: come back when it can be taken over at the latest.
    const claimable = Math.max(lane.openAt.getTime() - headStartMs, lane.leasedUntil?.getTime() ?? 0);
    return { claim: 'closed', openInMs: Math.max(1, claimable - now.getTime() + 1) };
  }
  const posting =
    row.outgoing || row.cardsWait
      ? null
      : await writing.posting.findFirst({
          where: {
            laneId,
            stale: true,
            OR: [{ redrawAt: null }, { redrawAt: { lte: later(row.openAt, now) } }],
          },
          orderBy: { id: 'asc' },
          include: { outgoing: { select: { memberId: true } } },
        });
  return {
    claim: 'open',
    id: laneId,
    leasedUntil: until,
    ...row,
    posting: posting && { ...posting, memberId: posting.outgoing.memberId },
  };
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

type ClaimedRow = Pick<
  Claimed,
  'coalitionId' | 'workspaceId' | 'placeRef' | 'openAt' | 'platform' | 'workspaceRef' | 'reader' | 'outgoing'
> & { cardsWait: boolean };

/**
 * One round trip for the usual case. The message's state is asked for twice: a lane that another worker releases at
 * this moment was read before that worker's message counted as sent. Lane and message are given by their ids, with no
 * join and, at last, no state that an index knows: statistics of a quiet hour say that nothing waits anywhere, and the
 * plan would then begin with all that does.
 */
const claimSql = `
  with lane as (
    update "Lane" set "leasedUntil" = $3
    where "id" = $1::uuid and "openAt" <= $4 and ("leasedUntil" is null or "leasedUntil" < $2)
    returning "id", "coalitionId", "workspaceId", "placeRef", "openAt"
  ), next as (
    select "id" from "Outgoing"
    where "laneId" = $1::uuid and "state" in ('waiting', 'sending') and exists (select from lane)
    order by "position" limit 1
  ), outgoing as (
    update "Outgoing" set "state" = 'sending', "attempts" = "attempts" + 1
    where "id" = (select "id" from next) and "state" || '' in ('waiting', 'sending')
    returning "id", "card", "view", "subject", "memberId", "attempts", "key", "byItself", "expiresAt"
  )
  select lane."coalitionId", lane."workspaceId", lane."placeRef", lane."openAt", w."platform", w."ref" as "workspaceRef",
    json_build_object('language', c."language", 'timeZone', c."timeZone") as "reader",
    to_json(outgoing) as "outgoing",
    (w."removedAt" is not null or (a."pausedAt" is not null and lane."placeRef" !~ '^[@&]')) as "cardsWait"
  from lane
  join "Workspace" w on w."id" = lane."workspaceId"
  join "Coalition" c on c."id" = lane."coalitionId"
  left join "Attention" a on a."coalitionId" = lane."coalitionId"
  left join outgoing on true`;

type Held = Pick<Claimed, 'id' | 'leasedUntil'>;

/**
 * Lets the lane go, closed until `openAt` if it was not for longer already; says what `findNextInMs` says of that
 * moment. A worker that was stopped for longer than its lease lets nothing go: the lane is another's by then.
 */
export async function releaseLane(database: Database, lane: Held, openAt: Date): Promise<number | null> {
  await writeRows(database, releaseSql, [lane.id, openAt, lane.leasedUntil]);
  return findNextInMs(database, lane.id, openAt);
}

/** Whether nobody else has taken the lane over meanwhile. */
export async function holdsLane(database: Database, { id, leasedUntil }: Held): Promise<boolean> {
  return (await database.lane.count({ where: { id, leasedUntil } })) === 1;
}

/**
 * How long after `at` there is something to do in a lane, in milliseconds: a message at once, a card when its platform
 * takes redraws of it. Null when nothing waits. Asked in a statement of its own after the lane was let go: what came
 * before that is seen here, and what comes after it finds the lane free.
 */
export async function findNextInMs(reading: Reading, laneId: string, at: Date): Promise<number | null> {
  const [row] = await readRows<{ message: boolean; redrawAt: Date | null }>(reading, nextSql, [laneId, at]);
  if (row?.message) return 0;
  return row?.redrawAt ? Math.max(0, row.redrawAt.getTime() - at.getTime()) : null;
}

const releaseSql =
  'update "Lane" set "leasedUntil" = null, "openAt" = greatest("openAt", $2) where "id" = $1::uuid and "leasedUntil" = $3';
const nextSql = `
  select exists (select from "Outgoing" where "laneId" = $1::uuid and "state" in ('waiting', 'sending')) as "message",
    (select min(coalesce("redrawAt", $2)) from "Posting"
      where "laneId" = $1::uuid and "stale" and ${mayRedraw('"Posting"."laneId"')}) as "redrawAt"`;
