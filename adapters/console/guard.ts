import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../../src/core/loopback.ts';
import { RequestTrouble } from './trouble.ts';

/** Under which names this console may be asked for. */
export type Names = {
  /** Its public address, when it has one. */
  readonly publicUrl: string | null;
  /** With a password, an address by number is as good: no name can be pointed at it from outside. */
  readonly hasPassword: boolean;
};

/**
 * Keeps other web pages out. A page elsewhere can make a browser send requests here, and can point a name of
 * its own at this machine (DNS rebinding); it cannot choose the Host, Origin and Sec-Fetch-Site that go along.
 */
export function guard(names: Names): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (!isOwnHost(host, names)) throw new RequestTrouble(421, 'trouble.host');

    const { method } = context.req;
    const origin = context.req.header('origin');
    const isWrite = method !== 'GET' && method !== 'HEAD';
    if (origin !== undefined && !isOwnOrigin(origin, host)) throw new RequestTrouble(403, 'trouble.origin');
    const site = context.req.header('sec-fetch-site');
    const isOpening = context.req.header('sec-fetch-mode') === 'navigate' && !isWrite;
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isOpening)
      throw new RequestTrouble(403, 'trouble.origin');

    const [mediaType = ''] = (context.req.header('content-type') ?? '').split(';');
    if (isWrite && mediaType.trim().toLowerCase() !== 'application/json')
      throw new RequestTrouble(415, 'trouble.json');
    await next();
  };
}

function isOwnHost(host: string, { publicUrl, hasPassword }: Names): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname, host: full } = new URL(`http://${host}`);
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isLoopback(bare)) return true;
  if (publicUrl !== null && new URL(publicUrl).host === full) return true;
  return hasPassword && (/^\d+(\.\d+){3}$/.test(bare) || bare.includes(':'));
}

function isOwnOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(`http://${host}`).host;
}

const contentPolicy = (scriptHash: string) =>
  [
    "default-src 'none'",
    `script-src 'self' ${scriptHash}`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** @param scriptHash of the one script that stands in the page itself: the import map */
export function safeHeaders(scriptHash: string): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', contentPolicy(scriptHash));
    headers.set('x-frame-options', 'DENY');
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
}
