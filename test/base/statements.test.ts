import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  closeDatabase,
  type Database,
  inTransaction,
  isDuplicate,
  openDatabase,
  readRows,
  type Tx,
  writeRows,
} from '../../src/database.ts';
import { makeDatabase } from '../support/database.ts';

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const made = await makeDatabase();
  drop = made.drop;
  database = openDatabase(made.url, 4);
  await database.$executeRaw`create table "Kept" ("id" int primary key, "at" timestamptz(3), "words" text[])`;
});
afterAll(async () => {
  await closeDatabase(database);
  await drop();
});

const keep = 'insert into "Kept" values ($1, $2, $3) returning "id", "at", "words"';

test('what is written comes back as it was, outside a transaction and in one', async () => {
  const at = new Date('2026-03-08T09:30:00.250Z');
  const words = ['a "quoted" word', 'one, with a comma', ''];
  expect(await writeRows(database, keep, [1, at, words])).toEqual([{ id: 1, at, words }]);
  const read = 'select "id", "at", "words" from "Kept" where "id" = any($1::int[])';
  expect(await readRows(database, read, [[1, 99]])).toEqual([{ id: 1, at, words }]);
  expect(await inTransaction(database, (tx) => readRows(tx, read, [[1]]))).toEqual([{ id: 1, at, words }]);
});

test('in a transaction it goes when the transaction goes', async () => {
  const undone = inTransaction(database, async (tx) => {
    await writeRows(tx, keep, [2, null, []]);
    throw new Error('Not after all');
  });
  await expect(undone).rejects.toThrow('Not after all');
  expect(await readRows(database, 'select 1 from "Kept" where "id" = $1', [2])).toEqual([]);
});

test('what is there already is told apart from other trouble, in either way', async () => {
  await writeRows(database, keep, [3, null, []]);
  const again = await writeRows(database, keep, [3, null, []]).catch((error: unknown) => error);
  expect(isDuplicate(again)).toBe(true);
  const other = await writeRows(database, keep, [null, null, []]).catch((error: unknown) => error);
  expect(other).toBeInstanceOf(Error);
  expect(isDuplicate(other)).toBe(false);
});

test('reads that are sent together each get their own rows, and one that is refused fails alone', async () => {
  const asked = Array.from({ length: 40 }, (_, number) =>
    readRows<{ said: string }>(database, 'select $1::text as said', [`number ${number}`]),
  );
  const refused = readRows(database, 'select 1 / $1::int', [0]);
  await expect(refused).rejects.toThrow('division by zero');
  expect((await Promise.all(asked)).map(([row]) => row?.said)).toEqual(
    Array.from({ length: 40 }, (_, number) => `number ${number}`),
  );
});

test('two that wait for each other are not both broken off: one runs again', async () => {
  for (const id of [10, 11]) await writeRows(database, keep, [id, null, []]);
  // Each takes one row and then the other one, and PostgreSQL ends the second as a deadlock.
  const cross = (first: number, second: number) =>
    writeRows(
      database,
      `with one as (update "Kept" set "words" = '{one}' where "id" = $1 returning pg_sleep(0.3))
       update "Kept" set "words" = '{two}' from one where "id" = $2 returning "id"`,
      [first, second],
    );
  const both = await Promise.all([cross(10, 11), cross(11, 10)]);
  expect(both).toEqual([[{ id: 11 }], [{ id: 10 }]]);
});

test('transactions that wait for each other are not broken off, whichever way their statements go', async () => {
  for (const id of [20, 21]) await writeRows(database, keep, [id, null, []]);
  const raw = (tx: Tx, id: number) =>
    tx.$executeRaw`update "Kept" set "words" = "words" || '{more}' where "id" = ${id}`;
  let met = 0;
  let runs = 0;
  const cross = (first: number, second: number) =>
    inTransaction(database, async (tx) => {
      runs += 1;
      await raw(tx, first);
      met += 1;
      // Only the first two meet: who runs again meets nobody.
      while (met < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      await raw(tx, second);
    });
  await Promise.all([cross(20, 21), cross(21, 20)]);
  expect(runs).toBe(3);
  const kept = await readRows(database, 'select "words" from "Kept" where "id" in (20, 21)', []);
  expect(kept).toEqual([{ words: ['more', 'more'] }, { words: ['more', 'more'] }]);
});

test('after its connections were cut, it works again', async () => {
  await readRows(database, 'select 1', []);
  const cut = await database.$queryRaw<unknown[]>`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  expect(cut.length).toBeGreaterThan(0);
  const works = () => readRows(database, 'select 1 as one', []);
  await expect.poll(() => works().catch(() => null)).toEqual([{ one: 1 }]);
  await expect.poll(() => writeRows(database, 'select 1 as one', []).catch(() => null)).toEqual([{ one: 1 }]);
});
