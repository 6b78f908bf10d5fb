import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { type OpenQueue, openQueue } from '../../jobs/main.ts';
import { newId } from '../../src/core/ids.ts';
import type { Wake } from '../../src/core/ports.ts';
import { makeDatabase } from '../support/database.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { silentLog } from '../support/silent-log.ts';
import { until } from '../support/until.ts';

const redisBinary = inject('redisBinary');

describe.each([
  { on: 'PostgreSQL', skip: false },
  { on: 'Redis', skip: redisBinary === null },
])('the queue on $on', ({ on, skip }) => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  let redis: RedisServer | null = null;
  let queue: OpenQueue;
  const worked: Wake[] = [];
  let sweeps = 0;
  let next: (what: Wake) => Promise<{ againInMs: number } | null> = async () => null;

  const times = (id: string) => worked.filter((what) => what.id === id).length;
  const lane = (): Wake => ({ wake: 'lane', id: newId() });

  beforeAll(async () => {
    if (skip) return;
    database = await makeDatabase();
    if (on === 'Redis' && redisBinary) redis = await startRedis(redisBinary);
    const settings = { databaseUrl: database.url, redisUrl: redis?.url ?? null, sweepEveryMs: 1_000 };
    queue = await openQueue(settings, silentLog);
    await queue.startWorker({
      concurrency: 4,
      work: async (what) => {
        worked.push(what);
        return next(what);
      },
      sweep: async () => {
        sweeps += 1;
      },
    });
  });
  afterAll(async () => {
    await queue?.close(1000);
    await redis?.remove();
    await database?.drop();
  });

  test.skipIf(skip)('the sweep runs once at the start, before anything else is asked of the worker', () => {
    expect(sweeps).toBeGreaterThanOrEqual(1);
  });

  test.skipIf(skip || on !== 'Redis')(
    'what is due is looked for again after Redis forgot everything',
    async () => {
      const client = new Redis(redis?.url ?? '');
      await client.flushall();
      client.disconnect();
      const before = sweeps;
      await until('it was looked for again', () => sweeps > before, 20_000);
      // And from then on, not only once.
      await until('and once more', () => sweeps > before + 2, 20_000);
    },
  );

  test.skipIf(skip)('what is due is looked for again after the clock of the machine was wrong', async () => {
    const rightNow = Date.now;
    const wrong = vi.spyOn(Date, 'now').mockImplementation(() => rightNow() + 3_600_000);
    let before = sweeps;
    await until('it is looked for by the wrong clock', () => sweeps > before + 2, 20_000);
    wrong.mockRestore();
    before = sweeps;
    await until('and by the right one', () => sweeps > before + 2, 20_000);
  });

  test.skipIf(skip)('a wake is worked on once', async () => {
    const what = lane();
    await queue.wake(what);
    await until('it is worked on', () => times(what.id) === 1);
    await until('the queue is empty', async () => (await queue.countBusy()) === 0);
    expect(times(what.id)).toBe(1);
  });

  test.skipIf(skip)('a wake for later comes later, and a nearer one takes its place', async () => {
    const what = lane();
    await queue.wake(what, 3_600_000);
    await queue.wake(what, 50);
    await until('the nearer one is worked on', () => times(what.id) === 1);
  });

  test.skipIf(skip)('a wake that comes while its target is at work makes it run once more', async () => {
    const what = lane();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    next = async ({ id }) => {
      if (id === what.id && times(id) === 1) await held;
      return null;
    };
    await queue.wake(what);
    await until('it is at work', () => times(what.id) === 1);
    for (let i = 0; i < 20; i += 1) await queue.wake(what);
    release();
    await until('it ran again', () => times(what.id) === 2);
    await until('the queue is empty', async () => (await queue.countBusy()) === 0);
    expect(times(what.id)).toBe(2);
  });

  test.skipIf(skip)('work that asks to come again comes again', async () => {
    const what = lane();
    next = async ({ id }) => (id === what.id && times(id) < 3 ? { againInMs: 20 } : null);
    await queue.wake(what);
    await until('it came three times', () => times(what.id) === 3);
  });

  test.skipIf(skip)('work that fails is tried again', async () => {
    const what = lane();
    next = async ({ id }) => {
      if (id === what.id && times(id) === 1) throw new Error('once');
      return null;
    };
    await queue.wake(what);
    await until('it was tried again', () => times(what.id) === 2);
  });
});
