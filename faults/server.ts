import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedServer } from '../prisma/embedded-server.ts';
import { SturdyClient } from '../src/core/sturdy-client.ts';

/** The PostgreSQL of a run: one of its own, with durability as in service, on a small disk where that can be made. */
export type Server = {
  readonly url: string;
  /** Whether its disk can be filled; null: it can, otherwise why not. */
  readonly noFullDisk: string | null;
  /** The rows of a statement; waits for a server that is away. */
  rows<T>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** A connection that its caller ends, for locks. */
  connect(): Promise<pg.Client>;
  /** `kill`: at once, as when power fails; `restart`: as an administrator does. It is back by itself. */
  stop(how: 'kill' | 'restart'): void;
  /** Fills its disk to the last byte, and gives back what empties it again. */
  fillDisk(): () => void;
  close(): Promise<void>;
};

const diskMegabytes = 420;
const patienceMs = 60_000;

export async function openServer(folder: string): Promise<Server> {
  const noFullDisk = mountDisk(folder);
  const server = await startEmbeddedServer(folder);
  const config = { connectionString: server.url, application_name: 'harness' };
  const pool = new pg.Pool({ ...config, Client: SturdyClient, max: 3 });
  pool.on('error', () => {});
  const unmount = () => {
    if (noFullDisk === null) execFileSync('umount', ['-l', folder]);
  };
  // Whatever becomes of this process, neither the server nor its disk stays behind.
  const endAll = () => {
    const pid = postmasterOf(folder);
    if (pid !== null) process.kill(pid, 'SIGQUIT');
    unmount();
  };
  process.once('exit', endAll);

  async function rows<T>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const until = Date.now() + patienceMs;
    for (;;) {
      try {
        return (await pool.query(sql, [...values])).rows as T[];
      } catch (error) {
        // A broken statement is the harness's own fault; everything else passes.
        const { code = '' } = error as { code?: string };
        if (code.startsWith('42') || Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  return {
    url: server.url,
    noFullDisk,
    rows,
    async connect() {
      const client = new SturdyClient(config);
      await client.connect();
      return client;
    },
    stop(how) {
      const pid = postmasterOf(folder);
      if (pid !== null) process.kill(pid, how === 'kill' ? 'SIGKILL' : 'SIGINT');
    },
    fillDisk() {
      const filler = path.join(folder, 'filler');
      const file = openSync(filler, 'w');
      for (let size = 1 << 20; size >= 1; size >>= 1) writeUntilFull(file, Buffer.alloc(size));
      closeSync(file);
      return () => rmSync(filler, { force: true });
    },
    async close() {
      await pool.end();
      await server.stop();
      process.off('exit', endAll);
      unmount();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A small disk in memory, which only root may make; null once it is there, otherwise why not. */
function mountDisk(folder: string): string | null {
  if (process.platform !== 'linux') return 'a small disk is only made on Linux';
  if (process.getuid?.() !== 0) return 'only root may make a small disk';
  try {
    const options = `size=${diskMegabytes}m,mode=0755`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
    return null;
  } catch {
    return 'this machine lets nobody mount a small disk';
  }
}

function writeUntilFull(file: number, block: Buffer): void {
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

function postmasterOf(folder: string): number | null {
  const file = path.join(folder, 'postgres', 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return pid > 0 && existsSync(`/proc/${pid}`) ? pid : null;
}
