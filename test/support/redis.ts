import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBinary } from './find-binary.ts';

export type RedisServer = {
  readonly url: string;
  /** Ends it at once, as a crash would; `start` brings it back on the same port with what it had on disk. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
};

/** Where Redis is installed, or null. */
export const findRedis = (): string | null => findBinary('redis-server');

/** A private Redis on a free port of this machine. */
export async function startRedis(binary: string): Promise<RedisServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-redis-'));
  const port = await freePort();
  let child: ReturnType<typeof spawn> | null = null;

  async function start() {
    child = spawn(
      binary,
      [
        ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
        ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
      ],
      { stdio: 'ignore' },
    );
    for (let tries = 0; !(await opens(port)); tries += 1) {
      if (tries > 400) throw new Error('redis-server did not start');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  async function kill() {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    await new Promise<void>((resolve) => {
      ending.once('exit', () => resolve());
      ending.kill('SIGKILL');
    });
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function opens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
