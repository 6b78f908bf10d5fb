// npm run migration -- NAME: writes the SQL that brings the database from the last migration to the schema files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedServer } from '../prisma/embedded-server.ts';
import { diffSchema } from '../prisma/migrate.ts';
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
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const target = path.join(projectRoot, 'prisma', 'migrations', `${stamp}_${name}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, 'migration.sql'), sql);
  console.log(`Wrote ${path.relative(projectRoot, target)}/migration.sql. Read it before you commit it.`);
}
