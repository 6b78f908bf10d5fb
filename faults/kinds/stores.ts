import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { processNames } from '../fleet.ts';
import type { FaultKind, Striking } from './kind.ts';

const databaseKinds: readonly FaultKind[] = [
  {
    name: 'PostgreSQL: connections of a process are cut',
    weight: 4,
    async strike({ stage, random, happened }) {
      const name = random.pick(processNames);
      const ended = await stage.server.rows(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
        [name],
      );
      if (ended.length > 0) happened();
    },
  },
  {
    name: 'PostgreSQL: restarted',
    weight: 2,
    mostInHundred: 3,
    strike: (of) => stop(of, 'restart'),
  },
  {
    name: 'PostgreSQL: killed',
    weight: 2,
    mostInHundred: 2,
    strike: (of) => stop(of, 'kill'),
  },
];

async function stop({ stage, happened }: Striking, how: 'kill' | 'restart'): Promise<void> {
  stage.server.stop(how);
  happened();
  await sleep(500);
  await stage.server.rows('select 1');
}

const fullDiskKind: FaultKind = {
  name: 'PostgreSQL: its disk is full',
  weight: 2,
  mostInHundred: 2,
  async strike({ stage, random, happened }) {
    const empty = stage.server.fillDisk();
    try {
      // The log of changes needs a new file now, and there is no room for one.
      const holder = await stage.server.connect().catch(() => null);
      await holder
        ?.query('select pg_logical_emit_message(true, $1, repeat($1, 17000000))', ['f'])
        .catch(() => {});
      await holder?.end().catch(() => {});
      happened();
      await sleep(random.between(300, 2_000));
    } finally {
      empty();
    }
    await stage.server.rows('select 1');
  },
};

const redisKinds: readonly FaultKind[] = [
  {
    name: 'Redis: flushed',
    weight: 3,
    mostInHundred: 4,
    async strike({ stage, happened }) {
      if (!stage.redis) return;
      const redis = new Redis(stage.redis.url, { maxRetriesPerRequest: 1, retryStrategy: () => null });
      redis.on('error', () => {});
      const flushed = await redis.flushall().catch(() => null);
      redis.disconnect();
      if (flushed === 'OK') happened();
    },
  },
  {
    name: 'Redis: killed and started again',
    weight: 3,
    mostInHundred: 3,
    async strike({ stage, random, happened }) {
      if (!stage.redis) return;
      await stage.redis.kill();
      happened();
      await sleep(random.between(100, 1_500));
      await stage.redis.start();
    },
  },
];

/** One at a time: two at once would only hide each other. */
export function storeKinds(of: { hasRedis: boolean; hasSmallDisk: boolean }): readonly FaultKind[] {
  return [...databaseKinds, ...(of.hasSmallDisk ? [fullDiskKind] : []), ...(of.hasRedis ? redisKinds : [])];
}
