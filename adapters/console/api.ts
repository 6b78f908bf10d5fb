import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Bot } from '../../bot.ts';
import type { Accounts } from './accounts.ts';
import { addActing } from './act-routes.ts';
import type { ConsoleClock } from './clock.ts';
import type { Feed } from './events.ts';
import { makeLookups } from './lookups.ts';
import type { Messages } from './messages.ts';
import { addReading } from './read-routes.ts';
import { makeReading } from './reading.ts';
import { RequestTrouble } from './trouble.ts';

/** A pasted table of some 5,000 partners, with room to spare. */
const mostMegabytes = 8;

/** What the routes work with. */
export type Routing = {
  readonly bot: Bot;
  readonly accounts: Accounts;
  readonly messages: Messages;
  readonly clock: ConsoleClock;
  readonly feed: Feed;
  readonly hasPassword: boolean;
};

/** The interface that the page and every script speak. README.md documents it. */
export function makeApi(routing: Routing): Hono {
  const { bot, accounts, messages } = routing;
  const now = () => bot.tools.clock.now();
  const reading = makeReading(bot.database, accounts, now);
  const lookups = makeLookups(accounts, messages);
  const api = new Hono();
  const onError = () => {
    throw new RequestTrouble(413, 'trouble.too-big', { most: mostMegabytes });
  };
  api.use(bodyLimit({ maxSize: mostMegabytes * 1024 * 1024, onError }));
  addReading(api, { ...routing, reading, lookups, now });
  addActing(api, { ...routing, reading, lookups, now });
  api.all('*', () => {
    throw new RequestTrouble(404, 'trouble.not-found');
  });
  return api;
}
