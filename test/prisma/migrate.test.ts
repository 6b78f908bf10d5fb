import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { diffSchema, migrate, wholeSchemaSql } from '../../prisma/migrate.ts';
import { closeDatabase, type Database, openDatabase } from '../../src/database.ts';
import { databaseUrl, onServer } from '../support/database.ts';

const serverUrl = inject('serverUrl');
const name = `migrate_${process.pid}`;
const url = databaseUrl(serverUrl, name);

const empty = `${name}_empty`;

beforeAll(async () => {
  for (const each of [name, empty]) await onServer(serverUrl, `create database ${each}`);
});
afterAll(async () => {
  for (const each of [name, empty]) await onServer(serverUrl, `drop database ${each} with (force)`);
});

test('an empty database is brought up to date once, however many processes try at the same time', async () => {
  const results = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  const applied = results.map((result) => result.applied.length);
  expect(applied.filter((count) => count > 0)).toHaveLength(1);
  expect(await migrate(url)).toEqual({ applied: [] });
});

test('the rows that Prisma Migrate keeps are there, so that its own tools can take over', async () => {
  const database = openDatabase(url, 1);
  const rows = await database.$queryRaw<{ migration_name: string; finished_at: Date | null }[]>`
    select migration_name, finished_at from _prisma_migrations`;
  await closeDatabase(database);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => row.finished_at !== null)).toBe(true);
});

test('the migrations lead to exactly what the schema files say', async () => {
  const emptyUrl = databaseUrl(serverUrl, empty);
  expect(await diffSchema(emptyUrl)).toBeNull();
  const whole = openDatabase(emptyUrl, 1);
  for (const statement of (await wholeSchemaSql(emptyUrl)).split(/;\n/)) {
    if (statement.trim() !== '') await whole.$executeRawUnsafe(statement);
  }
  const migrated = openDatabase(url, 1);
  const [made, wanted] = await Promise.all([describeDatabase(migrated), describeDatabase(whole)]);
  await Promise.all([closeDatabase(whole), closeDatabase(migrated)]);
  expect(wanted.length).toBeGreaterThan(50);
  expect(made).toEqual(wanted);
});

/** Every column, index and constraint, in words that two databases can be compared by. */
async function describeDatabase(database: Database): Promise<string[]> {
  const rows = await database.$queryRaw<{ line: string }[]>`
    select concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all
    select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname = 'public'
    union all
    select concat_ws(' ', 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    order by 1`;
  return rows.map(({ line }) => line).filter((line) => !line.includes('_prisma_migrations'));
}
