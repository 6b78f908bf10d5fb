import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '../../src/database.ts';
import { openSharedClock, type SharedClock } from '../../src/time/shared-clock.ts';
import { makeDatabase } from '../support/database.ts';

let made: Awaited<ReturnType<typeof makeDatabase>>;
let database: Database;
let clock: SharedClock | null = null;

beforeEach(async () => {
  made = await makeDatabase();
  database = openDatabase(made.url, 5);
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  clock?.close();
  await database.$disconnect();
  await made.drop();
});

/** How far the clock is from the database's, in seconds; to the nearest ten, which no busy machine needs for it. */
async function tensApart(): Promise<number> {
  const [row] = await database.$queryRaw<
    { at: number }[]
  >`select extract(epoch from clock_timestamp())::float8 as "at"`;
  return Math.round(Math.abs((clock?.now().getTime() ?? 0) / 1000 - (row?.at ?? 0)) / 10);
}

test.each([
  ['an hour ahead', 3_600_000],
  ['a day behind', -86_400_000],
])('a machine whose clock is %s goes by the database’s', async (_, byMs) => {
  vi.setSystemTime(Date.now() + byMs);
  clock = await openSharedClock(database);
  expect(await tensApart()).toBe(0);
});

test('a machine’s clock that is set while the bot runs moves nothing', async () => {
  clock = await openSharedClock(database);
  const before = clock.now();
  vi.setSystemTime(Date.now() + 7_200_000);
  expect(await tensApart()).toBe(0);
  await clock.refresh();
  expect(await tensApart()).toBe(0);
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(before.getTime());
});

test('time goes on while the database is away', async () => {
  clock = await openSharedClock(database);
  const before = clock.now().getTime();
  await database.$disconnect();
  await made.drop();
  await expect(clock.refresh()).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(clock.now().getTime()).toBeGreaterThan(before);
  made = await makeDatabase();
});
