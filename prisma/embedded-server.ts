import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { EmbeddedServerError, findBinaries, makeRunner } from './embedded-programs.ts';

const database = 'common_thread';
const user = 'postgres';
/** Repeating the hash makes guessing slow. Nobody guesses 32 random bytes, and every connection would wait for it. */
const scramIterations = 1;

export type EmbeddedServer = {
  readonly url: string;
  /** Stops the server, unless another living process started it. */
  stop(): Promise<void>;
};

const startWithinMs = 60_000;
/** How often we look whether the server is still there. */
const watchEveryMs = 500;

/**
 * Starts the PostgreSQL that came with the packages, its data under `folder`, reachable from this machine only and with
 * the password that stands in the folder. A server that a killed process left running is taken over; one that dies is
 * started again on the same port; one that belongs to another living process is shared, and left to it.
 */
export async function startEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  const binaries = await findBinaries();
  const data = path.join(folder, 'postgres');
  const runner = makeRunner(folder, binaries.root);
  const passwordFile = path.join(folder, 'postgres.password');
  const isNew = !existsSync(path.join(data, 'PG_VERSION'));
  if (!existsSync(passwordFile)) {
    makePassword(passwordFile, runner.own);
    // Whoever may write here may come in, and gives the server the new password below.
    if (!isNew) replaceRule(data, 'scram-sha-256', 'trust');
  }
  const password = readFileSync(passwordFile, 'utf8').trim();
  const addressOf = (port: number): Address => ({ port, password });
  if (isNew) {
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { recursive: true, mode: 0o700 });
    runner.own(data);
    await runner.run(binaries.initdb, [
      ...['-D', data, '-U', user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
      ...['-c', `scram_iterations=${scramIterations}`, '-E', 'UTF8', '--locale=C', '--no-sync'],
    ]);
  }

  /** Starts the server and waits until it answers; gives the id of its process. */
  async function launch(port: number): Promise<number> {
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
    const until = Date.now() + startWithinMs;
    while (!(await answers(addressOf(port)))) {
      if (server.exitCode !== null || server.signalCode !== null || Date.now() > until) {
        throw new EmbeddedServerError(
          `PostgreSQL did not start in ${data}. It said:\n${said.trim() || '(nothing)'}`,
        );
      }
      await pause(25);
    }
    // The server is its own process group's leader and outlives us only when we are killed.
    server.unref();
    return server.pid as number;
  }

  const ownerFile = path.join(folder, 'postgres.owner');
  const running = await findRunning(data, addressOf);
  if (running && isOwnedByAnother(ownerFile))
    return { url: urlFor(addressOf(running.port)), stop: async () => {} };
  writeFileSync(ownerFile, String(process.pid));

  const port = running?.port ?? (await freePort());
  let pid = running?.pid ?? (await launch(port));
  await askForPassword(data, addressOf(port));
  await createDatabase(addressOf(port));

  let stopping = false;
  let mending: Promise<void> = Promise.resolve();
  const watch = setInterval(() => {
    if (isAlive(pid)) return;
    mending = mending.then(async () => {
      if (stopping || isAlive(pid)) return;
      // A try that comes while the dead server's last processes still hold its memory fails; the next one will do.
      pid = await launch(port).catch(() => pid);
    });
  }, watchEveryMs);
  watch.unref();

  return {
    url: urlFor(addressOf(port)),
    async stop() {
      stopping = true;
      clearInterval(watch);
      await mending;
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions, writes everything down and leaves.
      if (isAlive(pid)) process.kill(pid, 'SIGINT');
      while (isAlive(pid)) await pause(10);
      rmSync(ownerFile, { force: true });
    },
  };
}

type Address = { readonly port: number; readonly password: string };
const urlFor = ({ port, password }: Address, name = database) =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function isOwnedByAnother(ownerFile: string): boolean {
  if (!existsSync(ownerFile)) return false;
  const owner = Number(readFileSync(ownerFile, 'utf8'));
  return owner !== process.pid && isAlive(owner);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The live server of a data folder. The lock file of a dead one is cleared by PostgreSQL itself. */
async function findRunning(
  data: string,
  addressOf: (port: number) => Address,
): Promise<{ port: number; pid: number } | null> {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [first, , , fourth] = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(first), Number(fourth)];
  // A server that is recovering after a crash refuses connections for a moment.
  for (const until = Date.now() + 5000; isAlive(pid) && Date.now() < until; await pause(25)) {
    if (await answers(addressOf(port))) return { port, pid };
  }
  return null;
}

async function answers(address: Address): Promise<boolean> {
  return asOwner(address, (client) => client.query('select 1')).then(
    () => true,
    () => false,
  );
}

async function createDatabase(address: Address): Promise<void> {
  await asOwner(address, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  });
}

/** For data from before there was a password, and for data whose password was lost. */
async function askForPassword(data: string, address: Address): Promise<void> {
  if (!hasRule(data, 'trust')) return;
  await asOwner(address, async (client) => {
    await client.query(`set scram_iterations = ${scramIterations}`);
    await client.query(`alter user ${user} password '${address.password}'`);
    replaceRule(data, 'trust', 'scram-sha-256');
    await client.query('select pg_reload_conf()');
  });
}

/** How the server lets in whoever comes: the last word of each rule in pg_hba.conf. */
const rulesFile = (data: string) => path.join(data, 'pg_hba.conf');
const ruleOf = (method: string) => new RegExp(`^([^#\\n]*\\s)${method}(\\s*)$`, 'gm');
const hasRule = (data: string, method: string) => ruleOf(method).test(readFileSync(rulesFile(data), 'utf8'));
function replaceRule(data: string, from: string, to: string): void {
  const rules = readFileSync(rulesFile(data), 'utf8');
  writeFileSync(rulesFile(data), rules.replace(ruleOf(from), `$1${to}$2`));
}

async function asOwner<T>(address: Address, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlFor(address, 'postgres') });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Only whoever runs the bot may read it, and the server, which takes it from there. */
function makePassword(file: string, own: (file: string) => void): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  own(file);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
