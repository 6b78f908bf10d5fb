import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { scriptAs } from '../../support/console-script.ts';

let console: TestConsole;
let mara: ReturnType<typeof scriptAs>;
beforeAll(async () => {
  // A Monday, 09:20 in Winnipeg.
  console = await openTestConsole({ at: '2026-03-02T15:20:00Z' });
  mara = scriptAs(console, 'mara-quill');
});
afterAll(() => console.end());

test('the clock goes to the next hour, the next morning and a date in the coalition’s zone', async () => {
  expect((await mara.movesClock('next-hour')).clock.now).toBe('2026-03-02T16:00:00.000Z');
  expect((await mara.movesClock('next-day')).clock.now).toBe('2026-03-03T14:00:00.000Z');
  expect((await mara.movesClock('2026-03-04T09:00')).clock.now).toBe('2026-03-04T15:00:00.000Z');
  expect((await mara.movesClock('2026-03-05')).clock.text).toMatch(/^Thursday,? 5 March 2026 at 08:00$/);
  expect((await mara.movesClock('2026-03-05T12:00:00-05:00')).clock.now).toBe('2026-03-05T17:00:00.000Z');
});

test('it never goes back, nor anywhere it cannot read', async () => {
  const before = console.now();
  for (const to of ['2026-03-01', '2031-01-01', 'yesterday', '2026-02-30']) {
    const { status, error } = await mara.movesClock(to);
    expect([to, status >= 400 && status < 500]).toEqual([to, true]);
    expect(error?.message).toBeTruthy();
  }
  expect(console.now()).toEqual(before);
});

test('what is due on the way happens at its own time, and has arrived when the clock stands still', async () => {
  const start = console.now();
  await mara.says('/sample remind days:1 where:general');
  await mara.says('/sample remind days:3 where:general');
  const { clock } = await mara.movesClock('2026-03-20T09:00');
  const arrived = (await mara.reads()).messages.filter(({ text }) => text === 'The reminder is here');
  const dayAfter = (days: number) => new Date(start.getTime() + days * 86_400_000).toISOString();
  expect(arrived.map(({ postedAt }) => postedAt)).toEqual([dayAfter(1), dayAfter(3)]);
  expect(clock.nextDue).toBeNull();
});

test('the next due thing is named and can be gone to', async () => {
  expect((await mara.movesClock('next-due')).error?.message).toContain('Nothing is due');
  await mara.says('/sample remind days:7 where:announcements');
  const due = new Date(console.now().getTime() + 7 * 86_400_000).toISOString();
  expect(await (await mara.get('/api/clock')).json()).toMatchObject({ movable: true, nextDue: { at: due } });
  expect((await mara.movesClock('next-due')).clock.now).toBe(due);
  const { messages } = await mara.reads('in=announcements');
  expect(messages.map(({ text }) => text)).toEqual(['The reminder is here']);
});

test('beside real workspaces there is no demo and time keeps to itself', async () => {
  const real = await openTestConsole({ demo: false });
  try {
    const home = (await (await fetch(`${real.url}/api/home`)).json()) as object;
    expect(home).toMatchObject({ coalition: null, demo: false, people: [], clock: { movable: false } });
    const refused = await scriptAs(real, 'nobody').movesClock('next-day');
    expect(refused.status).toBe(403);
    expect(refused.error?.message).toContain('only be moved in the demo');
  } finally {
    await real.end();
  }
});
