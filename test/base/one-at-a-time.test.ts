import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, inTransaction, openDatabase } from '../../src/database.ts';
import { makeDatabase } from '../support/database.ts';

let made: Awaited<ReturnType<typeof makeDatabase>>;
let database: Database;
beforeAll(async () => {
  made = await makeDatabase();
  database = openDatabase(made.url, 2);
  await database.coalition.create({ data: { name: 'River Valley', timeZone: 'UTC', createdAt: new Date() } });
});
afterAll(async () => {
  await database.$disconnect();
  await made.drop();
});

test('a transaction’s connection is never asked something while it is still at something', async () => {
  // The warning is given once per process, so this file is alone in testing for it.
  const warnings: string[] = [];
  const listen = (warning: Error) => warnings.push(warning.message);
  process.on('warning', listen);
  const read = () =>
    inTransaction(database, (tx) =>
      tx.coalition.findMany({ include: { partners: true, members: true, workspaces: true, places: true } }),
    );
  await expect(read()).resolves.toHaveLength(1);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listen);
  expect(warnings).toEqual([]);
});

test('one that fails takes its own caller along and no other', async () => {
  const outcomes = await inTransaction(database, (tx) =>
    Promise.allSettled([tx.$queryRaw`select 1`, tx.$queryRaw`select 1 / 0`]),
  ).catch(() => null);
  expect(outcomes?.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await database.$queryRaw`select 1 as "one"`).toEqual([{ one: 1 }]);
});
