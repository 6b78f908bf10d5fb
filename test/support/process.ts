import type { ChildProcess } from 'node:child_process';
import type { Message, Result } from '../../adapters/console/web/wire.ts';
import { runBot } from './run-bot.ts';

/**
 * The compiled bot as a process of its own, spoken to as any program would: through the console's HTTP interface.
 * Fault tests kill it.
 */
export type BotProcess = {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it wrote so far. */
  output(): string;
  get<T>(route: string): Promise<T>;
  post<T = Result>(route: string, body: object): Promise<T>;
  messages(as: string, place: string): Promise<Message[]>;
  moveClock(to: string): Promise<void>;
  /** Ends it and waits until it is gone: `SIGKILL` as a crash would, `SIGINT` as Ctrl-C does. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

export async function startBotProcess(
  env: Readonly<Record<string, string>>,
  root?: string,
): Promise<BotProcess> {
  const settings = { RUN: 'console,jobs', LOG_LEVEL: 'warn', ...env };
  const { child, output, url: listening } = runBot(settings, root);
  const url = await listening;
  if (url === null) throw new Error(`The bot ended with ${child.exitCode} before it was ready:\n${output()}`);

  async function read<T>(response: Response): Promise<T> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
  const get = async <T>(route: string) => read<T>(await fetch(`${url}${route}`));
  const post = async <T = Result>(route: string, body: object) =>
    read<T>(
      await fetch(`${url}${route}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );

  return {
    url,
    child,
    output,
    get,
    post,
    async messages(as, place) {
      const query = new URLSearchParams({ as, in: place, limit: '200' });
      return (await get<{ messages: Message[] }>(`/api/messages?${query}`)).messages;
    },
    moveClock: async (to) => void (await post('/api/clock', { to })),
    end: (signal) =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
        child.once('exit', (code) => resolve(code));
        child.kill(signal);
      }),
  };
}
