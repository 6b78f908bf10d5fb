import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { RateLimitError } from 'discord.js';
import { PlatformError } from '../../src/core/errors.ts';
import type { Tools } from '../../src/core/ports.ts';
import { holdTurns, takeTurn } from '../../src/delivery/pace.ts';

/** What processes with one token share. */
export type Shared = Pick<Tools, 'database' | 'realClock'>;

/** The turns of one bot at Discord, whatever the number of processes that send with its token. */
export type Turns = {
  /** Makes one request when it may go. When Discord has had enough from the whole bot, nobody sends until it takes more. */
  inTurn<T>(request: () => Promise<T>): Promise<T>;
  /** The time by which they are counted, on which all processes agree. */
  now(): Date;
};

/**
 * topics/rate-limits: 50 requests a second for one bot, on whatever routes. Discord does not say when its second
 * begins, so no second of any may hold more: a burst of 4 and then one every 22 ms make 49.
 */
const paceMs = 22;
const burst = 4;
/** A turn within this time is waited for: that costs less than letting the lane go and taking it again. */
const mostWaitMs = 1_000;

export function makeTurns({ database, realClock }: Shared, token: string): Turns {
  // A token begins with the id of its bot, and only that is counted.
  const [bot = ''] = token.split('.');
  const key = `discord:${createHash('sha256').update(bot).digest('hex').slice(0, 32)}`;
  /** Resolves when a request may go. Throws `busy` when that would take longer than a job should wait. */
  async function next(): Promise<void> {
    const pace = { key, paceMs, burst, mostWaitMs };
    const { turn, inMs } = await takeTurn(database, pace, realClock.now()).catch((cause: unknown) => {
      // Nothing was sent, so it is simply tried again.
      throw new PlatformError('busy', 'Discord', { cause, detail: 'the shared pace is unknown' });
    });
    if (turn === 'later') {
      throw new PlatformError('busy', 'Discord', { retryAfterMs: inMs, detail: 'too many waiting' });
    }
    if (inMs > 0) await delay(inMs);
  }

  return {
    async inTurn(request) {
      await next();
      try {
        return await request();
      } catch (error) {
        if (error instanceof RateLimitError && error.global) {
          const forMs = error.retryAfter + mostWaitMs;
          await holdTurns(database, key, forMs, realClock.now()).catch(() => {});
        }
        throw error;
      }
    },
    now: realClock.now,
  };
}
