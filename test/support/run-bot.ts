import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../../src/project-root.ts';

/** The compiled bot as a process of its own that may well not start. */
export type RunningBot = {
  readonly child: ChildProcess;
  /** Everything it wrote so far, to either stream. */
  output(): string;
  /** What it tells once it listens; null when it ended before. */
  readonly url: Promise<string | null>;
  /** Ends it, if it has not ended by itself; by force if it waits for what is not there. */
  end(): Promise<void>;
};

const endWithinMs = 10_000;

/** Only these settings, and nothing of the machine's own. @param root the folder of the bot that is run */
export function runBot(env: Readonly<Record<string, string>>, root: string = projectRoot): RunningBot {
  const child = spawn(process.execPath, [path.join(root, 'dist', 'main.js')], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', WEB_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = new Promise<string | null>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const ready = /(?:running: |health: )(http:\/\/\S+?)(?:\/healthz)?\s/.exec(said);
        if (ready?.[1]) resolve(ready[1]);
      });
    }
    void ended.then(() => resolve(null));
  });
  return {
    child,
    url,
    output: () => said,
    async end() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), endWithinMs);
      await ended;
      clearTimeout(force);
    },
  };
}
