import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { PlatformError, type PlatformTrouble } from '../../src/core/errors.ts';

/** Discord's JSON error codes (topics/opcodes-and-status-codes), as far as they mean something to us. */
const meanings: Readonly<Record<number, PlatformTrouble>> = {
  /** Unknown channel, guild, message, user. */
  10003: 'gone',
  10004: 'gone',
  10008: 'gone',
  10013: 'gone',
  /** Unknown scheduled event. */
  10070: 'gone',
  /** Edit of a message that is not ours. */
  50005: 'gone',
  /** A thread that was closed, and one that was locked. */
  50083: 'gone',
  160005: 'gone',
  /** No server in common any more. */
  50278: 'gone',
  50007: 'direct-messages-closed',
  /** Missing access, missing permissions. */
  50001: 'not-allowed',
  50013: 'not-allowed',
  /** Slow mode, too many writes in a channel, in a server; too many edits of a message older than an hour. */
  20016: 'busy',
  20028: 'busy',
  20029: 'busy',
  30046: 'busy',
  /** Direct messages opened too fast; the API is overloaded. */
  40003: 'busy',
  130000: 'busy',
};

/** For what Discord names no time. */
const busyMs = 60_000;

/** What a failed request means. `permissions` names what the request needs besides seeing the channel. */
export function troubleOf(error: unknown, permissions = 'Send Messages'): PlatformError {
  const make = (code: PlatformTrouble, more: { retryAfterMs?: number; missing?: string } = {}) =>
    new PlatformError(code, 'Discord', { ...more, cause: error });

  if (error instanceof PlatformError) return error;
  if (error instanceof RateLimitError) {
    return make('busy', { retryAfterMs: Math.max(1, Math.ceil(error.retryAfter), error.sublimitTimeout) });
  }
  if (error instanceof HTTPError) {
    // A gateway that gave up may have passed the request on before; any other 5xx has refused it.
    return make(error.status === 502 || error.status === 504 ? 'no-answer' : 'busy');
  }
  if (error instanceof DiscordAPIError) {
    if (error.status === 401) return make('disconnected');
    const code = meanings[Number(error.code)];
    if (code === 'busy') return make('busy', { retryAfterMs: busyMs });
    if (code === 'not-allowed') {
      return make('not-allowed', { missing: error.code === 50001 ? 'View Channel' : permissions });
    }
    if (code) return make(code);
    // Without a code it was not Discord that answered but something before it, such as a ban for a while.
    if (!Number(error.code) && error.status === 403) return make('busy', { retryAfterMs: busyMs });
    return make('refused');
  }
  if (isTokenless(error)) return make('disconnected');
  return make(neverLeft(error) ? 'busy' : 'no-answer');
}

/** After a 401 discord.js forgets the token, and refuses every later request by itself. */
const isTokenless = (error: unknown) =>
  error instanceof Error && error.message.startsWith('Expected token to be set');

/** Nobody was there to take the request, so it was not taken. */
function neverLeft(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string')
    return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(code);
  return cause instanceof Error && neverLeft(cause);
}

/**
 * An interaction that can no longer be answered: unknown (the first response came too late), or its token is
 * older than 15 minutes.
 */
export function isExpired(error: unknown): boolean {
  return error instanceof DiscordAPIError && [10062, 10015, 50027].includes(Number(error.code));
}

/** Somebody has responded to the interaction already: an earlier try of ours, or another process. */
export function isAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && Number(error.code) === 40060;
}

/** Anything that Discord would not say of a well-made request: a malformed body, or no answer of its own. */
export function isOurBug(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status === 400 && !isAcknowledged(error);
  return error instanceof Error && error.constructor === Error;
}
