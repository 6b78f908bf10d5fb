import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDatabase } from '../support/database.ts';
import { freePort } from '../support/redis.ts';
import { type RunningBot, runBot } from '../support/run-bot.ts';
import { deliverBySocket } from '../support/slack/deliver.ts';
import { openSlackPeer } from '../support/slack/peer.ts';
import { makeSlackPerson } from '../support/slack/person.ts';
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

test('while Discord is out of reach, people on Slack are answered, and health says who is away', async () => {
  const slack = await openSlackPeer();
  slack.channels.set('C0GENERAL1', { name: 'general', member: true, archived: false });
  bot = runBot({
    RUN: 'slack,discord,jobs',
    DATABASE_URL: database.url,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: 'xoxb-good',
    SLACK_APP_TOKEN: 'xapp-good',
    DISCORD_TOKEN: 'a-token',
    DISCORD_API_URL: `http://127.0.0.1:${await freePort()}/api`,
  });
  const url = await bot.url;
  expect(bot.output()).toContain('Discord is out of reach');
  await slack.until(() => slack.socketCount() > 0, 'the bot to listen');
  const ana = makeSlackPerson({
    name: 'Ana',
    peer: slack,
    deliver: deliverBySocket(slack),
    channel: 'C0GENERAL1',
  });
  await ana.says('/coalition help');
  const [answer] = await slack.until(() => ana.screen().length > 0 && ana.screen(), 'the answer');
  expect(answer?.private).toBe(true);
  const health = await fetch(`${url}/healthz`);
  expect(await health.json()).toMatchObject({ healthy: true, away: ['discord'] });
  await bot.end();
  await slack.close();
}, 60_000);
