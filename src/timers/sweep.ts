import { upkeepOf } from '../core/command.ts';
import type { Jobs, Tools } from '../core/ports.ts';
import { readRows } from '../database.ts';
import { mayRedraw } from '../identity/paused.ts';
import { noteOutage } from '../time/outage.ts';
import { aheadMs } from './timers.ts';

/** How many of each kind are looked up at once. */
const mostAtOnce = 1000;
/** How often one sweep looks for more; what is left then waits for the next, so that a flood cannot choke it. */
const mostPages = 50;
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
  const timers = await eachPage<DueTimer>(
    (after = firstTimer) => listDueTimers(tools, soon, after),
    ({ id, dueAt }) => jobs.wake({ wake: 'timer', id }, Math.max(0, dueAt.getTime() - now.getTime())),
  );
  const lanes = await eachPage<WaitingLane>(
    (after) => listWaitingLanes(tools, realNow, after?.id ?? firstId),
    ({ id, openAt }) => jobs.wake({ wake: 'lane', id }, Math.max(0, openAt.getTime() - realNow.getTime())),
  );
  const waitingWork = await database.longWork.findMany({
    where: { state: { in: ['waiting', 'running'] } },
    take: mostAtOnce,
    select: { id: true },
  });

  for (const { id } of waitingWork) await jobs.wake({ wake: 'long-work', id });
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
  return { woken: timers + lanes + waitingWork.length + upkept };
}

/** Page after page, each beginning after the last row of the one before. Gives how many rows there were. */
async function eachPage<Row>(
  list: (after?: Row) => Promise<readonly Row[]>,
  take: (row: Row) => Promise<void>,
): Promise<number> {
  let count = 0;
  let after: Row | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const rows = await list(after);
    await Promise.all(rows.map(take));
    count += rows.length;
    after = rows.at(-1);
    if (rows.length < mostAtOnce) break;
  }
  return count;
}

type DueTimer = { readonly id: string; readonly dueAt: Date };
type WaitingLane = { readonly id: string; readonly openAt: Date };
/** Before every row there can be. */
const firstId = '00000000-0000-0000-0000-000000000000';
const firstTimer: DueTimer = { id: firstId, dueAt: new Date(0) };

/** Whatever is due first comes first. */
function listDueTimers({ database }: Tools, until: Date, after: DueTimer): Promise<DueTimer[]> {
  return database.$queryRaw<DueTimer[]>`
    select "id", "dueAt" from "Timer"
    where "doneAt" is null and "dueAt" <= ${until} and ("dueAt", "id") > (${after.dueAt}, ${after.id}::uuid)
    order by "dueAt", "id" limit ${mostAtOnce}`;
}

function listWaitingLanes({ database }: Tools, realNow: Date, after: string): Promise<WaitingLane[]> {
  return readRows(database, waitingLanesSql, [realNow, mostAtOnce, after]);
}

const waitingLanesSql = `
  select l."id"::text as "id", l."openAt" from "Lane" l
  where l."id" > $3::uuid and (l."leasedUntil" is null or l."leasedUntil" < $1) and l."id" in (
    select "laneId" from "Outgoing" where "state" in ('waiting', 'sending')
    union select "laneId" from "Posting" where "stale"
      and ("redrawAt" is null or "redrawAt" <= $1) and ${mayRedraw('"Posting"."laneId"')})
  order by l."id" limit $2`;

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
