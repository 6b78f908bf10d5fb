import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDatabase } from '../support/database.ts';
import { freePort } from '../support/redis.ts';
import { type RunningBot, runBot } from '../support/run-bot.ts';
import { until } from '../support/until.ts';

/** What somebody sees who starts the bot with an address that does not work. */
let database: Awaited<ReturnType<typeof makeDatabase>>;
let bot: RunningBot | null = null;

beforeEach(async () => {
  database = await makeDatabase();
});
afterEach(async () => {
  await bot?.end();
  await database.drop();
});

test('a PostgreSQL that does not answer is named with its setting, without its password', async () => {
  const port = await freePort();
  bot = runBot({ RUN: 'console,jobs', DATABASE_URL: `postgresql://ana:s3cret@127.0.0.1:${port}/ours` });
  expect(await bot.url).toBeNull();
  expect(bot.child.exitCode).toBe(1);
  expect(bot.output()).toContain(`DATABASE_URL: PostgreSQL cannot be used at 127.0.0.1:${port} (`);
  expect(bot.output()).toContain('ECONNREFUSED');
  expect(bot.output()).not.toMatch(/s3cret|node_modules/);
}, 60_000);

test('a Redis that does not answer is named with its setting, without its password', async () => {
  const port = await freePort();
  const redisUrl = `redis://:s3cret@127.0.0.1:${port}`;
  bot = runBot({ RUN: 'console,jobs', DATABASE_URL: database.url, REDIS_URL: redisUrl });
  expect(await bot.url).toBeNull();
  expect(bot.child.exitCode).toBe(1);
  expect(bot.output()).toContain(`REDIS_URL: Redis cannot be used at 127.0.0.1:${port} (`);
  expect(bot.output()).not.toMatch(/s3cret|node_modules/);
}, 60_000);

test('whoever stops the bot while it waits for Redis is obeyed at once', async () => {
  const redisUrl = `redis://127.0.0.1:${await freePort()}`;
  bot = runBot({ RUN: 'console,jobs', DATABASE_URL: database.url, REDIS_URL: redisUrl });
  const { output, child } = bot;
  await until('it looks for Redis', () => output().includes('queue.redis'), 30_000);
  child.kill('SIGTERM');
  await until('it has ended', () => child.exitCode !== null, 5_000);
  expect(child.exitCode).toBe(0);
}, 60_000);

test('a port that another program has is named with its setting', async () => {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const { port } = other.address() as AddressInfo;
  bot = runBot({ RUN: 'console,jobs', DATABASE_URL: database.url, WEB_PORT: String(port) });
  expect(await bot.url).toBeNull();
  expect(bot.child.exitCode).toBe(1);
  expect(bot.output()).toContain(`WEB_PORT: another program listens on port ${port}.`);
  expect(bot.output()).not.toContain('node_modules');
  other.close();
}, 60_000);
