// npm run migration -- NAME: writes the SQL that brings the database from the last migration to the schema files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedServer } from '../prisma/embedded-server.ts';
import { diffSchema, recordMigration } from '../prisma/migrate.ts';
import { projectRoot } from '../src/project-root.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9-]+$/.test(name)) {
  console.error('Give the migration a name of small letters and dashes: npm run migration -- add-roles');
  process.exit(1);
}
const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-migration-'));
const server = await startEmbeddedServer(folder);
const sql = await diffSchema(server.url);
await server.stop();
rmSync(folder, { recursive: true, force: true });
if (sql === null) {
  console.log('The schema files say nothing new.');
} else {
  const folder = recordMigration(name, sql);
  console.log(`Wrote ${path.relative(projectRoot, folder)}/migration.sql. Read it before you commit it.`);
}
