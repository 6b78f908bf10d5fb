import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDatabase } from '../support/database.ts';
import { type BotProcess, startBotProcess } from '../support/process.ts';
import { until } from '../support/until.ts';

/**
 * A process is killed at an exact point by holding a lock on the table it writes to next: it waits there, and is
 * killed while it waits.
 */
let database: Awaited<ReturnType<typeof makeDatabase>>;
let holder: pg.Client;
const running: BotProcess[] = [];
const folders: string[] = [];

beforeEach(async () => {
  database = await makeDatabase();
  holder = new pg.Client({ connectionString: database.url });
  holder.on('error', () => {});
  await holder.connect();
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot.end('SIGKILL');
  await holder.end().catch(() => {});
  await database.drop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<BotProcess> {
  const bot = await startBotProcess({ DATABASE_URL: database.url });
  running.push(bot);
  return bot;
}
async function rows<T>(sql: string): Promise<T[]> {
  return (await holder.query(sql)).rows as T[];
}
/** Whether a session of the bot is waiting for a lock on a table. */
const waitsFor = (table: string) => async () =>
  (await rows(`select from pg_locks where relation = '"${table}"'::regclass and not granted`)).length > 0;

const announcement = 'The reading tent comes to the summer fair.';

const say = (bot: BotProcess, text: string) =>
  bot.post('/api/say', { as: 'mara-quill', in: 'general', text });

/** Gives the coalition one thing to tell in a digest of its own time. */
async function sayAnnouncement(bot: BotProcess): Promise<void> {
  for (const text of ['/digest schedule thursday 09:00 #announcements', `/digest announce ${announcement}`]) {
    const result = await say(bot, text);
    if (result.result !== 'message') throw new Error(`${text}: ${JSON.stringify(result)}`);
  }
}

/** The same, and the moment at which that digest is due. */
async function announce(bot: BotProcess): Promise<string> {
  await sayAnnouncement(bot);
  const [timer] = await rows<{ dueAt: Date }>(
    `select "dueAt" from "Timer" where kind = 'digests.issue' and "doneAt" is null order by "dueAt" limit 1`,
  );
  if (!timer) throw new Error('No digest is planned');
  // Whatever else the week brings, such as the spotlight's questions, has happened by then.
  await bot.moveClock(new Date(timer.dueAt.getTime() - 60_000).toISOString());
  return timer.dueAt.toISOString();
}

const digests = async (bot: BotProcess) =>
  (await bot.messages('mara-quill', 'announcements')).filter(({ text }) => text.includes(announcement));

test('killed between writing a digest and sending it: it is sent once after the restart', async () => {
  const first = await start();
  const due = await announce(first);
  await holder.query('begin; lock table "ConsoleMessage" in exclusive mode');
  const moving = first.moveClock(due).catch(() => {});
  await until('the bot is about to send', waitsFor('ConsoleMessage'));
  await first.end('SIGKILL');
  await moving;
  await holder.query('rollback');
  expect(await rows(`select from "Outgoing" where state = 'sending'`)).not.toHaveLength(0);

  const second = await start();
  await until('the digest has arrived', async () => (await digests(second)).length > 0, 120_000);
  await until(
    'nothing is left to send',
    async () => (await rows(`select from "Outgoing" where state in ('waiting', 'sending')`)).length === 0,
    120_000,
  );
  expect(await digests(second)).toHaveLength(1);
}, 300_000);

test('killed between sending a digest and writing that down: it is not sent again', async () => {
  const first = await start();
  const due = await announce(first);
  await holder.query('begin; lock table "Posting" in exclusive mode');
  const moving = first.moveClock(due).catch(() => {});
  await until('the bot has sent and is about to write that down', waitsFor('Posting'));
  await first.end('SIGKILL');
  await moving;
  await holder.query('rollback');

  const second = await start();
  await until(
    'nothing is left to send',
    async () => (await rows(`select from "Outgoing" where state in ('waiting', 'sending')`)).length === 0,
    120_000,
  );
  expect(await digests(second)).toHaveLength(1);
}, 300_000);

test('killed while it composes a digest: nothing of it is left, and it goes out whole', async () => {
  const first = await start();
  const due = await announce(first);
  await holder.query('begin; lock table "Outgoing" in exclusive mode');
  const moving = first.moveClock(due).catch(() => {});
  await until('the bot is about to write the digest', waitsFor('Outgoing'));
  await first.end('SIGKILL');
  await moving;
  await holder.query('rollback');
  expect(await rows(`select from "Outgoing" where key like 'digest%'`)).toHaveLength(0);

  const second = await start();
  await until('the digest has arrived', async () => (await digests(second)).length > 0, 120_000);
  expect(await digests(second)).toHaveLength(1);
}, 300_000);

/** A folder of its own for the database that comes with the bot. */
function makeDataFolder(): { env: Record<string, string>; postmaster(): number } {
  const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-fault-'));
  folders.push(folder);
  return {
    env: { DATA_DIR: folder, DATABASE_URL: '' },
    postmaster: () => {
      const file = path.join(folder, 'postgres/postmaster.pid');
      // Between a dead server and the next there is no such file.
      return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
    },
  };
}
async function startIn({ env }: ReturnType<typeof makeDataFolder>): Promise<BotProcess> {
  const bot = await startBotProcess(env);
  running.push(bot);
  return bot;
}
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('the database is killed under a running bot: it comes back, and nothing that was said is lost', async () => {
  const data = makeDataFolder();
  const bot = await startIn(data);
  await sayAnnouncement(bot);
  const before = data.postmaster();
  process.kill(before, 'SIGKILL');
  await until('another server has taken its place', () => ![0, before].includes(data.postmaster()), 60_000);
  const healthy = async () => (await fetch(`${bot.url}/healthz`)).status === 200;
  await until('the bot is healthy again', healthy, 60_000);
  expect(JSON.stringify(await say(bot, '/digest preview'))).toContain(announcement);
  expect(await bot.end('SIGINT')).toBe(0);
}, 180_000);

test('Ctrl-C ends everything cleanly, and starting again keeps all data', async () => {
  const data = makeDataFolder();
  const first = await startIn(data);
  await sayAnnouncement(first);
  const server = data.postmaster();
  expect(await first.end('SIGINT')).toBe(0);
  expect(isAlive(server)).toBe(false);
  const second = await startIn(data);
  expect(JSON.stringify(await say(second, '/digest preview'))).toContain(announcement);
  await second.end('SIGINT');
}, 180_000);

test('a bot that was killed starts again with all its data, and stops the database it left behind', async () => {
  const data = makeDataFolder();
  const first = await startIn(data);
  await sayAnnouncement(first);
  await first.end('SIGKILL');
  const second = await startIn(data);
  expect(JSON.stringify(await say(second, '/digest preview'))).toContain(announcement);
  const server = data.postmaster();
  expect(await second.end('SIGINT')).toBe(0);
  expect(isAlive(server)).toBe(false);
}, 180_000);
