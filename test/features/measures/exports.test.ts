import { afterAll, beforeAll, expect, test } from 'vitest';
import { readByToken } from '../../../src/features/measures/feature.ts';
import { dataPages } from '../../../web/data.ts';
import { startWebServer, type WebServer } from '../../../web/server.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person, Reply } from '../../support/person.ts';
import { at, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
let ana: Person;
let web: WebServer;

beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: '=Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Dee'] },
    ],
  });
  ana = coalition.person('Ana');
  await startMeasure(ana, {
    figures: { direction: 'up', breakdowns: 'Gender: girls, boys', range: '', who: '' },
  });
  await at(bot, '2026-03-09T15:00:00Z');
  const ben = coalition.person('Ben');
  await ben.says('/data');
  await ben.presses('Give the figure');
  await ben.fills({ figure: '12.50', groups: 'girls: 6.25\nboys: 6.25', note: 'Half days count half' });
  await ben.presses('Yes: 12.5 children');
  const pages = dataPages((token) => readByToken(bot.tools, token));
  web = await startWebServer({ bot, host: '127.0.0.1', port: 0, pages });
});
afterAll(async () => {
  await web.close();
  await bot.end();
});

const files = (reply: Reply) =>
  (reply.card?.parts ?? []).flatMap((part) => (part.part === 'file' ? [part] : []));
const tokenIn = (reply: Reply) => /ctdata_[\w-]+/.exec(reply.text)?.[0] ?? '';
const read = (token: string) =>
  fetch(`${web.url}/api/data`, { headers: { authorization: `Bearer ${token}` } });

test('staff export everything with definitions: a line for each figure and each group, exact', async () => {
  const [definitions, figures] = files(await ana.says('/data export'));
  expect(definitions?.content).toContain('Children reached,So that we see where places are missing');
  const lines = figures?.content.split('\r\n') ?? [];
  expect(lines[0]).toContain('measure,period,starts,ends,partner');
  const own = lines.filter((line) => line.includes('Food Bank'));
  expect(own).toHaveLength(3);
  expect(own[0]).toContain(",'=Food Bank,submitted,");
  expect(own[0]).toContain(',1,yes,,,12.5,,,Half days count half,');
  expect(own[1]).toContain(',Gender,girls,6.25,');
  expect(lines.some((line) => line.includes('Library,due-soon'))).toBe(true);
  const [json] = files(await ana.says('/data export json'));
  const parsed = JSON.parse(json?.content ?? '{}');
  expect(parsed.definitions[0]).toMatchObject({ name: 'Children reached', unit: 'children' });
  expect(parsed.figures[0].given.figure).toEqual({ kind: 'number', value: '12.5' });
  expect((await coalition.person('Ben').says('/data export')).refused).toBe('core.backbone');
});

test('a token reads totals, or everything where staff said so, and only its own coalition', async () => {
  const other = await makeCoalition(bot, { name: 'Elsewhere', workspace: 'elsewhere', staff: ['Zoe'] });
  const totals = tokenIn(await ana.says('/data token name:City dashboard'));
  const everything = tokenIn(await ana.says('/data token name:Own report scope:everything'));
  const theirs = tokenIn(await other.person('Zoe').says('/data token name:Theirs scope:everything'));
  const open = await read(totals);
  expect(open.status).toBe(200);
  expect(open.headers.get('cache-control')).toBe('no-store');
  const body = await open.text();
  expect(body).toContain('Children reached');
  expect(body).not.toContain('Food Bank');
  expect(await (await read(everything)).text()).toContain('=Food Bank');
  expect(await (await read(theirs)).json()).toMatchObject({ definitions: [], figures: [] });
  const rows = await bot.database.measureToken.findMany();
  expect(JSON.stringify(rows)).not.toContain(totals.slice(-20));
});

test('a revoked, changed or missing token reads nothing, and whoever tries many has to wait', async () => {
  const made = await ana.says('/data token name:Old one');
  const token = tokenIn(made);
  await ana.presses('Revoke Old one', await ana.says('/data tokens'));
  expect((await read(token)).status).toBe(401);
  expect((await ana.says('/data tokens')).text).not.toContain('Old one');
  const live = tokenIn(await ana.says('/data token name:Live one'));
  const changed = `${live.slice(0, -1)}${live.endsWith('A') ? 'B' : 'A'}`;
  expect((await read(changed)).status).toBe(401);
  expect((await fetch(`${web.url}/api/data`)).status).toBe(401);
  expect((await read(live)).status).toBe(200);
  let refused = 0;
  for (let tries = 0; tries < 40; tries += 1) {
    const answer = await read(`${changed.slice(0, -1)}${tries % 10}`);
    if (answer.status !== 429) continue;
    refused += 1;
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(refused).toBeGreaterThan(10);
  expect((await fetch(`${web.url}/api/data`, { method: 'POST' })).status).toBe(404);
});
