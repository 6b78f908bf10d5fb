import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from '../../prisma/embedded-server.ts';
import { closeDatabase, type Database, openDatabase, readRows, writeRows } from '../../src/database.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-to-disk-'));
let server: EmbeddedServer;
let database: Database;

beforeAll(async () => {
  server = await startEmbeddedServer(folder);
  database = openDatabase(server.url);
  await database.$executeRaw`create table "Kept" ("id" int primary key)`;
  // What nobody takes to the disk stays in memory.
  await database.$executeRaw`alter system set wal_writer_delay = '10s'`;
  await database.$executeRaw`select pg_reload_conf()`;
});
afterAll(async () => {
  await closeDatabase(database);
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ids = [1, 2, 3, 4, 5, 6, 7, 8];
const keep = 'insert into "Kept" values ($1)';
const kept = () => readRows<{ id: number }>(database, 'select "id" from "Kept" order by "id"', []);

test('what was written, alone or with others, is still there after PostgreSQL crashed', async () => {
  await writeRows(database, keep, [0]);
  await Promise.all(ids.map((id) => writeRows(database, keep, [id])));
  // Its immediate shutdown: nothing is written down any more.
  process.kill(postgresPid(), 'SIGQUIT');
  await expect
    .poll(() => kept().catch(() => null), { timeout: 30_000 })
    .toEqual([0, ...ids].map((id) => ({ id })));
});

function postgresPid(): number {
  const [pid] = readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}
