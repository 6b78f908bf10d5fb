import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDatabase } from '../support/database.ts';
import { type RunningBot, runBot } from '../support/run-bot.ts';

const hasProc = existsSync('/proc/self/net/tcp');
let database: Awaited<ReturnType<typeof makeDatabase>>;
let bot: RunningBot;
beforeAll(async () => {
  database = await makeDatabase();
  bot = runBot({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await bot.end();
  await database.drop();
});

/** The addresses on which a process listens, in hexadecimal as the kernel writes them (proc(5)). */
function listListening(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // Closed since it was listed.
        return [];
      }
    }),
  );
  const listening = '0A';
  return ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode = '']) => state === listening && sockets.has(inode))
      .map(([, local = '']) => local.split(':')[0] ?? ''),
  );
}

/** 127.0.0.1 and ::1. */
const loopback = ['0100007F', '00000000000000000000000001000000'];

test.skipIf(!hasProc)('with nothing set, nobody beyond this machine can reach anything of it', async () => {
  expect(await bot.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const listening = listListening(bot.child.pid ?? 0);
  expect(listening.length).toBeGreaterThan(0);
  expect(listening.filter((address) => !loopback.includes(address))).toEqual([]);
});
