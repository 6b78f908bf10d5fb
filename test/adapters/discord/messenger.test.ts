import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeGroups } from '../../../adapters/discord/groups.ts';
import { makeMessenger, makeRest } from '../../../adapters/discord/messenger.ts';
import { makeTurns, type Turns } from '../../../adapters/discord/turns.ts';
import { card, heading, paragraph } from '../../../src/core/card.ts';
import { PlatformError } from '../../../src/core/errors.ts';
import { newId } from '../../../src/core/ids.ts';
import type { Messenger } from '../../../src/core/ports.ts';
import { type Database, openDatabase } from '../../../src/database.ts';
import { makeDatabase } from '../../support/database.ts';
import { addMessage } from '../../support/discord/api-messages.ts';
import { type DiscordPeer, openDiscordPeer } from '../../support/discord/peer.ts';
import { readable } from '../../support/discord/person.ts';

/** How long the messenger under test waits for one request; the real one waits ten seconds. */
const requestMs = 1_500;
const reader = { language: 'en', timeZone: 'UTC' };

let peer: DiscordPeer;
let database: Database;
const realClock = { now: () => new Date() };
let turns: Turns;
let drop: () => Promise<void>;
let messenger: Messenger;
let guild: ReturnType<DiscordPeer['addGuild']>;
let general: { workspaceRef: string; placeRef: string };
beforeAll(async () => {
  peer = await openDiscordPeer();
  const made = await makeDatabase();
  drop = made.drop;
  database = openDatabase(made.url, 5);
});
afterAll(async () => {
  await peer.close();
  await database.$disconnect();
  await drop();
});
beforeEach(() => {
  guild = peer.addGuild('Ready by Five', ['general', 'digest']);
  general = { workspaceRef: guild.id, placeRef: guild.channels.general ?? '' };
  // A bot of its own for each test: what one is made to wait for is no business of the next.
  turns = makeTurns({ database, realClock }, `${guild.id}.secret`);
  const rest = makeRest({ token: peer.world.token, apiUrl: peer.apiUrl, requestMs });
  messenger = makeMessenger(rest, turns, requestMs);
});
afterEach(() => expect(peer.violations.splice(0)).toEqual([]));

const message = (words = 'Hello', deliveryId: string = newId()) => ({
  card: card(heading(words)),
  reader,
  accounts: new Map(),
  deliveryId,
  maybeSent: false,
});

async function troubleIn(sending: Promise<unknown>): Promise<PlatformError> {
  const error = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PlatformError)) throw new Error(`No PlatformError but ${String(error)}`);
  return error;
}

const countIn = (placeRef: string) => peer.messagesIn(placeRef).length;

test('a message is posted, and redrawn where it stands', async () => {
  const { messageRef } = await messenger.post(general, message());
  await messenger.redraw(general, messageRef, { ...message('Changed') });
  const [posted] = peer.messagesIn(general.placeRef);
  expect(posted?.id).toBe(messageRef);
  expect(readable(posted?.body ?? {})).toBe('## Changed');
});

test('a person gets a direct message, and the conversation is opened once', async () => {
  const person = { workspaceRef: guild.id, placeRef: `@${peer.world.snowflake()}` };
  await messenger.post(person, message('One'));
  await messenger.post(person, message('Two'));
  expect(peer.messagesIn(person.placeRef)).toHaveLength(2);
  expect(peer.requests.filter(({ path }) => path === '/users/@me/channels')).toHaveLength(1);
});

test('a send that got no answer, tried again at once, arrives once', async () => {
  const sent = message();
  peer.faults.next('POST', '/messages', { fault: 'done-without-answer' });
  const trouble = await troubleIn(messenger.post(general, sent));
  expect(trouble.code).toBe('no-answer');
  expect(countIn(general.placeRef)).toBe(1);
  // Even without looking: Discord still knows the nonce.
  await messenger.post(general, sent);
  expect(countIn(general.placeRef)).toBe(1);
});

test('a send that got no answer, tried again after hours, is found and not repeated', async () => {
  const sent = message();
  peer.faults.next('POST', '/messages', { fault: 'done-without-answer' });
  await troubleIn(messenger.post(general, sent));
  const [first] = peer.messagesIn(general.placeRef);
  peer.world.forward(5 * 3_600_000);
  for (let other = 0; other < 120; other += 1) {
    addMessage(peer.world, { channelId: general.placeRef, body: {}, files: [] });
  }
  const found = await messenger.post(general, { ...sent, maybeSent: true });
  expect(found.messageRef).toBe(first?.id);
  expect(countIn(general.placeRef)).toBe(121);
});

test('a send that never left is sent by the next try', async () => {
  const sent = message();
  peer.faults.next('POST', '/messages', { fault: 'silence' });
  expect((await troubleIn(messenger.post(general, sent))).code).toBe('no-answer');
  await messenger.post(general, { ...sent, maybeSent: true });
  expect(countIn(general.placeRef)).toBe(1);
});

test('where the history may not be read, a late second try may repeat the message, and none is lost', async () => {
  const sent = message();
  peer.world.unreadable.add(general.placeRef);
  peer.faults.next('POST', '/messages', { fault: 'done-without-answer' });
  await troubleIn(messenger.post(general, sent));
  await messenger.post(general, { ...sent, maybeSent: true });
  expect(countIn(general.placeRef)).toBe(1);
  peer.world.forward(3_600_000);
  await messenger.post(general, { ...sent, maybeSent: true });
  expect(countIn(general.placeRef)).toBe(2);
});

const limits = [
  { scope: 'user', retryAfterSeconds: 2.5 },
  { scope: 'shared', retryAfterSeconds: 7 },
] as const;

test.each(limits)('a rate limit ($scope) is for the queue to wait out, not the client', async (limit) => {
  peer.faults.next('POST', general.placeRef, { fault: 'rate-limit', ...limit });
  const trouble = await troubleIn(messenger.post(general, message()));
  expect(countIn(general.placeRef)).toBe(0);
  expect(trouble.code).toBe('busy');
  expect(trouble.retryAfterMs).toBeGreaterThanOrEqual(limit.retryAfterSeconds * 1000);
  expect(trouble.retryAfterMs).toBeLessThan(limit.retryAfterSeconds * 1000 + 1500);
});

test('a rate limit in one channel holds up no other', async () => {
  peer.faults.next('POST', general.placeRef, { fault: 'rate-limit', retryAfterSeconds: 30, scope: 'user' });
  await troubleIn(messenger.post(general, message()));
  await messenger.post({ ...general, placeRef: guild.channels.digest ?? '' }, message());
  expect(countIn(guild.channels.digest ?? '')).toBe(1);
});

test('the global limit holds up everything, and no request is wasted on it', async () => {
  peer.faults.next('POST', general.placeRef, { fault: 'rate-limit', retryAfterSeconds: 30, scope: 'global' });
  await troubleIn(messenger.post(general, message()));
  const before = peer.requests.length;
  const other = { ...general, placeRef: guild.channels.digest ?? '' };
  const trouble = await troubleIn(messenger.post(other, message()));
  expect(trouble.code).toBe('busy');
  expect(trouble.retryAfterMs).toBeGreaterThan(20_000);
  expect(peer.requests.length).toBe(before);
});

const refusals = [
  { what: 'Discord is down', fault: { fault: 'status', status: 503 }, code: 'busy' },
  { what: 'its gateway gave up', fault: { fault: 'status', status: 504 }, code: 'no-answer' },
  { what: 'the connection is cut', fault: { fault: 'cut' }, code: 'no-answer' },
  { what: 'the answer never ends', fault: { fault: 'endless-body' }, code: 'no-answer' },
  { what: 'a thread is closed', fault: { fault: 'status', status: 400, code: 50083 }, code: 'gone' },
  {
    what: 'no server is shared any more',
    fault: { fault: 'status', status: 403, code: 50278 },
    code: 'gone',
  },
  { what: 'the channel is in slow mode', fault: { fault: 'status', status: 400, code: 20016 }, code: 'busy' },
  { what: 'something before Discord bans us', fault: { fault: 'status', status: 403 }, code: 'busy' },
  { what: 'the body is malformed', fault: { fault: 'status', status: 400, code: 50035 }, code: 'refused' },
] as const;

test.each(refusals)('when $what, the trouble is $code', async ({ fault, code }) => {
  peer.faults.next('POST', '/messages', fault);
  expect((await troubleIn(messenger.post(general, message()))).code).toBe(code);
  expect(countIn(general.placeRef)).toBe(0);
});

test('a person who takes no direct messages is told apart', async () => {
  const person = peer.world.snowflake();
  peer.world.closedDirect.add(person);
  const to = { workspaceRef: guild.id, placeRef: `@${person}` };
  expect((await troubleIn(messenger.post(to, message()))).code).toBe('direct-messages-closed');
});

test('a conversation that could not be opened in time sent nothing', async () => {
  const to = { workspaceRef: guild.id, placeRef: `@${peer.world.snowflake()}` };
  peer.faults.next('POST', '/users/@me/channels', { fault: 'silence' });
  expect((await troubleIn(messenger.post(to, message()))).code).toBe('busy');
});

test('a missing permission is named', async () => {
  peer.world.forbidden.set(general.placeRef, 50013);
  const words = await troubleIn(messenger.post(general, message()));
  expect([words.code, words.missing]).toEqual(['not-allowed', 'Send Messages']);
  const file = { part: 'file', name: 'a.csv', mediaType: 'text/csv', content: 'a' } as const;
  const withFile = await troubleIn(messenger.post(general, { ...message(), card: card(file) }));
  expect(withFile.missing).toBe('Send Messages and Attach Files');
  peer.world.forbidden.set(general.placeRef, 50001);
  expect((await troubleIn(messenger.post(general, message()))).missing).toBe('View Channel');
});

test('a channel or message that was deleted is gone', async () => {
  const { messageRef } = await messenger.post(general, message());
  const posted = peer.world.messages.get(messageRef);
  if (posted) posted.gone = true;
  expect((await troubleIn(messenger.redraw(general, messageRef, message()))).code).toBe('gone');
  peer.world.guilds.get(guild.id)?.channels.delete(general.placeRef);
  expect((await troubleIn(messenger.post(general, message()))).code).toBe('gone');
});

test('a token that no longer works is found out once, and not tried again', async () => {
  const revoked = makeMessenger(makeRest({ token: 'revoked', apiUrl: peer.apiUrl }), turns, requestMs);
  expect((await troubleIn(revoked.post(general, message()))).code).toBe('disconnected');
  const before = peer.requests.length;
  expect((await troubleIn(revoked.post(general, message()))).code).toBe('disconnected');
  expect(peer.requests.length).toBe(before);
});

test('an address where nobody answers is tried again', async () => {
  const rest = makeRest({ token: 'any', apiUrl: 'http://127.0.0.1:9/api' });
  const lost = makeMessenger(rest, turns, requestMs);
  expect((await troubleIn(lost.post(general, message()))).code).toBe('busy');
});

test('a redraw drops the files of the card before', async () => {
  const file = { part: 'file', name: 'a.csv', mediaType: 'text/csv', content: 'a' } as const;
  const { messageRef } = await messenger.post(general, { ...message(), card: card(file) });
  expect(peer.world.messages.get(messageRef)?.files).toHaveLength(1);
  const words = { ...message(), card: card(paragraph(['No file now'])) };
  await messenger.redraw(general, messageRef, words);
  expect(peer.world.messages.get(messageRef)?.body.attachments).toEqual([]);
});

test('when Discord has had enough of the whole bot, no process of it asks again before the time', async () => {
  const token = 'of-another-bot.secret';
  peer.faults.next('POST', '/messages', { fault: 'rate-limit', retryAfterSeconds: 3, scope: 'global' });
  const inOneProcess = makeMessenger(
    makeRest({ token: peer.world.token, apiUrl: peer.apiUrl }),
    makeTurns({ database, realClock }, token),
  );
  const inAnother = makeMessenger(
    makeRest({ token: peer.world.token, apiUrl: peer.apiUrl }),
    makeTurns({ database, realClock }, token),
  );
  expect((await troubleIn(inOneProcess.post(general, message()))).code).toBe('busy');
  const before = peer.requests.length;
  const waiting = await troubleIn(inAnother.post(general, message()));
  expect(waiting.code).toBe('busy');
  expect(waiting.retryAfterMs).toBeGreaterThan(1000);
  expect(waiting.retryAfterMs).toBeLessThanOrEqual(3050);
  expect(peer.requests.length).toBe(before);
});

test('meetings among a server’s events and roles wait with everything else, and make everything else wait', async () => {
  const rest = () => makeRest({ token: peer.world.token, apiUrl: peer.apiUrl, requestMs });
  const calendar = makeMessenger(rest(), turns, requestMs).calendar;
  const groups = makeGroups(rest(), turns, requestMs);
  if (!calendar) throw new Error('No calendar');
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const event = {
    title: 'Meeting',
    why: '',
    place: 'Hall',
    startsAt: at(1),
    endsAt: at(2),
    cancelled: false,
  };
  const everyWay = [
    () => calendar.post(guild.id, event, false),
    () => calendar.post(guild.id, event, true),
    () => calendar.redraw(guild.id, '1', event),
    () => groups.find(guild.id, 'Anchor'),
    () => groups.listIn(guild.id, '1', ['2']),
    () => groups.change(guild.id, '1', { add: ['2'], remove: [] }),
    () => groups.change(guild.id, '1', { add: [], remove: ['2'] }),
    () => messenger.post(general, message()),
  ];
  const limit = { fault: 'rate-limit', retryAfterSeconds: 30, scope: 'global' } as const;
  peer.faults.next('*', `/guilds/${guild.id}/`, limit);
  expect((await troubleIn(calendar.post(guild.id, event, false))).code).toBe('busy');
  const before = peer.requests.length;
  for (const ask of everyWay) {
    const waiting = await troubleIn(ask());
    expect(waiting.code).toBe('busy');
    expect(waiting.retryAfterMs).toBeGreaterThan(15_000);
  }
  expect(peer.requests.length).toBe(before);
});

test('processes of one bot share its 50 requests a second, and those of another bot have their own', async () => {
  const shared = ['first', 'second'].map(() => makeTurns({ database, realClock }, 'one-bot.secret'));
  const own = makeTurns({ database, realClock }, 'another-bot.secret');
  const shares = Array.from({ length: 200 }, async (_, index) => {
    await shared[index % 2]?.inTurn(async () => {});
    return Date.now();
  });
  const owns = Array.from({ length: 50 }, () => own.inTurn(async () => {}));
  const results = await Promise.allSettled(shares);
  const at = results
    .flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    .sort((a, b) => a - b);
  // What would wait longer than a second is sent back to the queue.
  expect(at.length).toBeGreaterThan(40);
  expect(at.length).toBeLessThan(200);
  for (const [index, moment] of at.entries())
    expect(at[index + 50] ?? Infinity).toBeGreaterThan(moment + 900);
  // With those before them they would be too many, and each would be sent back.
  await Promise.all(owns);
});
