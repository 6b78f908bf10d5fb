import { afterAll, beforeAll, expect, test } from 'vitest';
import { card as cardOf, heading } from '../../../src/core/card.ts';
import type { CoalitionId, PlaceId } from '../../../src/core/ids.ts';
import { takeTurn } from '../../../src/delivery/pace.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import { makeSampleFeature } from '../../support/sample-feature.ts';
import { openSlackUnderTest, type SlackUnderTest } from '../../support/slack/under-test.ts';
import { until } from '../../support/until.ts';

let slack: SlackUnderTest;
const [general, busy] = ['C0GENERAL1', 'C0BUSY0001'];

beforeAll(async () => {
  slack = await openSlackUnderTest({
    features: [directory, makeSampleFeature()],
    by: 'socket',
    prepare: (peer) => {
      for (const [ref, name] of [
        [busy, 'busy'],
        ['C0GONE0001', 'gone'],
      ] as const) {
        peer.channels.set(ref, { name, member: true, archived: false });
      }
    },
  });
  const ana = slack.person('Ana');
  await ana.says('/coalition setup');
  await slack.until(() => ana.form(), 'the form');
  await ana.fills({ name: 'Ready by Five', zone: 'America/Winnipeg', language: 'en' });
  await slack.until(() => ana.screen().length > 0, 'the answer');
  const workspace = await slack.bot.database.workspace.findFirstOrThrow();
  const { id: workspaceId, coalitionId } = workspace;
  for (const [ref, { name }] of slack.peer.channels) {
    await slack.bot.database.place.create({ data: { coalitionId, workspaceId, ref, name } });
  }
  await slack.startWorker();
});
afterAll(() => slack.end());

const standing = (channel: string) =>
  slack.peer.messages.filter((message) => message.channel === channel && message.metadata !== null);

test('a channel that Slack slows down holds up no other, and gets its message once', async () => {
  slack.peer.misbehave('chat.postMessage', { fault: 'rate-limited', retryAfterSeconds: 4 }, 1, busy);
  const ana = slack.person('Ana');
  await ana.says(`/sample live ${busy}`);
  await slack.until(
    () => slack.peer.calls.some(({ method, args }) => method === 'chat.postMessage' && args.channel === busy),
    'the first try',
  );
  await ana.says(`/sample live ${general}`);
  await slack.until(() => standing(general).length === 1, 'the message in the other channel');
  expect(standing(busy)).toHaveLength(0);
  await slack.until(() => standing(busy).length === 1, 'the message after the wait');
});

test('a press in one channel is seen in every channel where the card stands', async () => {
  const ana = slack.person('Ana');
  const card = await slack.until(
    () => ana.screen().find((seen) => ana.raw(seen).metadata !== null),
    'the card',
  );
  const label = card.buttons[0] ?? '';
  const before = card.text;
  await ana.presses(label, card);
  await slack.until(() => card.text !== before, 'the card to change here');
  await slack.until(() => standing(busy)[0]?.text === standing(general)[0]?.text, 'and there');
});

test('a burst of presses costs few redraws, and the last state is shown', async () => {
  const ana = slack.person('Ana');
  const [message] = standing(general);
  const card = await slack.until(() => ana.screen().find((seen) => ana.raw(seen) === message), 'the card');
  const before = message?.updates ?? 0;
  const presses = 30;
  for (let press = 0; press < presses; press += 1) await ana.presses(card.buttons[0] ?? '', card);
  await until('every redraw is done', async () => {
    const stale = await slack.bot.database.posting.count({ where: { stale: true } });
    return stale === 0 && standing(general)[0]?.text === standing(busy)[0]?.text;
  });
  expect(card.text).toContain(String(2 + presses));
  expect((message?.updates ?? 0) - before).toBeLessThan(presses / 3);
});

test('a message whose sending ended without an answer stands once', async () => {
  slack.peer.misbehave('chat.postMessage', { fault: 'done-unanswered' });
  const [ana, ben] = [slack.person('Ana'), slack.person('Ben')];
  await ana.says(`/sample tell ${ana.ref}`);
  await slack.until(
    () => slack.peer.calls.filter(({ method }) => method === 'conversations.open').length > 0,
    'it',
  );
  await until('it is settled', async () => {
    const open = await slack.bot.database.outgoing.count({
      where: { state: { in: ['waiting', 'sending'] } },
    });
    return open === 0;
  });
  expect(standing(ana.directMessages)).toHaveLength(1);
  expect(standing(ben.directMessages)).toHaveLength(0);
});

test('a guest of the workspace who has joined is written to like everybody', async () => {
  const [ana, gil] = [slack.person('Ana'), slack.person('Gil', { kind: 'guest' })];
  await gil.says('/coalition join');
  await slack.until(() => gil.form(), 'the form');
  const zone = 'America/Winnipeg';
  expect(await gil.fills({ organisation: 'Food Bank', standing: 'member', zone })).toBeNull();
  await slack.until(() => gil.screen().find(({ text }) => text.includes('Food Bank')), 'the answer');
  await ana.says(`/sample tell ${gil.ref}`);
  const told = await slack.until(() => standing(gil.directMessages)[0], 'the message');
  expect(told.text).toContain('A word for you');
  const account = await slack.bot.database.account.findFirstOrThrow({ where: { ref: gil.ref } });
  expect(account.unreachableSince).toBeNull();
});

test('an archived channel is told to staff with what to do, and stops nothing', async () => {
  const gone = slack.peer.channels.get('C0GONE0001');
  if (gone) gone.archived = true;
  const ana = slack.person('Ana');
  await ana.says('/sample live C0GONE0001');
  const find = () => slack.bot.database.staffTask.findFirst({ where: { kind: 'place-unreachable' } });
  await until('staff are told', async () => (await find()) !== null);
  expect(JSON.stringify((await find())?.text)).toContain('the channel is gone');
});

test('workers share what a workspace allows: after a burst, one redraw for each pace', async () => {
  const { database } = slack.bot;
  const pace = { key: 'redraw:of-this-test', paceMs: 1200, burst: 10 };
  const now = new Date('2026-03-06T15:00:00Z');
  const take = (at: Date) => takeTurn(database, pace, at);
  const first = await Promise.all(Array.from({ length: 15 }, () => take(now)));
  expect(first.filter(({ turn }) => turn === 'taken')).toHaveLength(11);
  expect(Math.max(...first.map(({ inMs }) => inMs))).toBe(1200);
  expect(await take(new Date(now.getTime() + 1199))).toEqual({ turn: 'later', inMs: 1 });
  expect(await take(new Date(now.getTime() + 1200))).toEqual({ turn: 'taken', inMs: 0 });
});

test('redraws that Slack slows down hold up no new message in their channel, and follow afterwards', async () => {
  const ana = slack.person('Ana');
  const [message] = standing(general);
  const card = await slack.until(() => ana.screen().find((seen) => ana.raw(seen) === message), 'the card');
  const updates = () => slack.peer.calls.filter(({ method }) => method === 'chat.update').length;
  const before = updates();
  const limited = { fault: 'rate-limited', retryAfterSeconds: 60 } as const;
  slack.peer.misbehave('chat.update', limited, 1, general);
  slack.peer.misbehave('chat.update', limited, 1, busy);
  await ana.presses(card.buttons[0] ?? '', card);
  await slack.until(() => updates() > before, 'the redraw that is refused');
  await slack.bot.tools.write(async (writing) => {
    const place = await writing.tx.place.findFirstOrThrow({ where: { ref: general } });
    await slack.bot.tools.delivery.post(writing, {
      why: ['because it is tried'],
      coalitionId: place.coalitionId as CoalitionId,
      to: { place: place.id as PlaceId },
      key: 'said meanwhile',
      card: cardOf(heading('Said meanwhile')),
    });
  });
  await slack.until(
    () => standing(general).some(({ text }) => text?.includes('Said meanwhile')),
    'the new message',
  );
  expect(updates() - before).toBeLessThanOrEqual(2);
});
