import { upkeepOf } from '../core/command.ts';
import type { Jobs, Tools, Wake } from '../core/ports.ts';
import { readRows } from '../database.ts';
import { mayRedraw } from '../identity/paused.ts';
import { noteOutage } from '../time/outage.ts';
import { aheadMs } from './timers.ts';

/** How many of each kind one sweep wakes; what is left waits for the next, so that a flood cannot choke it. */
const mostAtOnce = 1000;
const keepArrivalsMs = 7 * 86_400_000;
const keepDraftsMs = 7 * 86_400_000;
/** Exports hold what people asked for about themselves, and imports what somebody typed: neither is kept for good. */
const keepLongWorkMs = 7 * 86_400_000;

/**
 * Finds everything that is due and wakes a worker for it. Runs every minute and at start, in any number of
 * processes at once: waking twice does nothing twice. It is what makes losing the whole queue harmless.
 *
 * @param realNow the real clock, for lanes: they wait for platforms, which know no demo clock
 */
export async function sweep(tools: Tools, jobs: Jobs, realNow: Date): Promise<{ woken: number }> {
  const { database, clock } = tools;
  const now = clock.now();
  await noteOutage(database, realNow, now);
  const soon = new Date(now.getTime() + aheadMs);
  const dueTimers = await database.timer.findMany({
    where: { doneAt: null, dueAt: { lte: soon } },
    orderBy: { dueAt: 'asc' },
    take: mostAtOnce,
    select: { id: true, dueAt: true },
  });
  const waitingLanes = await readRows<{ id: string; openAt: Date }>(database, waitingLanesSql, [
    realNow,
    mostAtOnce,
  ]);
  const waitingWork = await database.longWork.findMany({
    where: { state: { in: ['waiting', 'running'] } },
    take: mostAtOnce,
    select: { id: true },
  });

  const wakes: [Wake, number][] = [
    ...dueTimers.map(({ id, dueAt }): [Wake, number] => [
      { wake: 'timer', id },
      dueAt.getTime() - now.getTime(),
    ]),
    ...waitingLanes.map(({ id, openAt }): [Wake, number] => [
      { wake: 'lane', id },
      openAt.getTime() - realNow.getTime(),
    ]),
    ...waitingWork.map(({ id }): [Wake, number] => [{ wake: 'long-work', id }, 0]),
  ];
  for (const [wake, delayMs] of wakes) await jobs.wake(wake, Math.max(0, delayMs));
  const upkept = await wakeUpkeep(tools, jobs, realNow);

  await database.arrival.deleteMany({
    where: { arrivedAt: { lt: new Date(now.getTime() - keepArrivalsMs) } },
  });
  await database.draft.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - keepDraftsMs) } } });
  await database.longWork.deleteMany({
    where: { endedAt: { lt: new Date(now.getTime() - keepLongWorkMs) } },
  });
  await database.heartbeat.upsert({
    where: { name: 'sweep' },
    create: { name: 'sweep', at: realNow },
    update: { at: realNow },
  });
  return { woken: wakes.length + upkept };
}

const waitingLanesSql = `
  select l."id"::text as "id", l."openAt" from "Lane" l
  where (l."leasedUntil" is null or l."leasedUntil" < $1) and l."id" in (
    select "laneId" from "Outgoing" where "state" in ('waiting', 'sending')
    union select "laneId" from "Posting" where "stale" and ${mayRedraw('"Posting"."laneId"')})
  order by l."openAt" limit $2`;

/** After everything that people wait for. */
async function wakeUpkeep(tools: Tools, jobs: Jobs, realNow: Date): Promise<number> {
  let woken = 0;
  for (const each of tools.features().flatMap((feature) => feature.upkeep)) {
    const due = (await each.listDue(tools, realNow)).slice(0, mostAtOnce);
    for (const id of due) await jobs.wake(upkeepOf(each.kind, id));
    woken += due.length;
  }
  return woken;
}
