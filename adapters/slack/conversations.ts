import { setTimeout as delay } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { PlatformError } from '../../src/core/errors.ts';
import type { Tools } from '../../src/core/ports.ts';
import { holdTurns, takeTurn } from '../../src/delivery/pace.ts';
import type { SlackApi } from './web-api.ts';

/** Direct conversations of one person or several with the bot. */
export type Conversations = {
  /**
   * The channel id of the conversation with these people; Slack gives the same one for the same people.
   *
   * @param mostWaitMs how long it may wait for its turn; 0: the queue comes back instead
   */
  open(teamId: string, userIds: readonly string[], mostWaitMs?: number): Promise<string>;
};

/**
 * docs.slack.dev, "Rate limits": conversations.open is Tier 3, 50 a minute in a workspace, bursts tolerated. A message
 * to everybody opens as many conversations as there are people, so the processes that do it share the count.
 */
const paceMs = 1200;
const burst = 20;
/** Whoever has to wait comes back at some moment within this time, so that not all come at the same. */
const spreadMs = 10_000;
const keptConversations = 20_000;

const opened = z.object({ channel: z.object({ id: z.string() }) });

export function makeConversations(
  api: SlackApi,
  { database, realClock }: Pick<Tools, 'database' | 'realClock'>,
): Conversations {
  /** They never change. */
  const known = new Map<string, string>();

  return {
    async open(teamId, userIds, mostWaitMs = 0) {
      const users = [...userIds].sort().join(',');
      const name = `${teamId}/${users}`;
      const found = known.get(name);
      if (found) return found;
      const key = `slack-open:${teamId}`;
      const { turn, inMs } = await takeTurn(database, { key, paceMs, burst, mostWaitMs }, realClock.now());
      if (turn === 'later') {
        const retryAfterMs = inMs + Math.ceil(Math.random() * spreadMs);
        throw new PlatformError('busy', 'slack', { retryAfterMs, detail: 'too many conversations at once' });
      }
      if (inMs > 0) await delay(inMs);
      const answer = await api.call(teamId, 'conversations.open', { users }).catch(async (error: unknown) => {
        if (error instanceof webApi.WebAPIRateLimitedError) {
          await holdTurns(database, key, error.retryAfter * 1000, realClock.now());
        }
        throw error;
      });
      const { id } = opened.parse(answer).channel;
      if (known.size >= keptConversations) known.clear();
      known.set(name, id);
      return id;
    },
  };
}
