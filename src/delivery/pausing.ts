import type { Card } from '../core/card.ts';
import type { TimedJob } from '../core/command.ts';
import type { CoalitionId } from '../core/ids.ts';
import type { Tools, Writing } from '../core/ports.ts';
import type { Coalition } from '../core/who.ts';
import type { Prisma, Tx } from '../database.ts';

/** Posts to channels while all is paused: each waits in its lane, and goes out afterwards one by one or not at all. */

export const releaseKind = 'delivery.release';

/** Whoever pauses waits for what is being posted at this moment, so that nothing slips past the pause. */
export async function isPaused(tx: Tx, coalitionId: CoalitionId): Promise<boolean> {
  const rows = await tx.$queryRaw<{ paused: boolean }[]>`
    select "pausedAt" is not null as "paused" from "Attention"
    where "coalitionId" = ${coalitionId}::uuid for share`;
  return rows[0]?.paused ?? false;
}

/** What a lane already holds and nobody asked for just now stays in it. */
export async function pausePosts({ tx }: Writing, coalitionId: CoalitionId): Promise<void> {
  await tx.outgoing.updateMany({
    where: { coalitionId, byItself: true, state: 'waiting' },
    data: { state: 'paused' },
  });
}

/** Drops what is out of date, and gives the rest with each one's place in its own lane. */
export async function listPaused(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
): Promise<{ posts: { id: string; index: number; of: number }[]; outdated: number }> {
  const outdated = await tx.outgoing.updateMany({
    where: { coalitionId, state: 'paused', expiresAt: { lte: now } },
    data: { state: 'expired' },
  });
  const posts = await tx.$queryRaw<{ id: string; index: number; of: number }[]>`
    select "id"::text as "id", (row_number() over lane - 1)::int as "index",
      (count(*) over (partition by "laneId"))::int as "of"
    from "Outgoing" where "coalitionId" = ${coalitionId}::uuid and "state" = 'paused'
    window lane as (partition by "laneId" order by "position")`;
  return { posts, outdated: outdated.count };
}

/** Cards in channels that changed meanwhile are drawn once, as they are now. */
export async function wakeStale(writing: Writing, coalitionId: CoalitionId): Promise<void> {
  const lanes = await writing.tx.$queryRaw<{ id: string }[]>`
    select distinct "laneId"::text as "id" from "Posting"
    where "coalitionId" = ${coalitionId}::uuid and "stale"`;
  for (const { id } of lanes) writing.wake({ wake: 'lane', id });
}

/** One post goes out: a live card as its subject is now. What is out of date or without a subject is dropped. */
export const release: TimedJob = {
  kind: releaseKind,
  async run({ writing, coalition, subject: id, tools }) {
    const { tx, now } = writing;
    if (await isPaused(tx, coalition.id)) return;
    const row = await tx.outgoing.findFirst({ where: { id, coalitionId: coalition.id, state: 'paused' } });
    if (!row) return;
    const card = row.view === null ? undefined : await drawNow(tools, coalition, row.view, row.subject ?? '');
    const state = card === null || (row.expiresAt && row.expiresAt <= now) ? 'expired' : 'waiting';
    const fresh = card ? { card: card as unknown as Prisma.InputJsonValue, stale: false } : {};
    await tx.outgoing.update({ where: { id }, data: { state, ...fresh } });
    if (state === 'waiting') writing.wake({ wake: 'lane', id: row.laneId });
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
