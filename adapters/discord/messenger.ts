import { createHash } from 'node:crypto';
import { type BaseInteraction, REST, Routes } from 'discord.js';
import { PlatformError } from '../../src/core/errors.ts';
import type { Destination, Drawn, Messenger } from '../../src/core/ports.ts';
import { makeCalendar } from './calendar.ts';
import type { DiscordMessage } from './draw-card.ts';
import { drawCard } from './draw-card.ts';
import { findSent } from './find-sent.ts';
import { troubleOf } from './trouble.ts';
import type { Turns } from './turns.ts';

/** How long one request may take. */
const requestMs = 10_000;
/** How many times as long all requests of one send may take together: well within a lane's lease of a minute. */
const mostOfAll = 4.5;
/** Five messages in five seconds is what a channel takes (observed; the real limit comes with each answer). */
const paceMs = 1_000;
const keptChannels = 10_000;

/**
 * The client for everything that is not an answer. It never waits: a rate limit, Discord's or its own count
 * of the 50 requests a second (topics/rate-limits), becomes a `PlatformError` and the queue waits.
 */
export function makeRest(of: { token: string; apiUrl: string | null; requestMs?: number }): REST {
  return new REST({
    version: '10',
    ...(of.apiUrl ? { api: of.apiUrl } : {}),
    retries: 0,
    timeout: of.requestMs ?? requestMs,
    rejectOnRateLimit: () => true,
    globalRequestsPerSecond: 50,
    invalidRequestWarningInterval: 500,
  }).setToken(of.token);
}

export type DiscordMessenger = Messenger & {
  /** @param mark what the message carried until now, if it is to be found by that once more */
  redraw(to: Destination, messageRef: string, message: Drawn, mark?: number): Promise<void>;
};

/** Sends messages to Discord's channels and people. Needs the token, and no connection to the gateway. */
export function makeMessenger(rest: REST, turns: Turns, limit = requestMs): DiscordMessenger {
  /** The direct-message channel of each person: it never changes, and opening one is rate limited hard. */
  const directChannels = new Map<string, string>();
  /** Also ends an answer whose body never comes, which the client's own time-out does not see. */
  const signal = () => AbortSignal.timeout(limit);
  const { inTurn } = turns;

  async function channelOf({ placeRef }: Destination): Promise<string> {
    if (!placeRef.startsWith('@')) return placeRef;
    const user = placeRef.slice(1);
    const known = directChannels.get(user);
    if (known) return known;
    const body = { recipient_id: user };
    const opened = (await inTurn(() => rest.post(Routes.userChannels(), { body, signal: signal() })).catch(
      (error: unknown) => {
        throw beforeSending(troubleOf(error));
      },
    )) as { id: string };
    if (directChannels.size >= keptChannels) directChannels.clear();
    directChannels.set(user, opened.id);
    return opened.id;
  }

  return {
    platform: 'discord',
    paceMs,
    calendar: makeCalendar(rest, signal, turns),

    async post(to, message) {
      const all = AbortSignal.timeout(limit * mostOfAll);
      const inTime = () => AbortSignal.any([signal(), all]);
      const mark = markOf(message.deliveryId);
      const drawn = drawCard(message, mark);
      const channel = await channelOf(to);
      try {
        if (message.maybeSent) {
          const { deliveryId } = message;
          const found = await findSent({ rest, channel, mark, deliveryId, signal: inTime, inTurn });
          if (found) return { messageRef: found };
        }
        const nonce = nonceOf(message.deliveryId);
        const body = { ...drawn.body, nonce, enforce_nonce: true };
        const sent = (await inTurn(() =>
          rest.post(Routes.channelMessages(channel), { body, files: [...drawn.files], signal: inTime() }),
        )) as { id: string };
        return { messageRef: sent.id };
      } catch (error) {
        throw troubleOf(error, permissionsFor(drawn));
      }
    },

    async redraw(to, messageRef, message, mark?: number) {
      const drawn = drawCard(message, mark);
      const channel = await channelOf(to);
      try {
        const { body } = drawn;
        await inTurn(() =>
          rest.patch(Routes.channelMessage(channel, messageRef), {
            body,
            files: [...drawn.files],
            signal: signal(),
          }),
        );
      } catch (error) {
        throw troubleOf(error, permissionsFor(drawn));
      }
    },
  };
}

/** Opening a conversation sends nothing yet: without an answer it is simply tried again. */
function beforeSending(trouble: PlatformError): PlatformError {
  return trouble.code === 'no-answer' ? new PlatformError('busy', 'Discord', { cause: trouble }) : trouble;
}

const permissionsFor = ({ files }: DiscordMessage) =>
  files.length > 0 ? 'Send Messages and Attach Files' : 'Send Messages';

const hashOf = (deliveryId: string) => createHash('sha256').update(deliveryId).digest();

/** By this Discord recognises a message it has taken in the last few minutes: at most 25 characters. */
export const nonceOf = (deliveryId: string) => hashOf(deliveryId).toString('base64url').slice(0, 24);

/**
 * The number that the message carries as the id of its first component, so that it can be found later.
 * Positive, 31 bits, and clear of the small numbers that Discord gives to the other components.
 */
const markOf = (deliveryId: string) => (hashOf(deliveryId).readUInt32BE(0) % 0x7fff_0000) + leastMark;
const leastMark = 0x8000;

/**
 * The mark of the message that was pressed. It stays when the message changes: a worker that is not sure of having sent
 * it looks for that.
 */
export function markIn(interaction: BaseInteraction): number | undefined {
  if (!interaction.isMessageComponent() && !interaction.isModalSubmit()) return undefined;
  const id = interaction.message?.components[0]?.id;
  return id !== undefined && id >= leastMark ? id : undefined;
}
