import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { BackupError, firstLine, laterLine, listTables, rowsAtOnce } from './backup-format.ts';
import { connectTo } from './connect.ts';
import { listApplied, listMigrations, migrate } from './migrate.ts';

/**
 * Fills an empty database from a backup, all of it or nothing, and leaves it at the schema the backup was made
 * with: the bot brings it forward when it starts. Throws a `BackupError` where there is data already, and for a
 * file that is cut off, is none of ours, or comes from a newer version.
 * @returns the number of rows put back
 */
export async function loadBackup(databaseUrl: string, from: Readable): Promise<number> {
  const client = await connectTo(databaseUrl);
  try {
    const lines = readLines(from);
    const { migrations } = await readHead(lines);
    await makeTables(client, databaseUrl, migrations);
    await client.query('begin');
    // Rows come table by table, so what they refer to may follow later; the references are checked at the end.
    const references = await dropReferences(client);
    const rows = await putRows(client, lines);
    for (const { table, name, definition } of references) {
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    }
    await client.query('commit');
    return rows;
  } finally {
    await client.end();
  }
}

async function readHead(lines: AsyncIterator<unknown>) {
  const { value } = await lines.next();
  const head = firstLine.safeParse(value);
  if (!head.success) throw notOurs();
  const known = new Set(listMigrations());
  if (head.data.migrations.some((name) => !known.has(name))) {
    throw new BackupError(
      'This backup comes from a newer version of Common Thread. Install that version or a newer one, and try again.',
    );
  }
  return head.data;
}

/** A run that broke off left empty tables, which are as good as none. */
async function makeTables(client: pg.Client, databaseUrl: string, migrations: readonly string[]) {
  const applied = await listApplied(client);
  const sameTables = applied.length === 0 || applied.join() === migrations.join();
  let isEmpty = sameTables;
  for (const table of await listTables(client)) {
    const found = await client.query(`select from ${pg.escapeIdentifier(table)} limit 1`);
    isEmpty &&= found.rowCount === 0;
  }
  if (!isEmpty) {
    throw new BackupError(
      'There is data in this database already, and a backup is only put into an empty one. Set DATABASE_URL to ' +
        'a new database, or DATA_DIR to a new folder, and try again.',
    );
  }
  await migrate(databaseUrl, migrations);
}

async function dropReferences(client: pg.Client) {
  const found = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`,
  );
  for (const { table, name } of found.rows)
    await client.query(`alter table ${table} drop constraint ${name}`);
  return found.rows;
}

async function putRows(client: pg.Client, lines: AsyncIterableIterator<unknown>): Promise<number> {
  let table = '';
  let waiting: string[] = [];
  let rows = 0;

  async function put() {
    if (waiting.length > 0) {
      await client.query(
        `insert into ${table} select (one.line).*
           from (select values::${table} as line from unnest($1::text[]) as values offset 0) as one`,
        [waiting],
      );
    }
    rows += waiting.length;
    waiting = [];
  }
  for await (const read of lines) {
    const line = laterLine.parse(read);
    if ('values' in line) {
      waiting.push(line.values);
      if (waiting.length >= rowsAtOnce) await put();
      continue;
    }
    await put();
    if ('table' in line) table = pg.escapeIdentifier(line.table);
    else if ('sequence' in line) {
      const sequence = pg.escapeIdentifier(line.sequence);
      await client.query('select setval($1::regclass, $2::bigint, false)', [sequence, line.next]);
    } else if (line.rows === rows) return rows;
  }
  throw cutOff();
}

/** The values of a gzipped text, one a line. */
async function* readLines(from: Readable): AsyncIterableIterator<unknown> {
  const text = from.pipe(createGunzip()).setEncoding('utf8');
  from.once('error', (error) => text.destroy(error));
  let rest = '';
  let isOurs = false;
  try {
    for await (const chunk of text) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        yield JSON.parse(line);
        isOurs = true;
      }
    }
  } catch (error) {
    const isGzipTrouble = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    if (!isGzipTrouble && !(error instanceof SyntaxError)) throw error;
    throw isOurs ? cutOff() : notOurs();
  }
}

const notOurs = () => new BackupError('This file is no backup of Common Thread. Check its name.');
const cutOff = () =>
  new BackupError(
    'This backup is not whole: it was cut off or damaged. Nothing was changed; use another one.',
  );
