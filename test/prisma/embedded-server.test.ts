import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { findBinaries, makeRunner, reachablePrograms } from '../../prisma/embedded-programs.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../prisma/embedded-server.ts';

const execFileAsync = promisify(execFile);
const folders: string[] = [];
const servers: EmbeddedServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function makeFolder(mode: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-embedded-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer(path.join(folder, '.data'));
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

// The mode of a folder matters to root alone: the server then runs as somebody who may not enter it.
test.each([
  ['everybody may enter', 0o755],
  ['only its owner may enter', 0o700],
])('the database starts in a folder that %s, stops, and keeps its data', async (_, mode) => {
  const folder = makeFolder(mode);
  const first = await start(folder);
  await query(first.url, `create table kept as select 'still here' as word`);
  await first.stop();
  const second = await start(folder);
  expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'still here' }]);
});

test('programs that only root can reach are copied to where the server may run them; anybody else runs them in place', async () => {
  const folder = makeFolder(0o755);
  const { root } = await findBinaries();
  const hidden = path.join(folder, 'home', 'postgres');
  cpSync(root, hidden, { recursive: true, verbatimSymlinks: true });
  chmodSync(path.join(folder, 'home'), 0o700);
  const isRoot = process.getuid?.() === 0;
  const reachable = reachablePrograms(hidden, path.join(folder, 'cache'));
  expect(reachable === hidden).toBe(!isRoot);
  // Run as the server is: nobody, where we are root.
  const runner = makeRunner(folder, reachable);
  const postgres = path.join(reachable, 'native', 'bin', 'postgres');
  const ran = runner.run(postgres, ['--version']) as Promise<{ stdout: string }>;
  expect((await ran).stdout).toContain('PostgreSQL');
  expect(reachablePrograms(hidden, path.join(folder, 'cache'))).toBe(reachable);
  if (!isRoot) return;
  const denied = execFileAsync(path.join(hidden, 'native', 'bin', 'postgres'), ['--version'], {
    uid: 65_534,
    gid: 65_534,
    cwd: '/',
  });
  await expect(denied).rejects.toThrow(/EACCES/);
});

test('a server whose process was killed comes back with everything that was committed', async () => {
  const folder = makeFolder(0o755);
  const first = await start(folder);
  await query(first.url, `create table kept as select 'still here' as word`);
  const [pid = ''] = readFileSync(path.join(folder, '.data/postgres/postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGKILL');
  await first.stop();
  const second = await start(folder);
  expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'still here' }]);
});

test('a server that was left running is used again', async () => {
  const folder = makeFolder(0o755);
  const first = await start(folder);
  const second = await start(folder);
  expect(second.url).toBe(first.url);
});

test.each([
  ['no password', ({ url }: EmbeddedServer) => url.replace(/:[^:@/]+@/, '@')],
  ['another password', ({ url }: EmbeddedServer) => url.replace(/:[^:@/]+@/, ':guessed@')],
])('whoever comes with %s is not let in', async (_, address) => {
  const folder = makeFolder(0o755);
  const server = await start(folder);
  await expect(query(address(server), 'select 1')).rejects.toThrow(/password/);
  const { mode } = statSync(path.join(folder, '.data/postgres.password'));
  expect(mode & 0o077).toBe(0);
});

test.each([
  ['from before there was a password', (data: string) => letAnybodyIn(data)],
  ['whose password was lost', (data: string) => rmSync(path.join(data, 'postgres.password'))],
])('data %s is kept, and asks for a password from then on', async (_, happens) => {
  const folder = makeFolder(0o755);
  const first = await start(folder);
  await query(first.url, `create table kept as select 'still here' as word`);
  await first.stop();
  happens(path.join(folder, '.data'));
  const second = await start(folder);
  expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'still here' }]);
  await expect(query(second.url.replace(/:[^:@/]+@/, '@'), 'select 1')).rejects.toThrow(/password/);
  await second.stop();
  const third = await start(folder);
  expect(await query(third.url, 'select word from kept')).toEqual([{ word: 'still here' }]);
});

function letAnybodyIn(data: string): void {
  const rules = path.join(data, 'postgres/pg_hba.conf');
  writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('scram-sha-256', 'trust'));
  rmSync(path.join(data, 'postgres.password'));
}

test('it listens on this machine only', async () => {
  const server = await start(makeFolder(0o755));
  expect(await query(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
});
