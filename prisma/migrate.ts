import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { projectRoot } from '../src/project-root.ts';
import { openSchemaEngine } from './schema-engine.ts';

const schemaFolder = path.join(projectRoot, 'prisma', 'schema');
const migrationsFolder = path.join(projectRoot, 'prisma', 'migrations');
const filters = { externalTables: [], externalEnums: [] };

/** Any number, the same in every process: whoever holds it migrates, the others wait. */
const migrationLock = 7_164_001;

/** Brings the database to the newest schema. Safe to run from several processes at once, and twice. */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const waiting = await listUnapplied(client);
    if (waiting.length === 0) return { applied: [] };
    const { engine, close } = await openSchemaEngine(databaseUrl, readSchema());
    try {
      const result = await engine.applyMigrations({ migrationsList: readMigrations(), filters });
      return { applied: result.appliedMigrationNames };
    } finally {
      await close();
    }
  } finally {
    await client.end();
  }
}

/** The migrations that this database has not seen; asking first keeps a warm start from loading the engine. */
async function listUnapplied(client: pg.Client): Promise<string[]> {
  const all = listFolders();
  const known = await client.query<{ there: string | null }>(
    `select to_regclass('_prisma_migrations')::text as there`,
  );
  if (known.rows[0]?.there == null) return all;
  const done = await client.query<{ migration_name: string }>(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  const applied = new Set(done.rows.map((row) => row.migration_name));
  return all.filter((name) => !applied.has(name));
}

/**
 * Writes the SQL that leads from the migrations so far to the schema files; null when they agree.
 *
 * @param shadowDatabaseUrl an empty database, which the migrations are applied to
 */
export async function diffSchema(shadowDatabaseUrl: string): Promise<string | null> {
  const { engine, close } = await openSchemaEngine(shadowDatabaseUrl, readSchema());
  try {
    const files = readSchema().map(([file, content]) => ({ path: file, content }));
    const result = await engine.diff({
      from: listFolders().length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...readMigrations() },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters,
    });
    const sql = result.stdout?.trim() ?? '';
    return sql === '' || sql.startsWith('-- This is an empty migration') ? null : `${sql}\n`;
  } finally {
    await close();
  }
}

function listFolders(): string[] {
  const entries = readdirSync(migrationsFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readMigrations() {
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: listFolders().map((name) => ({
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
