import type { Hono } from 'hono';
import type { Card } from '../../src/core/card.ts';
import type { Routing } from './api.ts';
import { listCommands } from './complete.ts';
import { streamEvents } from './events.ts';
import { type Lookups, wholeNumber } from './lookups.ts';
import type { Reading } from './reading.ts';
import { RequestTrouble } from './trouble.ts';
import type { Home } from './web/wire.ts';

const mostMessages = 200;

/** Routes that only read. */
export function addReading(
  api: Hono,
  of: Routing & { reading: Reading; lookups: Lookups; now(): Date },
): void {
  const { accounts, messages, clock, reading, lookups, now } = of;

  api.get('/home', async (context) => {
    const as = context.req.query('as') ?? null;
    const [coalition, people, places, time] = await Promise.all([
      accounts.findCoalition(),
      accounts.listPeople(now()),
      accounts.listPlaces(as),
      clock.read(),
    ]);
    const home: Home = {
      coalition: coalition?.name ?? null,
      demo: coalition?.demo ?? false,
      signedIn: of.hasPassword,
      people,
      places,
      clock: time,
    };
    return context.json(home);
  });

  api.get('/people', async (context) => context.json({ people: await accounts.listPeople(now()) }));

  api.get('/places', async (context) => {
    const { ref } = await lookups.getAsker(context);
    return context.json({ places: await accounts.listPlaces(ref) });
  });

  api.get('/commands', async (context) => {
    const reader = await accounts.readerOf(await lookups.getAsker(context));
    return context.json({ commands: listCommands(of.bot.dispatch, reader) });
  });

  api.get('/clock', async (context) => context.json(await clock.read()));

  api.get('/messages', async (context) => {
    const account = await lookups.getAsker(context);
    const viewer = account.ref;
    const query = context.req.query();
    const place = query.in === undefined ? null : (await lookups.getPlace(account, query.in)).ref;
    const most = Math.max(1, Math.min(mostMessages, wholeNumber('limit', query.limit) ?? 50));
    const since = wholeNumber('since', query.since);
    const before = wholeNumber('before', query.before);
    // Read before the messages are: what comes in between is told again rather than missed.
    const last = await messages.lastChange();
    if (since !== null) {
      const rows = await messages.listSince({ viewer, place, since: BigInt(since), most });
      const isCut = rows.length === most;
      const next = isCut ? (rows.at(-1)?.change ?? last) : last > BigInt(since) ? last : BigInt(since);
      return context.json({ messages: await reading.draw(rows, account), next: Number(next), more: isCut });
    }
    if (place === null) {
      const problem = 'name a place with in=, or a change with since=, or both';
      throw new RequestTrouble(400, 'trouble.input', { problem });
    }
    const rows = await messages.list({
      viewer,
      place,
      before: before === null ? null : BigInt(before),
      most,
    });
    const drawn = await reading.draw(rows, account);
    return context.json({ messages: drawn, next: Number(last), more: rows.length === most });
  });

  api.get('/messages/:ref/files/:index', async (context) => {
    const account = await lookups.getAsker(context);
    const row = await lookups.getMessage(account, context.req.param('ref'));
    const part = (row.card as unknown as Card).parts[Number(context.req.param('index'))];
    if (part?.part !== 'file') throw new RequestTrouble(404, 'trouble.no-file');
    const { name, mediaType, content } = part;
    return context.body(content, 200, {
      // Only text is named for what it is; anything else could be opened as a page.
      'content-type': /^text\/(csv|plain|calendar)$/.test(mediaType)
        ? `${mediaType}; charset=utf-8`
        : 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  api.get('/events', async (context) => {
    const account = await lookups.getAsker(context);
    const from = context.req.header('last-event-id') ?? context.req.query('since');
    const since = wholeNumber('since', from);
    return streamEvents(context, {
      ...of,
      account,
      since: since === null ? await messages.lastChange() : BigInt(since),
      most: mostMessages,
    });
  });
}
