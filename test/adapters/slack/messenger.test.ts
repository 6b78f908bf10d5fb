import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientOptions } from '../../../adapters/slack/client-options.ts';
import { makeConversations } from '../../../adapters/slack/conversations.ts';
import { makeSlackMessenger, type SlackMessenger } from '../../../adapters/slack/messenger.ts';
import { makePictures } from '../../../adapters/slack/pictures.ts';
import { makeReceipts } from '../../../adapters/slack/receipts.ts';
import { oneToken } from '../../../adapters/slack/tokens.ts';
import { makeSlackApi } from '../../../adapters/slack/web-api.ts';
import { card, heading } from '../../../src/core/card.ts';
import { PlatformError } from '../../../src/core/errors.ts';
import { type Fault, openSlackPeer } from '../../support/slack/peer.ts';
import { openSlackUnderTest, type SlackUnderTest } from '../../support/slack/under-test.ts';
import { until } from '../../support/until.ts';

let slack: SlackUnderTest;
let messenger: SlackMessenger;
let now = Date.now();
let deliveries = 0;

beforeAll(async () => {
  slack = await openSlackUnderTest({ by: 'http' });
  const options = { ...clientOptions(slack.peer.apiUrl, slack.log), timeout: 1500 };
  const api = makeSlackApi(oneToken('xoxb-good'), options);
  messenger = makeSlackMessenger({
    api,
    receipts: makeReceipts(slack.bot.tools),
    pictures: makePictures({ api, database: slack.bot.database, log: slack.log }),
    conversations: makeConversations(api, slack.bot.tools),
    tools: slack.bot.tools,
    now: () => now,
  });
});
beforeEach(() => {
  deliveries += 1;
  slack.peer.behave();
});
afterAll(() => slack.end());

const to = (placeRef: string) => ({ workspaceRef: slack.peer.team.id, placeRef });
const message = (maybeSent = false) => ({
  card: card(heading(`Delivery ${deliveries}`)),
  reader: { language: 'en', timeZone: 'UTC' },
  accounts: new Map(),
  deliveryId: `00000000-0000-7000-8000-${String(deliveries).padStart(12, '0')}`,
  maybeSent,
});
const standing = () => slack.peer.messages.filter(({ text }) => text === `Delivery ${deliveries}`);
const trouble = async (doing: Promise<unknown>): Promise<PlatformError> => {
  const error = await doing.then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return error;
};

test('a message stands where it was sent, and is changed there', async () => {
  const { messageRef } = await messenger.post(to(slack.channel), message());
  expect(standing()).toHaveLength(1);
  const [posted] = standing();
  await messenger.redraw(to(slack.channel), messageRef, { ...message(), card: card(heading('Changed')) });
  expect(posted?.text).toBe('Changed');
  expect(posted?.updates).toBe(1);
});

test('a direct message is changed in the conversation it was sent to', async () => {
  const ana = slack.person('Ana');
  const { messageRef } = await messenger.post(to(`@${ana.ref}`), message());
  expect(standing()[0]?.channel).toBe(ana.directMessages);
  await messenger.redraw(to(`@${ana.ref}`), messageRef, { ...message(), card: card(heading('Anew')) });
  expect(ana.screen().at(-1)?.text).toBe('Anew');
});

test('nothing in a message names or fetches what the card did not', async () => {
  await messenger.post(to(slack.channel), message());
  const { args } = slack.peer.calls.findLast(({ method }) => method === 'chat.postMessage') ?? { args: {} };
  expect(args).toMatchObject({ link_names: 'false', parse: 'none', unfurl_links: 'false' });
});

test('a send that ended without an answer, and had arrived, is found and not repeated', async () => {
  slack.peer.misbehave('chat.postMessage', { fault: 'done-unanswered' });
  expect((await trouble(messenger.post(to(slack.channel), message()))).code).toBe('no-answer');
  const receipts = makeReceipts(slack.bot.tools);
  const { deliveryId } = message();
  await until('the receipt', async () => Boolean(await receipts.find(deliveryId, slack.peer.team.id)));
  const { messageRef } = await messenger.post(to(slack.channel), message(true));
  expect(messageRef).toBe(`${slack.channel}/${standing()[0]?.ts}`);
  expect(standing()).toHaveLength(1);
});

test('a send that ended without an answer, and had not arrived, is repeated once Slack had time to say so', async () => {
  const waiting = await trouble(messenger.post(to(slack.channel), message(true)));
  expect(waiting.code).toBe('busy');
  expect(waiting.retryAfterMs).toBeLessThanOrEqual(5000);
  expect(standing()).toHaveLength(0);
  now += waiting.retryAfterMs ?? 0;
  await messenger.post(to(slack.channel), message(true));
  expect(standing()).toHaveLength(1);
});

test('where the last receipts came at once, no more than a moment is waited for one', async () => {
  const receivedAt = new Date();
  const ts = (receivedAt.getTime() / 1000 - 0.2).toFixed(6);
  const quick = 'T0QUICK001';
  const receipt = { teamId: quick, channel: slack.channel, ts, receivedAt };
  await slack.bot.database.slackReceipt.createMany({
    data: Array.from({ length: 20 }, (_, index) => ({ ...receipt, deliveryId: `earlier-${index}` })),
  });
  const there = { workspaceRef: quick, placeRef: slack.channel };
  const waiting = await trouble(messenger.post(there, message(true)));
  expect(waiting).toMatchObject({ code: 'busy', retryAfterMs: 1500 });
  expect(standing()).toHaveLength(0);
});

const receiptEnvelope = (deliveryId: string, appId = slack.peer.appId) => ({
  type: 'event_callback',
  team_id: slack.peer.team.id,
  api_app_id: slack.peer.appId,
  event_id: slack.peer.nextId('Ev'),
  event: {
    type: 'message_metadata_posted',
    app_id: appId,
    team_id: slack.peer.team.id,
    channel_id: slack.channel,
    message_ts: '1.000001',
    metadata: { event_type: 'common_thread_delivery', event_payload: { delivery_id: deliveryId } },
  },
});

test('a receipt that could not be written down is not acknowledged, so that Slack brings it again', async () => {
  const { deliveryId } = message();
  const { database } = slack.bot;
  await database.$executeRawUnsafe('alter table "SlackReceipt" rename to "Away"');
  const first = await slack
    .deliver('events_api', receiptEnvelope(deliveryId))
    .finally(() => database.$executeRawUnsafe('alter table "Away" rename to "SlackReceipt"'));
  expect(first.status).toBe(500);
  const second = await slack.deliver('events_api', receiptEnvelope(deliveryId), { retry: 1 });
  expect(second.status).toBe(200);
  expect(await database.slackReceipt.count({ where: { deliveryId } })).toBe(1);
});

test('a receipt of another app, or for another workspace, is none', async () => {
  const { deliveryId } = message();
  await slack.deliver('events_api', receiptEnvelope(deliveryId, 'A0FORGED01'));
  expect(await slack.bot.database.slackReceipt.count({ where: { deliveryId } })).toBe(0);
});

test.each<[string, Fault, Partial<PlatformError>]>([
  ['is busy', { fault: 'rate-limited', retryAfterSeconds: 7 }, { code: 'busy', retryAfterMs: 7000 }],
  ['is down', { fault: 'server-error' }, { code: 'busy' }],
  ['does not answer', { fault: 'slow', ms: 5000 }, { code: 'no-answer' }],
  ['breaks off', { fault: 'done-unanswered' }, { code: 'no-answer' }],
  ['has archived the channel', { fault: 'refuses', error: 'is_archived' }, { code: 'gone' }],
  ['knows no such channel', { fault: 'refuses', error: 'channel_not_found' }, { code: 'gone' }],
  [
    'misses a scope',
    { fault: 'refuses', error: 'missing_scope', needed: 'chat:write' },
    { code: 'not-allowed', missing: 'chat:write' },
  ],
  [
    'did not invite the bot',
    { fault: 'refuses', error: 'not_in_channel' },
    { code: 'not-allowed', missing: 'channel membership' },
  ],
  [
    'keeps the app’s messages switched off',
    { fault: 'refuses', error: 'messages_tab_disabled' },
    { code: 'not-allowed' },
  ],
  ['has no such person', { fault: 'refuses', error: 'user_not_found' }, { code: 'gone' }],
  ['has revoked the token', { fault: 'refuses', error: 'token_revoked' }, { code: 'disconnected' }],
  ['has removed the app', { fault: 'refuses', error: 'account_inactive' }, { code: 'disconnected' }],
  ['finds the blocks wrong', { fault: 'refuses', error: 'invalid_blocks' }, { code: 'refused' }],
  ['says something new', { fault: 'refuses', error: 'quite_new' }, { code: 'refused' }],
])('when Slack %s, delivery is told in the words of all platforms', async (_, fault, expected) => {
  slack.peer.misbehave('chat.postMessage', fault);
  expect(await trouble(messenger.post(to(slack.channel), message()))).toMatchObject(expected);
});

test.each([
  ['another bot', 'bot', 'direct-messages-closed'],
  ['somebody who left', 'disabled', 'gone'],
  ['a stranger of Slack Connect', 'stranger', 'direct-messages-closed'],
] as const)('%s is named as somebody who cannot be written to, and why', async (name, kind, why) => {
  const person = slack.person(name.replaceAll(' ', ''), { kind });
  const { code } = await trouble(messenger.post(to(`@${person.ref}`), message()));
  expect(code).toBe(why);
});

test('a card that cannot be drawn is our own bug, and not taken for trouble with Slack', async () => {
  const endless = card(...Array.from({ length: 60 }, () => ({ part: 'divider' }) as const));
  const broken = messenger.post(to(slack.channel), { ...message(), card: endless });
  await expect(broken).rejects.toThrow('A card of 60 blocks');
  await expect(broken).rejects.not.toBeInstanceOf(PlatformError);
});

test('Slack being nowhere at all is nothing that was sent', async () => {
  const gone = await openSlackPeer();
  await gone.close();
  const api = makeSlackApi(oneToken('xoxb-good'), clientOptions(gone.apiUrl, slack.log));
  const { log } = slack;
  const { database } = slack.bot;
  const pictures = makePictures({ api, database, log });
  const lost = makeSlackMessenger({
    ...{ api, pictures, tools: slack.bot.tools },
    receipts: makeReceipts(slack.bot.tools),
    conversations: makeConversations(api, slack.bot.tools),
  });
  expect((await trouble(lost.post(to(slack.channel), message()))).code).toBe('busy');
});

test('people who are introduced get a conversation of their own, the same one each time', async () => {
  const refs = ['Ana', 'Ben'].map((name) => slack.person(name).ref);
  const group = await messenger.openGroup?.(slack.peer.team.id, refs);
  const again = await messenger.openGroup?.(slack.peer.team.id, [...refs].reverse());
  expect(again).toEqual(group);
  await messenger.post(to(group?.placeRef ?? ''), message());
  expect(standing().map(({ channel }) => channel)).toEqual([group?.placeRef]);

  const nobody = messenger.openGroup?.(slack.peer.team.id, [...refs, 'UNOBODY']) ?? Promise.resolve();
  expect((await trouble(nobody)).code).not.toBe('busy');
});

test('a message to everybody opens no more conversations than Slack takes, whichever process does it', async () => {
  const { database } = slack.bot;
  const api = makeSlackApi(oneToken('xoxb-good'), clientOptions(slack.peer.apiUrl, slack.log));
  const processes = ['one', 'another'].map(() => makeConversations(api, slack.bot.tools));
  const everybody = Array.from({ length: 40 }, (_, index) => slack.person(`P${index}`).ref);
  const opening = everybody.map((ref, index) => processes[index % 2]?.open(slack.peer.team.id, [ref]));
  const results = await Promise.allSettled(opening);
  const later = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  // The tests before this one have opened some of what goes at once.
  expect(later.length).toBeGreaterThanOrEqual(15);
  expect(later.length).toBeLessThan(40);
  for (const error of later) expect(error).toMatchObject({ code: 'busy', retryAfterMs: expect.any(Number) });

  slack.peer.misbehave('conversations.open', { fault: 'rate-limited', retryAfterSeconds: 30 });
  await database.sharedPace.updateMany({ data: { freeAt: new Date(0) } });
  const [first, second] = processes.map((each) => each.open(slack.peer.team.id, [slack.person('Late').ref]));
  await Promise.allSettled([first, second]);
  const calls = slack.peer.calls.length;
  const third = processes[1]?.open(slack.peer.team.id, [slack.person('Later').ref]) ?? Promise.resolve();
  expect((await trouble(third)).retryAfterMs).toBeGreaterThan(29_000);
  expect(slack.peer.calls.length).toBe(calls);
});
