import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { listTables } from '../../prisma/backup-format.ts';
import { loadBackup } from '../../prisma/load-backup.ts';
import { migrate } from '../../prisma/migrate.ts';
import { saveBackup } from '../../prisma/save-backup.ts';
import { seedDemo } from '../../prisma/seed.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { databaseUrl, onServer } from '../support/database.ts';
import { until } from '../support/until.ts';

const serverUrl = inject('serverUrl');
const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-backup-'));
const file = path.join(folder, 'backup.gz');
const emptied: string[] = [];
let bot: TestBot;
let backup: Buffer;

beforeAll(async () => {
  bot = await openTestBot();
  await seedDemo(bot.tools);
  // Text that a careless format would break: quotes, commas, line ends, braces, backslashes.
  const ana = bot.as('Ana');
  await ana.says('/coalition setup');
  await ana.fills({ name: 'Ready, "by" (Five)\\ {now}', zone: 'America/Winnipeg' });
  await bot.settle();
  const underWay = () => bot.database.arrival.count({ where: { doneAt: null } });
  await until('what arrived is written down as done', async () => (await underWay()) === 0);
  await saveBackup(bot.databaseUrl, createWriteStream(file));
  backup = readFileSync(file);
});
afterAll(async () => {
  await bot.end();
  for (const name of emptied) await onServer(serverUrl, `drop database ${name} with (force)`);
  rmSync(folder, { recursive: true });
});

async function emptyDatabase(): Promise<string> {
  const name = `restore_${process.pid}_${emptied.length}`;
  await onServer(serverUrl, `create database ${name}`);
  emptied.push(name);
  return databaseUrl(serverUrl, name);
}

test('a backup put into an empty database gives every row of every table back, and the bot goes on from there', async () => {
  const url = await emptyDatabase();
  const rows = await loadBackup(url, Readable.from([backup]));
  const [before, after] = await Promise.all([readAll(bot.databaseUrl), readAll(url)]);
  expect(rows).toBeGreaterThan(50);
  expect(Object.values(after).flat()).toHaveLength(rows);
  expect(after).toEqual(before);
  expect(await migrate(url)).toEqual({ applied: [] });
  expect(await listReferences(url)).toEqual(await listReferences(bot.databaseUrl));
});

test('numbers given out after restoring follow those of before', async () => {
  const url = await emptyDatabase();
  await loadBackup(url, Readable.from([backup]));
  const [before, after] = await Promise.all([nextPosition(bot.databaseUrl), nextPosition(url)]);
  expect(Number(before)).toBeGreaterThan(1);
  expect(after).toBe(before);
});

test('a database that holds data is left as it is', async () => {
  const before = await readAll(bot.databaseUrl);
  await expect(loadBackup(bot.databaseUrl, Readable.from([backup]))).rejects.toThrow(
    'data in this database already',
  );
  expect(await readAll(bot.databaseUrl)).toEqual(before);
});

test('a backup that was cut off or altered changes nothing, and a whole one still goes in afterwards', async () => {
  const url = await emptyDatabase();
  const lines = gunzipSync(backup).toString().split('\n');
  const row = lines.findIndex((line) => line.startsWith('{"values"'));
  const oneRowLess = lines.toSpliced(row, 1);
  const damaged = [backup.subarray(0, Math.floor(backup.length / 2)), gzipSync(oneRowLess.join('\n'))];
  for (const bytes of damaged) {
    await expect(loadBackup(url, Readable.from([bytes]))).rejects.toThrow('not whole');
    expect(Object.values(await readAll(url)).flat()).toEqual([]);
  }
  expect(await loadBackup(url, Readable.from([backup]))).toBeGreaterThan(50);
});

test('another file, or the backup of a newer version, is refused in a sentence', async () => {
  const url = await emptyDatabase();
  const refused = (bytes: Buffer) => expect(loadBackup(url, Readable.from([bytes]))).rejects;
  await refused(Buffer.from('name,email\n')).toThrow('no backup of Common Thread');
  await refused(gzipSync('{"some":"json"}\n')).toThrow('no backup of Common Thread');
  const [head = '', ...rest] = gunzipSync(backup).toString().split('\n');
  const newer = head.replace('"migrations":[', '"migrations":["99990101000000_later",');
  await refused(gzipSync([newer, ...rest].join('\n'))).toThrow('newer version');
});

test('a database that the bot never ran on gives no backup', async () => {
  const url = await emptyDatabase();
  await expect(saveBackup(url, createWriteStream(path.join(folder, 'nothing.gz')))).rejects.toThrow(
    'nothing to back up',
  );
});

/** Every row of every table in PostgreSQL's own words. */
async function readAll(url: string): Promise<Record<string, string[]>> {
  return onClient(url, async (client) => {
    const all: Record<string, string[]> = {};
    for (const table of await listTables(client)) {
      const found = await client.query<{ row: string }>(
        `select each::text as row from "${table}" each order by 1`,
      );
      all[table] = found.rows.map(({ row }) => row);
    }
    return all;
  });
}

const listReferences = (url: string) =>
  onClient(url, async (client) => {
    const found = await client.query(
      `select conname, pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`,
    );
    return found.rows;
  });

const nextPosition = (url: string) =>
  onClient(url, async (client) => {
    const found = await client.query<{ next: string }>(
      `select nextval(pg_get_serial_sequence('"Outgoing"', 'position'))::text as next`,
    );
    return found.rows[0]?.next;
  });

async function onClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
