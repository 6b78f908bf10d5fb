import { createHash, timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../src/core/loopback.ts';

/** What a proxy adds to a request that came from elsewhere. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * Measurements tell how busy a coalition is. Without a token only this machine may read them, and not through a
 * proxy on it; with one, whoever sends it as a bearer token.
 */
export function guardMetrics(token: string | null): MiddlewareHandler {
  return async (context, next) => {
    const given = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
    const isForwarded = proxyHeaders.some((name) => context.req.header(name) !== undefined);
    const isLocal = !isForwarded && isLocalAddress(getConnInfo(context).remote.address ?? '');
    const mayRead = token === null ? isLocal : given !== undefined && isSame(given, token);
    if (!mayRead) return context.text('Set METRICS_TOKEN and send it as a bearer token.\n', 401);
    await next();
  };
}

const isLocalAddress = (address: string) => isLoopback(address.replace(/^::ffff:/, ''));

/** Takes as long whatever is given. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
