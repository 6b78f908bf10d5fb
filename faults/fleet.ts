import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../src/project-root.ts';
import { freePort } from '../test/support/redis.ts';
import { until } from '../test/support/until.ts';
import { wrongClock } from '../test/support/wrong-clock.ts';

export const processNames = ['slack', 'discord', 'console', 'jobs-1', 'jobs-2'] as const;
export type ProcessName = (typeof processNames)[number];

/** The bot as processes of their own, each started again by itself when it ends, as systemd or Docker would. */
export type Fleet = {
  url(name: ProcessName): string;
  isUp(name: ProcessName): boolean;
  /** `kill -9`, at this very moment. False when there is nothing to kill. */
  kill(name: ProcessName): boolean;
  /** From its next start on, the machine's clock that a process sees is wrong by so much; 0: right again. */
  setClock(name: ProcessName, wrongByMs: number): void;
  /** Ends without anybody having killed them, after they had been up: a fault of the bot. */
  readonly crashes: { readonly name: ProcessName; readonly code: number | null }[];
  /** How often any was started. */
  starts(): number;
  allUp(withinMs: number): Promise<void>;
  close(): Promise<void>;
};

type Running = {
  child: ChildProcess | null;
  port: number;
  isUp: boolean;
  killed: boolean;
  clockWrongByMs: number;
  log: WriteStream;
};

const againAfterMs = 200;
const endWithinMs = 15_000;

/** @param env what all of them share; each adds what it runs and its own name at the database */
export async function openFleet(of: {
  env: Readonly<Record<string, string>>;
  databaseUrl: string;
  folder: string;
}): Promise<Fleet> {
  const running = new Map<ProcessName, Running>();
  const crashes: { name: ProcessName; code: number | null }[] = [];
  let started = 0;
  let closing = false;

  function start(name: ProcessName, at: Running): void {
    if (closing) return;
    started += 1;
    const child = spawn(process.execPath, [path.join(projectRoot, 'dist', 'main.js')], {
      env: {
        ...process.env,
        ...of.env,
        ...(at.clockWrongByMs === 0 ? {} : wrongClock(at.clockWrongByMs)),
        RUN: name.replace(/-\d$/, ''),
        WEB_PORT: String(at.port),
        DATABASE_URL: `${of.databaseUrl}?application_name=${name}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    at.child = child;
    at.killed = false;
    child.stdout?.on('data', (said: Buffer) => {
      if (said.includes('is running')) at.isUp = true;
      at.log.write(said);
    });
    child.stderr?.on('data', (said: Buffer) => at.log.write(said));
    child.once('exit', (code) => {
      if (at.isUp && !at.killed && !closing) crashes.push({ name, code });
      at.isUp = false;
      at.child = null;
      if (!closing) setTimeout(() => start(name, at), againAfterMs);
    });
  }

  function get(name: ProcessName): Running {
    const found = running.get(name);
    if (!found) throw new Error(`There is no process ${name}`);
    return found;
  }

  const childrenNow = () => [...running.values()].flatMap(({ child }) => child ?? []);
  // Whatever becomes of this process, nothing that it started goes on.
  const endAll = () => {
    closing = true;
    for (const child of childrenNow()) child.kill('SIGKILL');
  };
  process.once('exit', endAll);

  for (const name of processNames) {
    const log = createWriteStream(path.join(of.folder, `${name}.log`));
    const at: Running = {
      child: null,
      port: await freePort(),
      isUp: false,
      killed: false,
      clockWrongByMs: 0,
      log,
    };
    running.set(name, at);
    start(name, at);
    // The first one migrates; the others find it done.
    if (name === 'slack') await until(`${name} is up`, () => at.isUp, 60_000);
  }

  return {
    url: (name) => `http://127.0.0.1:${get(name).port}`,
    isUp: (name) => get(name).isUp,
    kill(name) {
      const at = get(name);
      if (!at.child?.pid) return false;
      at.killed = true;
      at.isUp = false;
      return at.child.kill('SIGKILL');
    },
    setClock(name, wrongByMs) {
      get(name).clockWrongByMs = wrongByMs;
    },
    crashes,
    starts: () => started,
    allUp: (withinMs) =>
      until('every process is up', () => [...running.values()].every(({ isUp }) => isUp), withinMs),
    async close() {
      closing = true;
      const children = childrenNow();
      for (const child of children) child.kill('SIGTERM');
      const ended = () =>
        children.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
      await until('every process has ended', ended, endWithinMs).catch(() => {
        for (const child of children) child.kill('SIGKILL');
      });
      for (const { log } of running.values()) log.end();
      process.off('exit', endAll);
    },
  };
}
