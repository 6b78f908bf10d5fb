import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { BackupError, format, listTables, rowsAtOnce } from './backup-format.ts';
import { connectTo } from './connect.ts';
import { listApplied } from './migrate.ts';

/**
 * Writes everything in the database, as of one instant, while the bot may go on working.
 * @returns the number of rows written
 */
export async function saveBackup(databaseUrl: string, into: Writable): Promise<number> {
  const client = await connectTo(databaseUrl);
  let rows = 0;

  async function* lines() {
    await client.query('begin isolation level repeatable read read only');
    const migrations = await listApplied(client);
    if (migrations.length === 0) {
      throw new BackupError('There is nothing to back up yet: the bot has never run on this database.');
    }
    yield { format, migrations };
    for (const table of await listTables(client)) {
      yield { table };
      const name = pg.escapeIdentifier(table);
      await client.query(`declare backup no scroll cursor for select each::text as values from ${name} each`);
      for (;;) {
        const some = await client.query<{ values: string }>(`fetch ${rowsAtOnce} from backup`);
        if (some.rows.length === 0) break;
        rows += some.rows.length;
        yield* some.rows;
      }
      await client.query('close backup');
    }
    const sequences = await client.query<{ sequence: string; next: string }>(
      `select sequencename as sequence, coalesce(last_value + increment_by, start_value)::text as next
         from pg_sequences where schemaname = 'public' order by 1`,
    );
    yield* sequences.rows;
    yield { rows };
  }
  async function* text() {
    for await (const line of lines()) yield `${JSON.stringify(line)}\n`;
  }

  try {
    await pipeline(Readable.from(text()), createGzip(), into);
    return rows;
  } finally {
    await client.end();
  }
}
