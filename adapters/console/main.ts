import { Hono } from 'hono';
import type { Bot } from '../../bot.ts';
import type { Messenger } from '../../src/core/ports.ts';
import type { DemoClock } from '../../src/time/demo-clock.ts';
import { makeAccounts } from './accounts.ts';
import { makeApi } from './api.ts';
import { makeConsoleClock } from './clock.ts';
import { makeFeed } from './events.ts';
import { guard, safeHeaders } from './guard.ts';
import { makeMessages } from './messages.ts';
import { makeMessenger } from './messenger.ts';
import { importMapHash, makePages } from './pages.ts';
import { readRequest, requests } from './receive.ts';
import { makeSessions } from './session.ts';
import { RequestTrouble } from './trouble.ts';

export type Console = { readonly pages: Hono; readonly messenger: Messenger; close(): Promise<void> };

/** Puts messages into the console without opening it: for processes that only work through the queue. */
export function openConsoleMessenger({ tools: { database, clock } }: Bot): Messenger {
  // Nobody looks at pages of this process; the one that shows them looks at the database every second.
  const nobody = { changed: () => {} };
  return makeMessenger(makeAccounts(database), makeMessages(database, clock, nobody));
}

/** The local console: a chat in a web page, and the same over HTTP for scripts. */
export async function openConsole(of: {
  bot: Bot;
  /** Null where real workspaces are configured: then time cannot be moved. */
  demoClock: DemoClock | null;
  password: string | null;
  /** The address people reach it by, when it is another than this machine's own. */
  publicUrl: string | null;
  /** The real clock in milliseconds, by which sessions end and guesses wait. */
  realNow?: () => number;
}): Promise<Console> {
  const { bot, demoClock, password, publicUrl } = of;
  const { database, log } = bot.tools;
  const feed = makeFeed(database, async () => demoClock?.refresh());
  const accounts = makeAccounts(database);
  const messages = makeMessages(database, bot.tools.clock, feed);
  const clock = makeConsoleClock(bot, demoClock, accounts, feed);
  const isHttps = publicUrl?.startsWith('https:') ?? false;
  const sessions = makeSessions(password, isHttps, of.realNow);
  const { hasPassword } = sessions;

  const pages = new Hono();
  pages.use(safeHeaders(importMapHash));
  pages.use(guard({ publicUrl, hasPassword }));
  pages.onError((error, context) => {
    if (error instanceof RequestTrouble) return context.json(error.body, error.status);
    log.error({ error }, 'console.broken');
    return context.json(new RequestTrouble(500, 'trouble.broken').body, 500);
  });
  pages.post('/login', async (context) => {
    const { password: given } = await readRequest(requests.login, context.req.raw);
    sessions.logIn(context, given);
    return context.json({ signedIn: true });
  });
  pages.post('/logout', (context) => {
    sessions.logOut(context);
    return context.json({ signedIn: false });
  });
  pages.use('/api/*', sessions.required);
  pages.route('/api', makeApi({ bot, accounts, messages, clock, feed, hasPassword }));
  pages.route('/', makePages(sessions));
  pages.all('*', () => {
    throw new RequestTrouble(404, 'trouble.not-found');
  });

  return {
    pages,
    messenger: makeMessenger(accounts, messages),
    close: async () => feed.close(),
  };
}
