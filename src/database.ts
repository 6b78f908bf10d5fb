import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '../prisma/client/client.ts';
import { oneAtATime } from '../prisma/one-at-a-time.ts';
import { SturdyClient } from './core/sturdy-client.ts';
import { openStatements, type Statements, sharedConnections, type Value } from './statements.ts';

export type Database = PrismaClient;
export type Tx = Prisma.TransactionClient;
/** A transaction, or no transaction, where it does not matter which. */
export type Reading = Tx | Database;

/** The way past Prisma that belongs to each open database. A transaction has none: all of it goes through Prisma. */
const statementsOf = new WeakMap<object, Statements>();

/** @param poolSize most connections this process may hold open at once; fewer than four are taken for four */
export function openDatabase(url: string, poolSize = 10): Database {
  const config = { connectionString: url, application_name: 'common-thread', keepAlive: true };
  const pool = new pg.Pool({
    ...config,
    Client: SturdyClient,
    max: Math.max(1, poolSize - sharedConnections),
  });
  const statementNameGenerator = makeStatementNames();
  const adapter = new PrismaPg(pool, { statementNameGenerator });
  const database = new PrismaClient({ adapter: oneAtATime(adapter) });
  statementsOf.set(database, openStatements(pool, config, statementNameGenerator));
  // An idle connection that breaks is replaced by the pool; unheard, the error would end the process.
  pool.on('error', () => {});
  return database;
}

/** Ends every connection. Prisma's own `$disconnect` leaves those open that it shares. */
export async function closeDatabase(database: Database): Promise<void> {
  await database.$disconnect();
  await statementsOf.get(database)?.close();
}

/**
 * The rows of one statement that only reads and that an index answers at once. Written out and past Prisma, for what
 * nearly every command needs; `$1` stands for the first value. In a transaction it is a part of that.
 *
 * What comes back is what `pg` makes of it: texts, numbers, booleans, lists of these, instants as `Date`. A date
 * without a time and a `bigint` would come in other kinds than from Prisma, so they are not read this way.
 */
export async function readRows<Row>(reading: Reading, sql: string, values: readonly Value[]): Promise<Row[]> {
  const statements = statementsOf.get(reading);
  if (!statements) return reading.$queryRawUnsafe<Row[]>(sql, ...values);
  return statements.read<Row>(sql, values);
}

/**
 * The same for one statement that writes: a transaction of its own, in one round trip, unless `writing` is one. What
 * has to be checked and what has to be written besides go into the same statement (`with … as`). It is short: others
 * are sent behind it.
 */
export async function writeRows<Row>(
  writing: Reading,
  sql: string,
  values: readonly Value[],
): Promise<Row[]> {
  const statements = statementsOf.get(writing);
  if (!statements) return writing.$queryRawUnsafe<Row[]>(sql, ...values);
  return retried(() => statements.write<Row>(sql, values));
}

/** The same for a statement that is many writes at once and may take a while: nothing is sent behind it. */
export async function writeManyRows<Row>(
  database: Database,
  sql: string,
  values: readonly Value[],
): Promise<Row[]> {
  const statements = statementsOf.get(database) as Statements;
  return retried(() => statements.writeApart<Row>(sql, values));
}

/** Statements that one connection keeps prepared at the most: lists of every length make ever new texts. */
const mostPrepared = 500;

/**
 * Names the statements, so that PostgreSQL parses and plans each text once per connection: the query that opens
 * every command takes a third of the time then. Texts beyond the limit stay nameless (an empty name) and are planned each time.
 */
function makeStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= mostPrepared) return '';
    const name = `ct${names.size}`;
    names.set(sql, name);
    return name;
  };
}

/** Whether a write was refused because the same thing is already there. */
export function isDuplicate(error: unknown): boolean {
  return stateOf(error) === '23505';
}

/** What somebody typed, for `equals` and `contains` in `insensitive` mode, where % and _ would match anything. */
export function literally(typed: string): string {
  return typed.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

const conflictRetries = 5;
/** Longer than any handler needs; long work asks for more. */
const usualTransactionMs = 30_000;

/**
 * Runs `work` in one transaction; when PostgreSQL breaks off two that met, runs it again from the start. So `work`
 * does nothing outside the database.
 */
export async function inTransaction<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  mayTakeMs = usualTransactionMs,
): Promise<T> {
  return retried(() => database.$transaction(work, { maxWait: 10_000, timeout: mayTakeMs }));
}

async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (stateOf(error) !== conflict || attempt >= conflictRetries) throw error;
    }
  }
}

/** PostgreSQL's own codes (appendix A of its manual), whichever way the error came. 40001 and 40P01 are one here. */
const conflict = '40001';
function stateOf(error: unknown): string | null {
  const state = stateAsGiven(error);
  return state === '40P01' ? conflict : state;
}

function stateAsGiven(error: unknown): string | null {
  if (error instanceof pg.DatabaseError) return error.code ?? null;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  if (error.code === 'P2002') return '23505';
  if (error.code === 'P2034') return conflict;
  return toldByDriver(error).state;
}

/**
 * What the driver told Prisma: PostgreSQL's code, or else the adapter's name for what happened. Prisma's own code says
 * less: P2010 for whatever a raw statement fails with, P2039 for each code of PostgreSQL that it has no name for.
 */
export function toldByDriver(error: unknown): {
  readonly state: string | null;
  readonly kind: string | null;
} {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: unknown } } };
  const { originalCode, kind } = (meta?.driverAdapterError?.cause ?? {}) as Record<string, unknown>;
  return {
    state: typeof originalCode === 'string' ? originalCode : null,
    kind: typeof kind === 'string' ? kind : null,
  };
}

export { Prisma };
