import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDatabase, type Database, inTransaction, openDatabase, writeRows } from '../../src/database.ts';
import { isDatabaseTrouble } from '../../src/database-trouble.ts';
import { makeDatabase } from '../support/database.ts';

/** Every way in which a statement reaches the database. */
const ways: Record<string, (database: Database, sql: string) => Promise<unknown>> = {
  'past Prisma': (database, sql) => writeRows(database, sql, []),
  'through Prisma': (database, sql) => database.$executeRawUnsafe(sql),
  'in a transaction': (database, sql) => inTransaction(database, (tx) => tx.$executeRawUnsafe(sql)),
  'as a query of Prisma’s own': async (database, sql) => {
    const body = sql.replace(/^select/, 'perform');
    await database.$executeRawUnsafe(
      `create or replace function "answer"() returns trigger language plpgsql as $f$ begin ${body}; return new; end $f$`,
    );
    return database.heartbeat.create({ data: { name: 'beat', at: new Date() } });
  },
};

let database: Database;
let drop: () => Promise<void>;
/** Takes connections and cuts them at the first word. */
let cutting: Server;

beforeAll(async () => {
  const made = await makeDatabase();
  drop = made.drop;
  database = openDatabase(made.url, 4);
  await database.$executeRaw`
    create function "fail"(code text) returns text language plpgsql as
      $f$ begin raise exception 'It failed.' using errcode = code; end $f$`;
  await database.$executeRaw`
    create function "answer"() returns trigger language plpgsql as $f$ begin return new; end $f$`;
  await database.$executeRaw`
    create trigger "answer" before insert on "Heartbeat" for each row execute function "answer"()`;
  cutting = createServer((socket) => {
    socket.on('error', () => {}).on('data', () => socket.destroy());
  });
  await new Promise<void>((listening) => cutting.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  cutting.close();
  await closeDatabase(database);
  await drop();
});

async function failure(of: Promise<unknown>): Promise<unknown> {
  return of.then(
    () => expect.fail('It did not fail.'),
    (error: unknown) => error,
  );
}

test.each(Object.entries(ways))(
  'what fails for want of room or by another’s doing is told apart, %s',
  async (_, ask) => {
    for (const [code, isTrouble] of Object.entries({
      '53100': true, // the disk is full
      '53200': true, // no memory
      '57P03': true, // still starting
      '58030': true, // the disk fails
      '22012': false, // division by zero
      '23505': false, // there already
      '42601': false, // our own mistake
    })) {
      const error = await failure(ask(database, `select "fail"('${code}')`));
      expect([code, isDatabaseTrouble(error)]).toEqual([code, isTrouble]);
    }
    const cut = await failure(ask(database, 'select pg_terminate_backend(pg_backend_pid())'));
    expect(isDatabaseTrouble(cut)).toBe(true);
  },
);

const address = (port: number) => `postgresql://nobody:here@127.0.0.1:${port}/none`;
test.each([
  ['does not listen', () => address(1)],
  ['cuts every connection', () => address((cutting.address() as { port: number }).port)],
  ['has no address', () => 'postgresql://nobody:here@nowhere.invalid:1/none'],
])('a database that %s is its own trouble, whichever way it is asked', async (_, url) => {
  const gone = openDatabase(url(), 4);
  const ask = [...Object.values(ways), () => gone.heartbeat.findMany()];
  for (const each of ask) expect(isDatabaseTrouble(await failure(each(gone, 'select 1')))).toBe(true);
  await closeDatabase(gone);
});

test('a mistake of ours is none of the database’s', () => {
  expect(isDatabaseTrouble(new TypeError('x is not a function'))).toBe(false);
  expect(isDatabaseTrouble(new Error('No seat', { cause: 'full' }))).toBe(false);
  expect(isDatabaseTrouble('no space left on device')).toBe(false);
});
