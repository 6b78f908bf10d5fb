import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { projectRoot } from '../src/project-root.ts';
import { connectTo } from './connect.ts';
import { openSchemaEngine } from './schema-engine.ts';

const schemaFolder = path.join(projectRoot, 'prisma', 'schema');
const migrationsFolder = path.join(projectRoot, 'prisma', 'migrations');
const snapshotName = 'schema.prisma';
const filters = { externalTables: [], externalEnums: [] };

/** Any number, the same in every process: whoever holds it migrates, the others wait. */
const migrationLock = 7_164_001;

/**
 * Brings the database to the newest schema, or to what `upTo` lists. Safe to run from several processes at once,
 * and twice.
 */
export async function migrate(
  databaseUrl: string,
  upTo: readonly string[] = listMigrations(),
): Promise<{ applied: string[] }> {
  const client = await connectTo(databaseUrl);
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const applied = new Set(await listApplied(client));
    if (upTo.every((name) => applied.has(name))) return { applied: [] };
    const { engine, close } = await openSchemaEngine(databaseUrl, readSchema());
    try {
      const result = await engine.applyMigrations({ migrationsList: readMigrations(upTo), filters });
      return { applied: result.appliedMigrationNames };
    } finally {
      await close();
    }
  } finally {
    await client.end();
  }
}

/** The migrations that a database has seen; asking first keeps a warm start from loading the engine. */
export async function listApplied(client: pg.Client): Promise<string[]> {
  const known = await client.query<{ there: string | null }>(
    `select to_regclass('_prisma_migrations')::text as there`,
  );
  if (known.rows[0]?.there == null) return [];
  const done = await client.query<{ migration_name: string }>(
    `select migration_name from _prisma_migrations
      where finished_at is not null and rolled_back_at is null order by migration_name`,
  );
  return done.rows.map((row) => row.migration_name);
}

/**
 * The SQL that leads from the last migration to the schema files; null when they agree. Each migration keeps the
 * schema it led to, because the engine cannot read PostgreSQL's catalogs through the driver adapter.
 */
export async function diffSchema(databaseUrl: string): Promise<string | null> {
  const last = listMigrations().at(-1);
  const snapshot = last && readFileSync(path.join(migrationsFolder, last, snapshotName), 'utf8');
  const from = snapshot
    ? { tag: 'schemaDatamodel' as const, files: [{ path: snapshotName, content: snapshot }] }
    : { tag: 'empty' as const };
  return diff(databaseUrl, from);
}

/** The SQL that makes the whole schema at once, for comparing it with what the migrations make. */
export async function wholeSchemaSql(databaseUrl: string): Promise<string> {
  return (await diff(databaseUrl, { tag: 'empty' })) ?? '';
}

/** Writes a migration with its SQL and the schema it leads to; returns its folder. */
export function recordMigration(name: string, sql: string): string {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = path.join(migrationsFolder, `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'migration.sql'), sql);
  writeFileSync(
    path.join(folder, snapshotName),
    readSchema()
      .map(([, text]) => text)
      .join('\n'),
  );
  return folder;
}

type DiffFrom = { tag: 'empty' } | { tag: 'schemaDatamodel'; files: { path: string; content: string }[] };

async function diff(databaseUrl: string, from: DiffFrom): Promise<string | null> {
  const { engine, close } = await openSchemaEngine(databaseUrl, readSchema());
  try {
    const files = readSchema().map(([file, content]) => ({ path: file, content }));
    const to = { tag: 'schemaDatamodel' as const, files };
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters });
    const sql = stdout?.trim() ?? '';
    return sql === '' || sql.startsWith('-- This is an empty migration') ? null : `${sql}\n`;
  } finally {
    await close();
  }
}

/** Every migration there is, in order. */
export function listMigrations(): string[] {
  const entries = readdirSync(migrationsFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readMigrations(names: readonly string[]) {
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: readFileSync(path.join(migrationsFolder, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  };
}

function readSchema(): [string, string][] {
  return readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => [path.join(schemaFolder, name), readFileSync(path.join(schemaFolder, name), 'utf8')]);
}
