import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Database } from '../../src/database.ts';
import type { Account } from './accounts.ts';
import type { ConsoleClock } from './clock.ts';
import type { Messages } from './messages.ts';
import type { Reading } from './reading.ts';

/** Tells open pages that something changed; what changed, they read. */
export type Feed = {
  /** Called after every change made by this process. */
  changed(): void;
  /** Calls back soon after a change here, and within a second of one made by another process. */
  subscribe(listener: () => void): () => void;
  close(): void;
};

const lookEveryMs = 1000;

export function makeFeed(database: Database, onLook: () => Promise<void> = async () => {}): Feed {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;
  let seen = '';

  function tell() {
    for (const listener of listeners) listener();
  }

  /** Another process, such as one that only runs jobs, may have written. */
  async function look() {
    const [messages, clock] = await Promise.all([
      database.consoleMessage.aggregate({ _max: { change: true } }),
      database.clockOffset.findUnique({ where: { id: 1 } }),
    ]);
    const now = `${messages._max.change} ${clock?.offsetMs}`;
    if (now === seen) return;
    seen = now;
    await onLook();
    tell();
  }

  function schedule() {
    timer = setTimeout(() => {
      // A database that is away for a moment is looked at again.
      look()
        .catch(() => {})
        .finally(() => {
          if (timer !== null) schedule();
        });
    }, lookEveryMs);
  }

  function stop() {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    changed: tell,
    subscribe(listener) {
      listeners.add(listener);
      if (timer === null) schedule();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    close() {
      listeners.clear();
      stop();
    },
  };
}

const stillHereEveryMs = 15_000;

/** One page's stream: every message that is new, redrawn or gone for its person, and the time when it jumps. */
export function streamEvents(
  context: Context,
  of: {
    feed: Feed;
    messages: Messages;
    reading: Reading;
    clock: ConsoleClock;
    account: Account;
    since: bigint;
    most: number;
  },
): Response {
  const { feed, messages, reading, clock, account, most } = of;
  let { since } = of;
  return streamSSE(context, async (stream) => {
    let isStale = true;
    let wake = () => {};
    const unsubscribe = feed.subscribe(() => {
      isStale = true;
      wake();
    });
    stream.onAbort(() => {
      unsubscribe();
      wake();
    });

    while (!stream.aborted && !stream.closed) {
      if (!isStale) {
        const why = await new Promise<'changed' | 'quiet'>((resolve) => {
          const timer = setTimeout(() => resolve('quiet'), stillHereEveryMs);
          wake = () => {
            clearTimeout(timer);
            resolve('changed');
          };
        });
        if (why === 'quiet') await stream.write(': still here\n\n');
        continue;
      }
      isStale = false;
      const rows = await messages.listSince({ viewer: account.ref, place: null, since, most });
      for (const message of await reading.draw(rows, account)) {
        const id = String(message.change);
        await stream.writeSSE({ event: 'message', data: JSON.stringify(message), id });
      }
      since = rows.at(-1)?.change ?? since;
      if (rows.length === most) isStale = true;
      await stream.writeSSE({ event: 'clock', data: JSON.stringify(await clock.read()) });
    }
    unsubscribe();
  });
}
