import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { diffSchema, migrate } from '../../prisma/migrate.ts';
import { openDatabase } from '../../src/database.ts';
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
  await database.$disconnect();
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => row.finished_at !== null)).toBe(true);
});

test('the migrations lead to exactly what the schema files say', async () => {
  expect(await diffSchema(databaseUrl(serverUrl, empty))).toBeNull();
});
