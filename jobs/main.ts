import { type ConnectionOptions, createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Jobs, Log, Wake } from '../src/core/ports.ts';
import { SturdyClient } from '../src/core/sturdy-client.ts';
import { unreachable } from '../src/core/unreachable.ts';
import { within } from '../src/core/within.ts';
import { makeLines } from './lines.ts';

/**
 * The queue: BullMQ on PostgreSQL, or on Redis when there is an address for it. It only wakes workers; what is
 * due stands in the database, so a lost queue loses nothing.
 */
type QueueSettings = {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** Keeps tests that share a server apart. */
  readonly name?: string;
  /** How often what is due is looked for: every minute, unless it says otherwise. */
  readonly sweepEveryMs?: number;
};

export type OpenQueue = Jobs & {
  /** Runs `work` for every wake, and `sweep` at once and from then on. */
  startWorker(handlers: {
    concurrency: number;
    work(what: Wake): Promise<{ againInMs: number } | null>;
    sweep(): Promise<void>;
  }): Promise<void>;
  /** Jobs that are being worked on or are due now, and wakes that are on their way. */
  countBusy(): Promise<number>;
  /** Throws when the queue's server does not answer. */
  ping(): Promise<void>;
  metrics(): Promise<string>;
  close(deadlineMs: number): Promise<void>;
};

type Data = { wake: Wake['wake'] | 'sweep'; id: string };

const usualSweepMs = 60_000;
/** A schedule whose next time is further away than so many rounds, either way, is made anew. */
const mostSweepsApart = 3;
/** A job's own failures: a timer that keeps failing is also found by every sweep, so few tries are enough. */
const attempts = 3;
/** Crashes of a worker that a job survives. BullMQ's own default of 1 fails a job on the second crash. */
const maxStalledCount = 1000;
/** A living worker renews its jobs' locks every half of this; a dead one's jobs are free again soon after. */
const lockDuration = 20_000;
const stalledInterval = 10_000;
/** Long enough for a Redis that starts at the same time. */
const reachWithinMs = 15_000;

export async function openQueue(settings: QueueSettings, log: Log): Promise<OpenQueue> {
  const name = settings.name ?? 'common-thread';
  const sweepEveryMs = settings.sweepEveryMs ?? usualSweepMs;
  const backend = settings.redisUrl === null ? createPostgresBackend : undefined;
  const connections: Redis[] = [];

  if (settings.redisUrl === null) await migrateQueue(settings.databaseUrl);

  function connect(): ConnectionOptions {
    if (settings.redisUrl === null)
      return { connectionString: settings.databaseUrl, max: 5, Client: SturdyClient } as ConnectionOptions;
    const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: null });
    redis.on('error', (error) => log.warn({ error }, 'queue.redis'));
    connections.push(redis);
    return redis as unknown as ConnectionOptions;
  }

  const connection = connect();
  if (connection instanceof Redis) await reachRedis(settings.redisUrl ?? '', connection);
  const queue = new Queue<Data>(name, { connection }, backend as never);
  queue.on('error', (error) => log.warn({ error }, 'queue.error'));
  let worker: Worker<Data> | null = null;
  let watch: NodeJS.Timeout | null = null;

  async function add(what: Wake, delayMs: number): Promise<void> {
    await queue.add(
      what.wake,
      { wake: what.wake, id: what.id },
      {
        delay: Math.ceil(delayMs),
        attempts,
        backoff: { type: 'exponential', delay: 1000 },
        removeOnComplete: true,
        removeOnFail: { age: 86_400, count: 1000 },
        // One job per target waits at a time; a wake that comes while it is at work makes it run once more.
        deduplication: {
          id: `${what.wake}-${what.id}-${delayMs > 0 ? 'later' : 'now'}`,
          keepLastIfActive: true,
          replace: delayMs > 0,
        },
      },
    );
  }

  async function schedule(): Promise<void> {
    await queue.upsertJobScheduler(
      'sweep',
      { every: sweepEveryMs },
      {
        name: 'sweep',
        data: { wake: 'sweep', id: 'sweep' },
        opts: { removeOnComplete: true, removeOnFail: 10 },
      },
    );
  }

  /**
   * A flushed Redis has forgotten the schedule too, without any error: nothing would ever be looked for again. And a
   * worker whose clock is wrong schedules the next time by that.
   */
  async function ensureScheduled(sweep: () => Promise<void>): Promise<void> {
    const standing = await queue.getJobScheduler('sweep');
    const apartMs = Math.abs((standing?.next ?? 0) - Date.now());
    if (apartMs <= mostSweepsApart * sweepEveryMs) return;
    if (standing) await queue.removeJobScheduler('sweep');
    await schedule();
    await sweep();
  }

  const lines = makeLines(add);
  const wake = (what: Wake, delayMs = 0) => lines.wake(what, delayMs);

  return {
    wake,

    async startWorker({ concurrency, work, sweep }) {
      worker = new Worker<Data>(
        name,
        async (job) => {
          const { wake: kind, id } = job.data;
          if (kind === 'sweep') return sweep();
          const what: Wake = { wake: kind, id };
          const again = await work(what);
          if (again) await wake(what, again.againInMs);
        },
        { connection: connect(), concurrency, maxStalledCount, lockDuration, stalledInterval, drainDelay: 5 },
        backend as never,
      );
      worker.on('error', (error) => log.warn({ error }, 'worker.error'));
      worker.on('failed', (job, error) =>
        log.warn({ error, job: job?.name, id: job?.data.id }, 'worker.failed'),
      );
      await worker.waitUntilReady();
      await Promise.all([schedule(), sweep()]);
      watch = setInterval(
        () => void ensureScheduled(sweep).catch((error) => log.warn({ error }, 'sweep.unsure')),
        sweepEveryMs,
      );
    },

    async countBusy() {
      const counts = await queue.getJobCounts('active', 'waiting');
      return (counts.active ?? 0) + (counts.waiting ?? 0) + lines.count();
    },

    async ping() {
      await queue.getJobCounts('waiting');
    },

    metrics: () => queue.exportPrometheusMetrics(),

    async close(deadlineMs) {
      if (watch) clearInterval(watch);
      if (worker) await closeWithin(worker, deadlineMs);
      // A server that does not answer takes no wake, and the sweep of the next start finds what is due.
      await within(lines.settled(), deadlineMs);
      await within(queue.close(), deadlineMs);
      for (const connection of connections) connection.disconnect();
    },
  };
}

/** Throws an `UnreachableError` when no Redis answers. */
async function reachRedis(url: string, redis: Redis): Promise<void> {
  let error: unknown = new Error('no answer');
  redis.on('error', (newest) => {
    error = newest;
  });
  try {
    if ((await within(redis.ping(), reachWithinMs)) !== 'late') return;
  } catch (refused) {
    error = refused;
  }
  redis.disconnect();
  const otherwise = 'remove REDIS_URL: the queue is then kept in PostgreSQL.';
  throw unreachable({ setting: 'REDIS_URL', server: 'Redis', url, error, otherwise });
}

/** Lets running jobs finish until the deadline; then their locks run out and another worker takes them. */
async function closeWithin(worker: Worker, deadlineMs: number): Promise<void> {
  if ((await within(worker.close(), deadlineMs)) === 'late') await worker.close(true);
}

async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new SturdyClient({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
