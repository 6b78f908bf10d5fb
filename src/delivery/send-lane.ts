import { setTimeout } from 'node:timers/promises';
import type { CalendarEvent, Card } from '../core/card.ts';
import { PlatformError } from '../core/errors.ts';
import type { CoalitionId, MemberId } from '../core/ids.ts';
import type { Destination, Messenger, Tools, View } from '../core/ports.ts';
import type { PlatformName } from '../core/who.ts';
import { isDatabaseTrouble } from '../database-trouble.ts';
import { type Claimed, claimLane, findNextInMs, headStartMs, holdsLane, releaseLane } from './claim-lane.ts';
import { calendarRef, groupAccounts } from './delivery.ts';
import { drawFor } from './draw-for.ts';
import { holdTurns, type Pace, takeTurn } from './pace.ts';
import { longestRetryMs, recordRedrawLater, recordRedrawn, recordRefused, recordSent } from './record.ts';
import { recordFailure } from './record-failure.ts';

/** When to come back to a lane, or null when nothing waits in it. */
type LaneResult = { readonly againInMs: number } | null;

type Sending = {
  readonly tools: Tools;
  readonly messengers: ReadonlyMap<PlatformName, Messenger>;
  readonly views: ReadonlyMap<string, View>;
  /** The real clock: platforms count their limits by it, whatever the demo clock says. */
  realNow(): Date;
  /** How often in a row each lane has failed in this process, or each card in it. */
  readonly failing: Map<string, number>;
};

/** How many redraws a workspace takes at once after a quiet time. */
const redrawBurst = 10;
const redrawPace = (workspaceId: string, paceMs: number): Pace => ({
  key: `redraw:${workspaceId}`,
  paceMs,
  burst: redrawBurst,
});

const retryMs = [1_000, 5_000, 30_000, 120_000, longestRetryMs];
/** A platform that is out of order and says so is asked this often, lane by lane, until it works again. */
const mostBusyMs = 60_000;

/**
 * Sends the next message of one lane, or redraws its next stale card, and says when to come back. One worker
 * at a time holds a lane; the row says until when, so that a dead worker's lane is taken over.
 */
export async function sendLane(laneId: string, sending: Sending): Promise<LaneResult> {
  const { tools, messengers } = sending;
  const claimed = await claimLane(tools.database, laneId, sending.realNow());
  if (claimed.claim === 'closed') return claimed.openInMs === null ? null : { againInMs: claimed.openInMs };
  const messenger = messengers.get(claimed.platform);
  if (!messenger) {
    // Another process holds this platform's connection; leave the lane to it.
    await releaseLane(tools.database, claimed, sending.realNow());
    return null;
  }
  if (claimed.posting && messenger.redrawPaceMs) {
    const pace = redrawPace(claimed.workspaceId, messenger.redrawPaceMs);
    const { turn, inMs } = await takeTurn(tools.database, pace, sending.realNow());
    if (turn === 'later') {
      // The lane stays open: a new message in it need not wait for its redraws.
      await releaseLane(tools.database, claimed, sending.realNow());
      return { againInMs: inMs };
    }
  }
  const { outgoing } = claimed;
  if (outgoing && isOutdated(outgoing, tools.clock.now())) {
    await tools.database.outgoing.update({ where: { id: outgoing.id }, data: { state: 'expired' } });
    return again(await releaseLane(tools.database, claimed, sending.realNow()));
  }
  try {
    const to = await destinationOf(claimed, messenger, sending);
    const openAt = claimed.outgoing
      ? await sendOne(claimed, claimed.outgoing, to, messenger, sending)
      : await redrawNext(claimed, to, messenger, sending);
    sending.failing.delete(failingKey(claimed));
    const closedMs = Math.max(0, openAt.getTime() - sending.realNow().getTime());
    const nextInMs = await findNextInMs(tools.database, laneId, openAt);
    return again(nextInMs, nextInMs === 0 ? early(closedMs) : closedMs);
  } catch (error) {
    return afterFailure(error, claimed, sending);
  }
}

const again = (inMs: number | null, moreMs = 0): LaneResult =>
  inMs === null ? null : { againInMs: inMs + moreMs };

/** Not a fraction too soon: the clock's milliseconds are cut off, and platforms count by finer ones. */
const momentIn = (ms: number, { realNow }: Sending) => new Date(realNow().getTime() + (ms && ms + 1));

/** For whom the opening of a lane is next: in time to send at that moment. */
const early = (openInMs: number) => Math.max(0, openInMs - headStartMs);

/** Until a lane claimed ahead of its time opens. */
async function untilOpen({ openAt }: Claimed, { realNow }: Sending): Promise<void> {
  for (;;) {
    const leftMs = openAt.getTime() - realNow().getTime();
    if (leftMs <= 0) return;
    await setTimeout(leftMs);
  }
}

/** A card that cannot be redrawn says nothing of the messages in its lane. */
const failingKey = ({ id, posting }: Claimed) => posting?.id ?? id;

/** What was tried before may have arrived, so it is seen through. */
const isOutdated = ({ expiresAt, attempts }: NonNullable<Claimed['outgoing']>, now: Date) =>
  expiresAt !== null && attempts === 1 && new Date(expiresAt) <= now;

/** Where a lane leads; a conversation of several is opened first, where the platform has such. */
async function destinationOf(lane: Claimed, messenger: Messenger, sending: Sending): Promise<Destination> {
  const { workspaceRef, placeRef, platform } = lane;
  const accounts = groupAccounts(placeRef);
  if (!accounts) return { workspaceRef, placeRef };
  if (!messenger.openGroup)
    throw new PlatformError('not-allowed', platform, { detail: 'no conversations of several' });
  await untilOpen(lane, sending);
  return { workspaceRef, ...(await messenger.openGroup(workspaceRef, accounts)) };
}

/** Says when the lane opens again: the platform counts from the message, not from when it was written down. */
async function sendOne(
  lane: Claimed,
  outgoing: NonNullable<Claimed['outgoing']>,
  to: Destination,
  messenger: Messenger,
  sending: Sending,
): Promise<Date> {
  const { tools } = sending;
  if (lane.placeRef === calendarRef) {
    await untilOpen(lane, sending);
    const { messageRef } = await calendarOf(messenger).post(
      to.workspaceRef,
      eventOf(outgoing.card as Card, messenger),
      outgoing.attempts > 1,
    );
    const openAt = momentIn(messenger.paceMs, sending);
    await recordSent(tools, lane, outgoing, messageRef, openAt);
    return openAt;
  }
  const drawn = await drawFor(tools, lane, outgoing.card as Card, outgoing.memberId as MemberId | null);
  await untilOpen(lane, sending);
  const { messageRef, sentEarlier } = await messenger.post(to, {
    ...drawn,
    deliveryId: outgoing.id,
    maybeSent: outgoing.attempts > 1,
  });
  const openAt = momentIn(sentEarlier ? 0 : messenger.paceMs, sending);
  await recordSent(tools, lane, outgoing, messageRef, openAt);
  return openAt;
}

function calendarOf({ calendar, platform }: Messenger): NonNullable<Messenger['calendar']> {
  if (!calendar) throw new PlatformError('refused', platform, { detail: 'no calendar' });
  return calendar;
}

function eventOf({ event }: Card, { platform }: Messenger): CalendarEvent {
  if (!event) throw new PlatformError('refused', platform, { detail: 'no event' });
  return event;
}

async function redrawNext(
  lane: Claimed,
  to: Destination,
  messenger: Messenger,
  sending: Sending,
): Promise<Date> {
  await untilOpen(lane, sending);
  const redrawn = lane.posting !== null && (await redrawOne(lane, lane.posting, to, messenger, sending));
  const openAt = momentIn(redrawn ? messenger.paceMs : 0, sending);
  await releaseLane(sending.tools.database, lane, openAt);
  return openAt;
}

async function redrawOne(
  lane: Claimed,
  posting: NonNullable<Claimed['posting']>,
  to: Destination,
  messenger: Messenger,
  { tools, views }: Sending,
): Promise<boolean> {
  const view = posting.view === null ? undefined : views.get(posting.view);
  const coalitionId = lane.coalitionId as CoalitionId;
  const { coalition, reader } = await drawFor.scope(tools, coalitionId, posting.memberId as MemberId | null);
  const card =
    view && posting.subject ? await view.draw(posting.subject, { tools, coalition, reader }) : null;
  if (card && lane.placeRef === calendarRef) {
    await calendarOf(messenger).redraw(to.workspaceRef, posting.messageRef, eventOf(card, messenger));
  } else if (card) {
    await messenger.redraw(
      to,
      posting.messageRef,
      await drawFor(tools, lane, card, posting.memberId as MemberId),
    );
  }
  await recordRedrawn(tools, posting.id, posting.wantedVersion);
  return card !== null;
}

/** Decides from the platform's own word whether to wait, to look again, or to give up and say so. */
async function afterFailure(error: unknown, lane: Claimed, sending: Sending): Promise<LaneResult> {
  const { tools } = sending;
  const trouble = error instanceof PlatformError ? error : null;
  // Whoever is told when to come back has not failed.
  const inRow = (sending.failing.get(failingKey(lane)) ?? 0) + (trouble?.retryAfterMs ? 0 : 1);
  sending.failing.set(failingKey(lane), inRow);
  const tries = Math.max(lane.outgoing?.attempts ?? 1, inRow);
  const byTries = retryMs[Math.min(tries, retryMs.length) - 1] ?? 1_000;
  const waitMs =
    trouble?.retryAfterMs ?? (trouble?.code === 'busy' ? Math.min(byTries, mostBusyMs) : byTries);
  if (!trouble && isDatabaseTrouble(error)) {
    // The platform may have taken it, and only we could not write that down: giving up would lose it.
    tools.log.warn({ error: error as Error, lane: lane.id }, 'delivery.database');
    await releaseLane(tools.database, lane, momentIn(waitMs, sending));
    return { againInMs: waitMs };
  }
  if (!trouble) {
    // Our own bug, such as a card that cannot be drawn: it must not stop the lane for everything behind it.
    tools.log.error({ error: error as Error, lane: lane.id }, 'delivery.broken');
  }
  // Whoever has taken the lane over knows better by now what became of the message.
  if (!(await holdsLane(tools.database, lane))) return null;
  if (trouble && (trouble.code === 'busy' || trouble.code === 'no-answer')) {
    if (trouble.code === 'busy' && lane.outgoing) {
      await recordRefused(tools, lane, lane.outgoing);
    }
    if (lane.posting) return redrawLater(lane, lane.posting, trouble, waitMs, sending);
    await releaseLane(tools.database, lane, momentIn(waitMs, sending));
    return { againInMs: early(waitMs) };
  }
  sending.failing.delete(failingKey(lane));
  await recordFailure(tools, lane, trouble);
  return again(await releaseLane(tools.database, lane, sending.realNow()));
}

/** The card waits; new messages in its lane, and its other cards, do not. */
async function redrawLater(
  lane: Claimed,
  posting: NonNullable<Claimed['posting']>,
  { retryAfterMs }: PlatformError,
  waitMs: number,
  sending: Sending,
): Promise<LaneResult> {
  const { tools, messengers, realNow } = sending;
  const redrawPaceMs = messengers.get(lane.platform)?.redrawPaceMs;
  if (retryAfterMs && redrawPaceMs) {
    const { key } = redrawPace(lane.workspaceId, redrawPaceMs);
    await holdTurns(tools.database, key, retryAfterMs, realNow());
  }
  await recordRedrawLater(tools.database, posting.id, momentIn(waitMs, sending));
  return again(await releaseLane(tools.database, lane, realNow()));
}
