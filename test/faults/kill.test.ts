import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeFaults } from '../support/faults.ts';
import type { BotProcess } from '../support/process.ts';
import { until } from '../support/until.ts';

const { rows, start, killBeforeWriting, nextDue, nothingLeftToSend } = makeFaults();
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const announcement = 'The reading tent comes to the summer fair.';
const dayMs = 86_400_000;
/** The day after tomorrow where the demo is, so that it is well ahead whenever this runs. */
const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'America/Winnipeg' })
  .format(Date.now() + 2 * dayMs)
  .toLowerCase();

const say = (bot: BotProcess, text: string) =>
  bot.post('/api/say', { as: 'mara-quill', in: 'general', text });

/** Gives the coalition one thing to tell in a digest of its own time. */
async function sayAnnouncement(bot: BotProcess): Promise<void> {
  const schedule = `/digest schedule ${weekday} 09:00 #announcements`;
  for (const text of [schedule, `/digest announce ${announcement}`]) {
    const result = await say(bot, text);
    if (result.result !== 'message') throw new Error(`${text}: ${JSON.stringify(result)}`);
  }
}

/** The same, and the moment at which that digest is due. */
async function announce(bot: BotProcess): Promise<string> {
  await sayAnnouncement(bot);
  const due = await nextDue('digests.issue');
  // Whatever else the week brings, such as the spotlight's questions, has happened by then.
  await bot.moveClock(new Date(due.getTime() - 60_000).toISOString());
  return due.toISOString();
}

const digests = async (bot: BotProcess) =>
  (await bot.messages('mara-quill', 'announcements')).filter(({ text }) => text.includes(announcement));

test('killed between writing a digest and sending it: it is sent once after the restart', async () => {
  const first = await start();
  const due = await announce(first);
  await killBeforeWriting(first, 'ConsoleMessage', due);
  expect(await rows(`select from "Outgoing" where state = 'sending'`)).not.toHaveLength(0);

  const second = await start();
  await until('the digest has arrived', async () => (await digests(second)).length > 0, 120_000);
  await nothingLeftToSend();
  expect(await digests(second)).toHaveLength(1);
}, 300_000);

test('killed between sending a digest and writing that down: it is not sent again', async () => {
  const first = await start();
  const due = await announce(first);
  await killBeforeWriting(first, 'Posting', due);

  const second = await start();
  await nothingLeftToSend();
  expect(await digests(second)).toHaveLength(1);
}, 300_000);

test('killed while it composes a digest: nothing of it is left, and it goes out whole', async () => {
  const first = await start();
  const due = await announce(first);
  await killBeforeWriting(first, 'Outgoing', due);
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
const startIn = ({ env }: ReturnType<typeof makeDataFolder>) => start(env);

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
