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
/** Of another process. */
let other: Database;
let url: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  const made = await makeDatabase();
  drop = made.drop;
  url = made.url;
  database = openDatabase(url, 5);
  other = openDatabase(url, 4);
  await database.$executeRaw`create table "Kept" ("id" int primary key, "at" timestamptz(3), "words" text[])`;
});
afterAll(async () => {
  await closeDatabase(database);
  await closeDatabase(other);
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

test('writes that are sent together each get their own rows, and one that is refused fails alone', async () => {
  const ids = Array.from({ length: 40 }, (_, number) => 200 + number);
  const written = ids.map((id) => writeRows(database, keep, [id, null, [`number ${id}`]]));
  const refused = writeRows(database, keep, [200, null, []]).catch((error: unknown) => error);
  expect(await Promise.all(written)).toEqual(ids.map((id) => [{ id, at: null, words: [`number ${id}`] }]));
  expect(isDuplicate(await refused)).toBe(true);
  const found = await readRows<{ id: number }>(
    other,
    'select "id" from "Kept" where "id" >= 200 order by 1',
    [],
  );
  expect(found.map(({ id }) => id)).toEqual(ids);
});

test('a write that waits for another’s row holds nobody up, and is written in the end', async () => {
  for (const id of [30, 31]) await writeRows(database, keep, [id, null, ['before']]);
  const say = 'update "Kept" set "words" = "words" || $2::text[] where "id" = $1 returning "words"';
  const ended: string[] = [];
  let waiting: Promise<unknown> = Promise.resolve();
  await inTransaction(other, async (tx) => {
    await writeRows(tx, say, [30, ['theirs']]);
    waiting = writeRows(database, say, [30, ['ours']]).finally(() => ended.push('waiting'));
    await writeRows(database, say, [31, ['ours']]);
    await writeRows(database, say, [31, ['again']]);
    ended.push('the others');
  });
  expect(await waiting).toEqual([{ words: ['before', 'theirs', 'ours'] }]);
  expect(ended).toEqual(['the others', 'waiting']);
  const [row] = await readRows(database, 'select "words" from "Kept" where "id" = 31', []);
  expect(row).toEqual({ words: ['before', 'ours', 'again'] });
});

test('writes that nobody sent before wait for a table that is being changed', async () => {
  const sql = 'insert into "Kept" values ($1) returning "id"';
  const ids = Array.from({ length: 60 }, (_, number) => 40 + number);
  const waiting: Promise<unknown>[] = [];
  await inTransaction(other, async (tx) => {
    await tx.$executeRaw`lock table "Kept" in access exclusive mode`;
    for (const id of ids) {
      waiting.push(writeRows(database, sql, [id]).catch((error: unknown) => error));
      if (id % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
    }
  });
  expect(await Promise.all(waiting)).toEqual(ids.map((id) => [{ id }]));
});

test('two that wait for each other are not both broken off: one runs again', async () => {
  for (const id of [10, 11]) await writeRows(database, keep, [id, null, []]);
  // Each takes one row and then the other one, and PostgreSQL ends the second as a deadlock.
  const cross = (of: Database, first: number, second: number) =>
    writeRows(
      of,
      `with one as (update "Kept" set "words" = '{one}' where "id" = $1 returning pg_sleep(0.3))
       update "Kept" set "words" = '{two}' from one where "id" = $2 returning "id"`,
      [first, second],
    );
  const both = await Promise.all([cross(database, 10, 11), cross(other, 11, 10)]);
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

test('what was asked before the end is answered, and nothing afterwards', async () => {
  const ending = openDatabase(url, 4);
  const written = writeRows(ending, keep, [300, null, []]);
  const read = readRows(ending, 'select 1 as one', []);
  await closeDatabase(ending);
  expect([await written, await read]).toEqual([[{ id: 300, at: null, words: [] }], [{ one: 1 }]]);
  await expect(writeRows(ending, keep, [301, null, []])).rejects.toThrow('was closed');
  await expect(readRows(ending, 'select 1 as one', [])).rejects.toThrow('was closed');
});
