import { type OpenQueue, openQueue } from './jobs/main.ts';
import type { Feature } from './src/core/command.ts';
import { type Dispatch, makeDispatch } from './src/core/dispatch.ts';
import type { Groups } from './src/core/groups.ts';
import type { Clock, Log, Messenger, Tools, Wake } from './src/core/ports.ts';
import type { PlatformName } from './src/core/who.ts';
import { closeDatabase, type Database, openDatabase } from './src/database.ts';
import { delivery } from './src/delivery/delivery.ts';
import { makePausedPosts } from './src/delivery/pausing.ts';
import { sendLane } from './src/delivery/send-lane.ts';
import { makeArrivals } from './src/identity/arrive.ts';
import { staffTasks } from './src/identity/staff-tasks.ts';
import { makeLongWork } from './src/long-work/long-work.ts';
import { makeOutreach } from './src/outreach/outreach.ts';
import { openSharedClock } from './src/time/shared-clock.ts';
import { type Fired, fireTimer } from './src/timers/fire.ts';
import { sweep } from './src/timers/sweep.ts';
import { timers } from './src/timers/timers.ts';
import { makeTools } from './src/tools.ts';

/** The bot without its platforms: what `main.ts` and the tests both start from. */
export type Bot = {
  readonly database: Database;
  readonly dispatch: Dispatch;
  readonly tools: Tools;
  readonly queue: OpenQueue;
  /** Finds what is due and wakes workers for it, now instead of within the minute. */
  sweep(): Promise<{ woken: number }>;
  /** Lets one timer happen if it is due, here and now: for whoever moves a clock by hand. */
  fire(timerId: string): Promise<Fired>;
  startWorker(
    messengers: readonly Messenger[],
    concurrency: number,
    groups?: readonly Groups[],
  ): Promise<void>;
  /** Finishes what is being done, for at most `deadlineMs`, and closes every connection. */
  close(deadlineMs: number): Promise<void>;
};

export async function openBot(of: {
  databaseUrl: string;
  redisUrl: string | null;
  queueName?: string;
  /**
   * The coalition's clock, where it is not simply the real one. With `refresh`, asked before every job, it takes over
   * what another process made of it.
   */
  clock?(database: Database, realClock: Clock): Clock & { refresh?(): Promise<void> };
  log: Log;
  features: readonly Feature[];
  /** How often a worker looks for everything that is due; every minute, unless it says otherwise. */
  sweepEveryMs?: number;
  /** Most connections to the database. */
  poolSize?: number;
}): Promise<Bot> {
  const { log } = of;
  const database = openDatabase(of.databaseUrl, of.poolSize);
  const realClock = await openSharedClock(database);
  const ownClock = of.clock?.(database, realClock);
  const clock = ownClock ?? realClock;
  const { databaseUrl, redisUrl } = of;
  const queue = await openQueue(
    {
      databaseUrl,
      redisUrl,
      ...(of.queueName ? { name: of.queueName } : {}),
      ...(of.sweepEveryMs ? { sweepEveryMs: of.sweepEveryMs } : {}),
    },
    log,
  );

  const paused = makePausedPosts(timers);
  const door = makeOutreach({
    delivery,
    posts: paused.posts,
    timers,
    staffTasks,
    async unreachable(writing, coalition, memberId) {
      for (const { adds } of features) await adds.unreachable?.({ writing, coalition, memberId, tools });
    },
  });
  const longWork = makeLongWork(delivery, () => features);
  const features: readonly Feature[] = [...of.features, longWork.feature, door.feature];
  const tools = makeTools({
    database,
    clock,
    realClock,
    log,
    jobs: queue,
    outreach: door.outreach,
    longWork: longWork.longWork,
    features,
  });
  const arrivals = makeArrivals(database, clock, log);
  const dispatch = makeDispatch(features, arrivals, tools);

  const timedJobs = [...door.jobs, ...paused.jobs, ...features.flatMap((feature) => feature.jobs)];
  const jobsByKind = new Map(timedJobs.map((job) => [job.kind, job]));
  const upkeepByKind = new Map(
    features.flatMap((feature) => feature.upkeep).map((each) => [each.kind, each]),
  );
  const views = new Map(features.flatMap((feature) => feature.views).map((view) => [view.id, view]));
  async function runSweep() {
    await ownClock?.refresh?.();
    return sweep(tools, queue, realClock.now());
  }

  return {
    database,
    dispatch,
    tools,
    queue,
    sweep: runSweep,
    fire: (timerId) => fireTimer(timerId, jobsByKind, tools),

    async startWorker(messengers, concurrency, groups = []) {
      const byPlatform = new Map<PlatformName, Messenger>(messengers.map((each) => [each.platform, each]));
      const sending = { tools, messengers: byPlatform, views, realNow: realClock.now, failing: new Map() };

      const groupsBy = new Map<PlatformName, Groups>(groups.map((each) => [each.platform, each]));

      async function work(what: Wake): Promise<{ againInMs: number } | null> {
        await ownClock?.refresh?.();
        switch (what.wake) {
          case 'lane':
            return sendLane(what.id, sending);
          case 'timer': {
            const fired = await fireTimer(what.id, jobsByKind, tools);
            // One that was moved later is woken again by whoever moved it, or by the sweep.
            return typeof fired === 'object' && fired.waitMs < 60_000 ? { againInMs: fired.waitMs } : null;
          }
          case 'long-work':
            await longWork.run(what.id, tools);
            return null;
          case 'upkeep': {
            const [kind = '', id = ''] = what.id.split('/');
            await upkeepByKind.get(kind)?.run(id, { tools, groups: groupsBy, realNow: realClock.now() });
            return null;
          }
          default:
            return what satisfies never;
        }
      }
      await queue.startWorker({ concurrency, work, sweep: async () => void (await runSweep()) });
    },

    async close(deadlineMs) {
      await queue.close(deadlineMs);
      await arrivals.stop();
      realClock.close();
      await closeDatabase(database);
    },
  };
}
