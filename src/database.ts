import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../prisma/client/client.ts';
import { oneAtATime } from '../prisma/one-at-a-time.ts';

export type Database = PrismaClient;
export type Tx = Prisma.TransactionClient;
/** A transaction, or no transaction, where it does not matter which. */
export type Reading = Tx | Database;

/** @param poolSize most connections this process may hold open at once */
export function openDatabase(url: string, poolSize = 10): Database {
  const adapter = new PrismaPg(
    { connectionString: url, max: poolSize, application_name: 'common-thread' },
    { statementNameGenerator: makeStatementNames() },
  );
  return new PrismaClient({ adapter: oneAtATime(adapter) });
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
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/** What somebody typed, for `equals` and `contains` in `insensitive` mode, where % and _ would match anything. */
export function literally(typed: string): string {
  return typed.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

const conflictRetries = 5;
/** Longer than any handler needs; long work asks for more. */
const usualTransactionMs = 30_000;

/**
 * Runs `work` in one transaction; when PostgreSQL breaks off two that met (P2034: serialization failure or
 * deadlock), runs it again from the start. So `work` does nothing outside the database.
 */
export async function inTransaction<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  mayTakeMs = usualTransactionMs,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.$transaction(work, { maxWait: 10_000, timeout: mayTakeMs });
    } catch (error) {
      const conflict = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034';
      if (!conflict || attempt >= conflictRetries) throw error;
    }
  }
}

export { Prisma };
