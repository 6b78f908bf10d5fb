import type pg from 'pg';
import { z } from 'zod';
import { ExpectedError } from '../src/core/errors.ts';

/**
 * A backup is a gzipped text of lines, each a JSON value: what it is, then per table its name and its rows in
 * PostgreSQL's own text form, which is exact for every type, then where each sequence stands, then a count that
 * shows it is whole. It holds what the tables of one instant held. The queue is left out: it only wakes workers,
 * and the sweep fills it anew.
 */
export const format = 'common-thread-backup-1';

/** Rows in one round trip, either way. */
export const rowsAtOnce = 500;

export const firstLine = z.object({ format: z.literal(format), migrations: z.array(z.string()).min(1) });

export const laterLine = z.union([
  z.object({ table: z.string() }),
  z.object({ values: z.string() }),
  z.object({ sequence: z.string(), next: z.string() }),
  z.object({ rows: z.number().int() }),
]);

/** A backup that cannot be made or put back here; the message says what to do instead. */
export class BackupError extends ExpectedError {}

/** The bot's own tables; Prisma's list of migrations is written by migrating. */
export async function listTables(client: pg.Client): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1`,
  );
  return found.rows.map(({ name }) => name);
}
