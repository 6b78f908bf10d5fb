import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { RequestTrouble } from './trouble.ts';

const cookieName = 'common-thread';
const lastsSeconds = 12 * 3600;
/** After each wrong password from an address it waits twice as long, from one second to a minute. */
const longestWaitMs = 60_000;
const freeGuesses = 3;
/** Beyond this many addresses the oldest are forgotten, so that guessing from many fills no memory. */
const mostAddresses = 10_000;

export type Sessions = ReturnType<typeof makeSessions>;

/**
 * One password for the whole console. A session is a cookie signed with a key of this process: a restart ends
 * them all. Null password: everybody who can reach the console is in, which only this machine can.
 */
export function makeSessions(password: string | null, isHttps: boolean, now: () => number = Date.now) {
  const signingKey = randomBytes(32);
  const wanted = password === null ? null : hash(password);
  const guesses = new Map<string, { wrong: number; openAt: number }>();
  /** Sessions that were signed out before their time, by when they would have ended. */
  const signedOut = new Map<string, number>();

  const sign = (named: string) => createHmac('sha256', signingKey).update(named).digest('base64url');

  function hasSession(context: Context): boolean {
    const session = getCookie(context, cookieName) ?? '';
    const [until = '', nonce = '', signature = ''] = session.split('.');
    if (signedOut.has(session)) return false;
    return same(hash(signature), hash(sign(`${until}.${nonce}`))) && Number(until) > now();
  }

  /** Throws when it is wrong, or when too many were wrong before it. */
  function check(given: string, address: string): void {
    if (wanted === null) return;
    const before = guesses.get(address) ?? { wrong: 0, openAt: 0 };
    if (before.openAt > now()) {
      const seconds = Math.ceil((before.openAt - now()) / 1000);
      throw new RequestTrouble(429, 'trouble.too-many-guesses', { seconds });
    }
    if (same(hash(given), wanted)) {
      guesses.delete(address);
      return;
    }
    const wrong = before.wrong + 1;
    const waitMs = wrong < freeGuesses ? 0 : Math.min(longestWaitMs, 1000 * 2 ** (wrong - freeGuesses));
    guesses.delete(address);
    guesses.set(address, { wrong, openAt: now() + waitMs });
    const oldest = guesses.keys().next().value;
    if (guesses.size > mostAddresses && oldest !== undefined) guesses.delete(oldest);
    throw new RequestTrouble(401, 'trouble.wrong-password');
  }

  return {
    hasPassword: wanted !== null,

    logIn(context: Context, given: string): void {
      check(given, addressOf(context));
      const until = String(now() + lastsSeconds * 1000);
      const named = `${until}.${randomBytes(9).toString('base64url')}`;
      setCookie(context, cookieName, `${named}.${sign(named)}`, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        maxAge: lastsSeconds,
        secure: isHttps,
      });
    },

    /** Whoever has a copy of the cookie is out too. */
    logOut(context: Context): void {
      for (const [session, until] of signedOut) if (until <= now()) signedOut.delete(session);
      const session = getCookie(context, cookieName) ?? '';
      if (hasSession(context)) signedOut.set(session, Number(session.split('.')[0]));
      deleteCookie(context, cookieName, { path: '/', secure: isHttps });
    },

    isIn: (context: Context): boolean => wanted === null || hasSession(context),

    /** Lets in whoever has a session, or sends the password along as a bearer. */
    required: (async (context, next) => {
      if (wanted !== null && !hasSession(context)) {
        const [, bearer] = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
        if (bearer === undefined) throw new RequestTrouble(401, 'trouble.signed-out');
        check(bearer, addressOf(context));
      }
      await next();
    }) satisfies MiddlewareHandler,
  };
}

function addressOf(context: Context): string {
  // A request that came through no socket, as in-process calls do.
  if (!context.env || !('incoming' in context.env)) return 'local';
  return getConnInfo(context).remote.address ?? 'unknown';
}

const hash = (text: string) => createHash('sha256').update(text).digest();
/** In constant time: both are hashes of one length. */
const same = (a: Buffer, b: Buffer) => timingSafeEqual(a, b);
