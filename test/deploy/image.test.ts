import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { makeDatabase } from '../support/database.ts';
import { type BotProcess, startBotProcess } from '../support/process.ts';
import { until } from '../support/until.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-image-'));
let bot: BotProcess | null = null;
afterAll(async () => {
  await bot?.end('SIGKILL');
  rmSync(folder, { recursive: true });
});

test('what the image is made of is all that the bot needs to run', async () => {
  const dockerfile = readFileSync(path.join(projectRoot, 'Dockerfile'), 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY --from=built \/app\/(\S+) (\S+)$/gm)];
  expect(copied.length).toBeGreaterThan(3);
  for (const [, from = '', to = ''] of copied) {
    const target = path.join(folder, to === './' ? path.basename(from) : to);
    if (from === 'node_modules') symlinkSync(path.join(projectRoot, from), target);
    else cpSync(path.join(projectRoot, from), target, { recursive: true });
  }

  const database = await makeDatabase();
  bot = await startBotProcess({ DATABASE_URL: database.url, NODE_ENV: 'production' }, folder);
  const { url } = bot;
  // The demo's first timers are due at once; until they have happened it says so.
  await until('the bot is healthy', async () => (await fetch(`${url}/healthz`)).status === 200);
  const page = await fetch(url);
  const scripts = [...(await page.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file);
  expect(scripts.length).toBeGreaterThan(0);
  for (const file of scripts) expect((await fetch(`${url}${file}`)).status).toBe(200);
  expect(await bot.end('SIGTERM')).toBe(0);
  await database.drop();
});
