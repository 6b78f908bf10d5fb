import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../prisma/client/client.ts';

export type Database = PrismaClient;
export type Tx = Prisma.TransactionClient;
/** A transaction, or no transaction, where it does not matter which. */
export type Reading = Tx | Database;

/** @param poolSize most connections this process may hold open at once */
export function openDatabase(url: string, poolSize = 10): Database {
  const adapter = new PrismaPg({ connectionString: url, max: poolSize, application_name: 'common-thread' });
  return new PrismaClient({ adapter });
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

/**
 * Runs `work` in one transaction; when PostgreSQL breaks off two that met (P2034: serialization failure or
 * deadlock), runs it again from the start. So `work` does nothing outside the database.
 */
export async function inTransaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.$transaction(work, { maxWait: 10_000, timeout: 30_000 });
    } catch (error) {
      const conflict = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034';
      if (!conflict || attempt >= conflictRetries) throw error;
    }
  }
}

export { Prisma };
