import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';

/** Ours: a dashboard that asks every few seconds stays under it, a program that tries out tokens does not. */
const mostAMinute = { withToken: 30, refused: 20 };
const minuteMs = 60_000;
/** Addresses and tokens remembered at once; past it the oldest windows are dropped. */
const mostWindows = 10_000;

/**
 * Figures as JSON, read-only, for whoever has a token that staff made.
 *
 * @param read what a token opens, or null when it opens nothing
 */
export function dataPages(read: (token: string) => Promise<Record<string, unknown> | null>): Hono {
  const app = new Hono();
  const reads = countPerMinute(mostAMinute.withToken);
  const refusals = countPerMinute(mostAMinute.refused);

  app.get('/api/data', async (context) => {
    context.header('cache-control', 'no-store');
    const address = addressOf(context);
    const tooMany = refusals.waitMs(address);
    if (tooMany > 0) return later(context, tooMany);
    const [, token = ''] = /^Bearer ([\w-]{1,200})$/i.exec(context.req.header('authorization') ?? '') ?? [];
    const wait = token === '' ? 0 : reads.count(token);
    if (wait > 0) return later(context, wait);
    const opened = token === '' ? null : await read(token);
    if (opened) return context.json(opened);
    refusals.count(address);
    context.header('www-authenticate', 'Bearer realm="figures"');
    return context.json({ error: 'This needs a token that staff made with /data token.' }, 401);
  });
  return app;
}

function later(context: Context, waitMs: number): Response {
  context.header('retry-after', String(Math.ceil(waitMs / 1000)));
  return context.json({ error: 'Too many requests; try again later.' }, 429);
}

function addressOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? '';
  } catch {
    return '';
  }
}

/** Counts by key in windows of a minute, by the real clock: what arrives knows no other. */
function countPerMinute(most: number) {
  const windows = new Map<string, { since: number; count: number }>();
  const open = (key: string) => {
    const known = windows.get(key);
    return known && Date.now() - known.since < minuteMs ? known : null;
  };
  const waitMs = (key: string): number => {
    const known = open(key);
    return known && known.count >= most ? minuteMs - (Date.now() - known.since) : 0;
  };
  return {
    waitMs,
    /** Counts one more, or says how long to wait. */
    count(key: string): number {
      const wait = waitMs(key);
      if (wait > 0) return wait;
      const known = open(key);
      windows.delete(key);
      windows.set(key, { since: known?.since ?? Date.now(), count: (known?.count ?? 0) + 1 });
      const [oldest] = windows.keys();
      if (windows.size > mostWindows && oldest !== undefined) windows.delete(oldest);
      return 0;
    },
  };
}
