// How the bot bears growth on one machine: commands, deliveries, timed jobs and memory with 1, 100 and 1,000 coalitions
// of 60 partners; two job workers against one; the queue on Redis against PostgreSQL; a hundred times the history against
// what there is. Every figure is a share of another one of the same run: 1 is as fast as before. The platforms take
// everything at once, so that what is measured is ours.
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type Bot, openBot } from '../bot.ts';
import { features } from '../src/features/all.ts';
import { makeLog } from '../src/log.ts';
import { findRedis, type RedisServer, startRedis } from '../test/support/redis.ts';
import { openBenchDatabase } from './support/bench-database.ts';
import { openCommandsPeer } from './support/commands-peer.ts';
import { interactionOf } from './support/discord-interaction.ts';
import {
  growHistory,
  listConfirming,
  partnersEach,
  writeCoalitions,
  writeTimers,
  writeWaiting,
} from './support/load-coalitions.ts';
import { tickKind } from './support/load-worker.ts';

const sizes = [1, 100, 1000] as const;
const together = 16;
const commandsPerRound = 800;
const itemsPerRound = 3000;
const rounds = 3;
const giveUpMs = 180_000;
/** Coalitions of the comparison of workers and of queues. */
const usualSize = 100;
const times = 100;

/** A second delivery of the same interaction would not be answered, so each has a number of its own. */
let made = 0;

type Place = { readonly url: string; readonly client: pg.Client };
type Figures = {
  readonly writes: number;
  readonly reads: number;
  readonly deliveries: number;
  readonly jobs: number;
  readonly memoryMb: number;
};

const parts = { sizes: measureSizes, workers: compareWorkers, history: measureHistory };

/** @param chosen which parts; all of them, when none is named */
export async function run(chosen: readonly string[]): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, measurePart] of Object.entries(parts)) {
    if (chosen.length === 0 || chosen.includes(name)) Object.assign(found, await inPlace(measurePart));
  }
  return found;
}

async function measureSizes(place: Place): Promise<Record<string, unknown>> {
  const found = new Map<number, Figures>();
  let written = 0;
  for (const size of sizes) {
    await writeCoalitions(place.client, written + 1, size);
    written = size;
    found.set(size, await measure(place, size));
    console.log(`${size} coalitions: ${say(found.get(size) as Figures)}`);
  }
  const [one, ...more] = sizes.map((size) => found.get(size) as Figures);
  const share = (of: keyof Figures) =>
    Object.fromEntries(
      more.map((each, at) => [sizes[at + 1], round(each[of] / (one as Figures)[of])] as const),
    );
  return {
    writesShare: share('writes'),
    readsShare: share('reads'),
    deliveriesShare: share('deliveries'),
    jobsShare: share('jobs'),
    memoryShare: share('memoryMb'),
  };
}

/** One worker, two, and one whose queue is in Redis, one after the other on the same database. */
async function compareWorkers(place: Place): Promise<Record<string, unknown>> {
  await writeCoalitions(place.client, 1, usualSize);
  const binary = findRedis();
  const redis = binary ? await startRedis(binary) : null;
  if (!redis) console.log('There is no redis-server on this machine, so the queue on Redis is NOT measured.');
  const one = await measureWork(place, usualSize, 1, null);
  const two = await measureWork(place, usualSize, 2, null);
  const onRedis = redis ? await measureWork(place, usualSize, 1, redis) : null;
  await redis?.remove();
  const over = (each: Work | null) =>
    each && { deliveries: round(each.deliveries / one.deliveries), jobs: round(each.jobs / one.jobs) };
  return { twoWorkersOverOne: over(two), redisOverPostgres: over(onRedis) };
}

async function measureHistory(place: Place): Promise<Record<string, unknown>> {
  await writeCoalitions(place.client, 1, 1);
  const before = await measure(place, 1);
  const rows = await growHistory(place.client, times);
  const after = await measure(place, 1);
  console.log(`${times} times the history, ${rows} rows of it: ${say(after)}; before: ${say(before)}`);
  const keys = ['writes', 'reads', 'deliveries', 'jobs'] as const;
  return {
    with100TimesTheData: Object.fromEntries(keys.map((key) => [key, round(after[key] / before[key])])),
  };
}

async function measure(place: Place, size: number): Promise<Figures> {
  const commands = await measureCommands(place, size);
  return { ...commands, ...(await measureWork(place, size, 1, null)) };
}

/** Discord interactions to a finished answer, each by another person and coalition, 16 at once. */
async function measureCommands({ url, client }: Place, size: number) {
  const peer = await openCommandsPeer('bench.load');
  const bot = await start('commands-server', ['bot', url, peer.url, peer.token]);
  await peer.connected;
  const people = await listConfirming(client, Math.min(size, 1000));

  async function load(kind: 'read' | 'write', count: number): Promise<number> {
    let left = count;
    const began = performance.now();
    async function one(): Promise<void> {
      while (left > 0) {
        left -= 1;
        made += 1;
        const person = people[made % people.length];
        if (!person) return;
        const interaction = interactionOf(kind, person, made, person.guild);
        const ended = peer.wait(interaction.token);
        peer.dispatch('INTERACTION_CREATE', interaction);
        await ended;
      }
    }
    await Promise.all(Array.from({ length: together }, one));
    return (count / (performance.now() - began)) * 1000;
  }

  const figures = { writes: [] as number[], reads: [] as number[] };
  for (let turn = 0; turn <= rounds; turn += 1) {
    const [writes, reads] = [await load('write', commandsPerRound), await load('read', commandsPerRound)];
    // The first round warms everything up.
    if (turn > 0) {
      figures.writes.push(writes);
      figures.reads.push(reads);
    }
  }
  const memoryMb = residentMb(bot);
  await stop(bot);
  await peer.close();
  return { writes: median(figures.writes), reads: median(figures.reads), memoryMb };
}

type Work = { readonly deliveries: number; readonly jobs: number };

/** Messages and timed jobs that wait when the workers are told of them, until none waits any more. */
async function measureWork(
  { url, client }: Place,
  size: number,
  workers: number,
  redis: RedisServer | null,
): Promise<Work> {
  const queueName = `bench-${Math.random().toString(36).slice(2)}`;
  const redisUrl = redis?.url ?? null;
  const log = makeLog('fatal');
  const bot = await openBot({ databaseUrl: url, redisUrl, queueName, log, features });
  const started = await Promise.all(
    Array.from({ length: workers }, () => start('load-worker', [url, redisUrl ?? '', queueName])),
  );
  const deliveries: number[] = [];
  const jobs: number[] = [];
  for (let turn = 0; turn <= rounds; turn += 1) {
    const name = `${queueName} ${turn}`;
    await writeWaiting(client, name, size, itemsPerRound);
    const sent = await perSecond(bot, () =>
      countRows(client, `"Outgoing" where "state" in ('waiting', 'sending')`),
    );
    await writeTimers(client, name, tickKind, size, itemsPerRound);
    const done = await perSecond(bot, () =>
      countRows(client, `"Timer" where "doneAt" is null and "kind" = '${tickKind}'`),
    );
    if (turn > 0) {
      deliveries.push(sent);
      jobs.push(done);
    }
  }
  for (const each of started) await stop(each);
  await bot.close(5000);
  return { deliveries: median(deliveries), jobs: median(jobs) };
}

async function perSecond(bot: Bot, left: () => Promise<number>): Promise<number> {
  const began = performance.now();
  await bot.sweep();
  while ((await left()) > 0) {
    if (performance.now() - began > giveUpMs) throw new Error(`Something still waits after ${giveUpMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return (itemsPerRound / (performance.now() - began)) * 1000;
}

async function countRows(client: pg.Client, from: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as "count" from ${from}`);
  return rows[0]?.count ?? 0;
}

async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const database = await openBenchDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return await work({ url: database.url, client });
  } finally {
    await client.end();
    await database.close();
  }
}

async function start(server: string, options: readonly string[]): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, 'support', `${server}.js`), options);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${server} ended with ${code}`)));
  });
  return child;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function residentMb({ pid }: ChildProcess): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const say = ({ writes, reads, deliveries, jobs, memoryMb }: Figures) =>
  `${Math.round(writes)} writing and ${Math.round(reads)} reading commands, ${Math.round(deliveries)} deliveries, ${Math.round(jobs)} timed jobs a second; the bot holds ${memoryMb} MB (${partnersEach} partners each)`;
const round = (value: number) => Math.round(value * 1000) / 1000;
