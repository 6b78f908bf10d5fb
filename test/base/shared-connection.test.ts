import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSharedConnection } from '../../src/shared-connection.ts';
import { makeDatabase, onServer } from '../support/database.ts';

let url: string;
let drop: () => Promise<void>;
const ask = { text: `insert into "Asked" values ($1) returning "number"` };

beforeAll(async () => {
  ({ url, drop } = await makeDatabase());
  await onServer(url, 'create table "Asked" ("number" int)');
  await onServer(url, 'create sequence "lasts"');
  await onServer(
    url,
    `create function "fail"() returns text language plpgsql as
      $f$ begin raise exception 'It failed.' using errcode = '55P03'; end $f$`,
  );
});
afterAll(() => drop());

const countAll = async (sql: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(sql);
  await client.end();
  return rows[0]?.count;
};

test('turns that come while the last word is awaited share the next one', async () => {
  const last = { text: `select nextval('lasts'), pg_sleep(0.2)` };
  const shared = openSharedConnection({ connectionString: url }, { last });
  const asked: Promise<unknown[]>[] = [];
  for (let number = 0; number < 100; number += 1) {
    asked.push(shared.ask({ ...ask, values: [number] }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await Promise.all(asked)).toEqual(asked.map((_, number) => [{ number }]));
  expect(await countAll(`select last_value::int as count from "lasts"`)).toBeLessThan(10);
  await shared.close();
});

test('a last word that is refused is not taken for the error of what was asked', async () => {
  const shared = openSharedConnection({ connectionString: url }, { last: { text: 'select "fail"()' } });
  const error = await shared.ask({ ...ask, values: [1000] }).catch((error: unknown) => error);
  expect(error).not.toBeInstanceOf(pg.DatabaseError);
  expect(error).toMatchObject({
    message: 'It is not known whether this was kept.',
    cause: { code: '55P03' },
  });
  expect(await countAll('select count(*)::int from "Asked" where "number" = 1000')).toBe(1);
  await shared.close();
});
