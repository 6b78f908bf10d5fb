import type { Card } from '../core/card.ts';
import type { TimedJob } from '../core/command.ts';
import type { CoalitionId } from '../core/ids.ts';
import type { PausedPosts } from '../core/paused-posts.ts';
import type { Timers, Tools, Writing } from '../core/ports.ts';
import type { Coalition } from '../core/who.ts';
import type { Prisma, Tx } from '../database.ts';
import { isPaused } from '../identity/paused.ts';

/** Posts to channels while all is paused: each waits in its lane, and goes out afterwards one by one or not at all. */

const releaseKind = 'delivery.release';

/**
 * Holding what a timer posts to channels, and letting it go again. Whatever is posted while all is paused is written as
 * paused by `delivery.post`.
 */
export function makePausedPosts(timers: Timers): { posts: PausedPosts; jobs: readonly TimedJob[] } {
  const posts: PausedPosts = {
    async pause({ tx }, coalitionId) {
      await tx.outgoing.updateMany({
        where: { coalitionId, byItself: true, state: 'waiting' },
        data: { state: 'paused' },
      });
    },

    async resume(writing, coalitionId, afterMs) {
      const { tx, now } = writing;
      const outdated = await tx.outgoing.updateMany({
        where: { coalitionId, state: 'paused', expiresAt: { lte: now } },
        data: { state: 'expired' },
      });
      const waiting = await listPaused(tx, coalitionId);
      for (const { id, index, of } of waiting) {
        const dueAt = new Date(now.getTime() + afterMs(index, of));
        const occurrence = now.toISOString();
        await timers.set(writing, { coalitionId, kind: releaseKind, subject: id, occurrence, dueAt });
      }
      await wakeStale(writing, coalitionId);
      return { posts: waiting.length, outdated: outdated.count };
    },
  };
  return { posts, jobs: [release] };
}

/** Each with its place in its own lane. */
async function listPaused(
  tx: Tx,
  coalitionId: CoalitionId,
): Promise<{ id: string; index: number; of: number }[]> {
  return tx.$queryRaw`
    select "id"::text as "id", (row_number() over lane - 1)::int as "index",
      (count(*) over (partition by "laneId"))::int as "of"
    from "Outgoing" where "coalitionId" = ${coalitionId}::uuid and "state" = 'paused'
    window lane as (partition by "laneId" order by "position")`;
}

/** Cards in channels that changed meanwhile are drawn once, as they are now. */
async function wakeStale(writing: Writing, coalitionId: CoalitionId): Promise<void> {
  const lanes = await writing.tx.$queryRaw<{ id: string }[]>`
    select distinct "laneId"::text as "id" from "Posting"
    where "coalitionId" = ${coalitionId}::uuid and "stale"`;
  for (const { id } of lanes) writing.wake({ wake: 'lane', id });
}

type Paused = {
  id: string;
  laneId: string;
  view: string | null;
  subject: string | null;
  expiresAt: Date | null;
};

/**
 * The first that waits in the same lane as `id`, kept for the caller: another timer of the lane waits until that is
 * done, and gets the one after it.
 */
async function takeNextPaused(tx: Tx, coalitionId: CoalitionId, id: string): Promise<Paused | undefined> {
  const [next] = await tx.$queryRaw<Paused[]>`
    select "id"::text as "id", "laneId"::text as "laneId", "view", "subject", "expiresAt" from "Outgoing"
    where "coalitionId" = ${coalitionId}::uuid and "state" = 'paused'
      and "laneId" = (select "laneId" from "Outgoing" where "id" = ${id}::uuid)
    order by "position" limit 1 for update`;
  return next;
}

/**
 * The next post of the lane goes out: a live card as its subject is now. What is out of date or without a subject is
 * dropped. There is a timer for each post, and after an outage several come at once: whichever is first takes the first
 * post, so that they stay in their order.
 */
const release: TimedJob = {
  kind: releaseKind,
  async run({ writing, coalition, subject, tools }) {
    const { tx, now } = writing;
    if (await isPaused(tx, coalition.id)) return;
    // Taken before it is drawn: a change that comes in between waits for this row and marks it as stale.
    const post = await takeNextPaused(tx, coalition.id, subject);
    if (!post) return;
    const card =
      post.view === null ? undefined : await drawNow(tools, coalition, post.view, post.subject ?? '');
    const state = card === null || (post.expiresAt && post.expiresAt <= now) ? 'expired' : 'waiting';
    const fresh = card ? { card: card as unknown as Prisma.InputJsonValue } : {};
    await tx.outgoing.update({ where: { id: post.id }, data: { state, stale: false, ...fresh } });
    if (state === 'waiting') writing.wake({ wake: 'lane', id: post.laneId });
  },
};

/** Undefined when no feature draws it any more: then it goes out as it was written. */
async function drawNow(
  tools: Tools,
  coalition: Coalition,
  viewId: string,
  subject: string,
): Promise<Card | null | undefined> {
  const view = tools
    .features()
    .flatMap(({ views }) => views)
    .find(({ id }) => id === viewId);
  const { language, timeZone } = coalition;
  return view?.draw(subject, { tools, coalition, reader: { language, timeZone } });
}
