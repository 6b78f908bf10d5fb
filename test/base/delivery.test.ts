import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { card, heading } from '../../src/core/card.ts';
import { defineFeature } from '../../src/core/command.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { CoalitionId, PlaceId } from '../../src/core/ids.ts';
import type { View, Writing } from '../../src/core/ports.ts';
import { wordsIn } from '../../src/core/words.ts';
import { sendLane } from '../../src/delivery/send-lane.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { someoneWaits } from '../support/someone-waits.ts';
import { until } from '../support/until.ts';

let counter = 0;
let cuts = 0;
const counterView: View = {
  id: 'test.counter',
  async draw(subject) {
    if (subject === 'cut' && cuts > 0) {
      cuts -= 1;
      await cutOwnConnection();
    }
    return subject === 'gone' ? null : card(heading(`${subject}: ${counter}`));
  },
};
const feature = defineFeature({ name: 'test', say: wordsIn({}), views: [counterView] });

let bot: TestBot;
let coalitionId: CoalitionId;
const places = new Map<string, PlaceId>();

beforeAll(async () => {
  bot = await openTestBot({ features: [feature] });
  const coalition = await bot.database.coalition.create({
    data: { name: 'Ready by Five', timeZone: 'America/Winnipeg', createdAt: bot.clockHand.now() },
  });
  coalitionId = coalition.id as CoalitionId;
  const workspace = await bot.database.workspace.create({
    data: { coalitionId, platform: 'console', ref: 'W', name: 'W', createdAt: bot.clockHand.now() },
  });
  for (const name of ['general', 'busy', 'paced', 'shut', 'slow', 'live', 'down', 'taken over', 'new']) {
    const place = await bot.database.place.create({
      data: { coalitionId, workspaceId: workspace.id, ref: name, name },
    });
    places.set(name, place.id as PlaceId);
  }
});
afterAll(() => bot.end());

function postIn(writing: Writing, place: string, key: string, live?: string) {
  return bot.tools.delivery.post(writing, {
    why: ['because it is tried'],
    coalitionId,
    to: { place: places.get(place) as PlaceId },
    key,
    card: card(heading(key)),
    ...(live ? { live: { view: counterView, subject: live } } : {}),
  });
}
const post = (place: string, key: string, live?: string) =>
  bot.tools.write((writing) => postIn(writing, place, key, live));
const change = (subject: string) =>
  bot.tools.write((writing) =>
    bot.tools.delivery.redraw(writing, { coalitionId, view: counterView, subject }),
  );
const headings = (place: string) =>
  bot
    .channel(place)
    .map(({ card: { parts } }) => parts.map((part) => (part.part === 'heading' ? part.text : '')).join());

test('messages arrive in the order in which they were written', async () => {
  for (let i = 1; i <= 20; i += 1) await post('general', `message ${i}`);
  await bot.settle();
  expect(headings('general')).toEqual(Array.from({ length: 20 }, (_, index) => `message ${index + 1}`));
});

test('the same message written twice arrives once', async () => {
  await Promise.all([post('general', 'twice'), post('general', 'twice'), post('general', 'twice')]);
  await bot.settle();
  expect(headings('general').filter((heading) => heading === 'twice')).toHaveLength(1);
});

test('two that are the first to write to a place at the same moment both arrive', async () => {
  let commit = () => {};
  const committing = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let written = false;
  const first = bot.tools.write(async (writing) => {
    await postIn(writing, 'new', 'one');
    written = true;
    await committing;
  });
  await until('the first is written', () => written);
  const second = post('new', 'two');
  await until('the second waits for it', () => someoneWaits(bot.database));
  commit();
  await Promise.all([first, second]);
  await bot.settle();
  expect(headings('new')).toEqual(['one', 'two']);
});

test('a busy channel is tried again after the time it named, and holds up no other', async () => {
  bot.messengers.console.refuseNext('busy', new PlatformError('busy', 'console', { retryAfterMs: 5000 }));
  await post('busy', 'held up');
  await post('general', 'not held up');
  await until('the other channel has its message', () => headings('general').includes('not held up'));
  expect(headings('busy')).toEqual([]);
  await bot.settle();
  expect(headings('busy')).toEqual(['held up']);
});

test('nothing is sent before its channel opens again, however early it is made ready', async () => {
  const { console: messenger } = bot.messengers;
  const { post: original, paceMs: usualPaceMs } = messenger;
  const realNow = () => bot.tools.realClock.now().getTime();
  const mayGoAt: number[] = [];
  const wentAt: number[] = [];
  messenger.post = async (to, message) => {
    if (to.placeRef !== 'paced') return original(to, message);
    wentAt.push(realNow());
    const refuses = wentAt.length === 3;
    mayGoAt.push(realNow() + (refuses ? 120 : paceMs));
    if (refuses) throw new PlatformError('busy', 'console', { retryAfterMs: 120 });
    return original(to, message);
  };
  const paceMs = 60;
  Object.assign(messenger, { paceMs });
  for (let i = 1; i <= 6; i += 1) await post('paced', `paced ${i}`);
  await bot.settle();
  Object.assign(messenger, { paceMs: usualPaceMs, post: original });
  expect(headings('paced')).toEqual([1, 2, 3, 4, 5, 6].map((i) => `paced ${i}`));
  expect(wentAt).toHaveLength(7);
  for (const [index, openAt] of mayGoAt.slice(0, -1).entries())
    expect(wentAt[index + 1]).toBeGreaterThanOrEqual(openAt);
});

test('a platform that is out of order is asked less and less often, and nothing is lost', async () => {
  const { console: messenger } = bot.messengers;
  const original = messenger.post;
  const refusedAt: number[] = [];
  messenger.post = async (to, message) => {
    if (to.placeRef !== 'down') return original(to, message);
    refusedAt.push(bot.tools.realClock.now().getTime());
    throw new PlatformError('busy', 'console');
  };
  const place = { placeRef: 'down' };
  const waits: number[] = [];
  await post('down', 'after the outage');
  // The first one is over in a second, by itself.
  for (let times = 2; times <= 5; times += 1) {
    await until('it is tried again', () => refusedAt.length >= times);
    await until('it waits', async () => {
      const { openAt, leasedUntil } = await bot.database.lane.findFirstOrThrow({ where: place });
      const waitMs = openAt.getTime() - (refusedAt.at(-1) ?? 0);
      if (leasedUntil !== null || waitMs <= 0) return false;
      // Counted from when it was written down, which is a little later.
      waits.push(Math.floor(waitMs / 1000));
      return true;
    });
    if (times === 5) messenger.post = original;
    await bot.database.lane.updateMany({ where: place, data: { openAt: new Date(0) } });
    await bot.sweep();
  }
  await bot.settle();
  expect(waits).toEqual([5, 30, 60, 60]);
  expect(headings('down')).toEqual(['after the outage']);
});

test('a send that ended without an answer is looked up before it is repeated', async () => {
  const { console: messenger } = bot.messengers;
  const original = messenger.post;
  const tries: boolean[] = [];
  messenger.post = async (to, message) => {
    tries.push(message.maybeSent);
    const sent = await original(to, message);
    if (tries.length === 1) throw new PlatformError('no-answer', 'console', { retryAfterMs: 10 });
    return sent;
  };
  await post('slow', 'once');
  await bot.settle();
  messenger.post = original;
  expect(tries).toEqual([false, true]);
  expect(headings('slow')).toEqual(['once']);
});

test('a worker that was stopped for longer than its lease spoils nothing of what another did meanwhile', async () => {
  const { console: messenger } = bot.messengers;
  const original = messenger.post;
  const place = { placeRef: 'taken over' };
  let tries = 0;
  let sentBeside = 0;
  messenger.post = async (to, message) => {
    tries += 1;
    if (tries > 1) return original(to, message);
    const lane = await bot.database.lane.findFirstOrThrow({ where: place });
    await bot.database.lane.update({ where: { id: lane.id }, data: { leasedUntil: new Date(0) } });
    await sendLane(lane.id, {
      tools: bot.tools,
      messengers: new Map([['console', messenger]]),
      views: new Map([[counterView.id, counterView]]),
      realNow: bot.tools.realClock.now,
      failing: new Map(),
    });
    sentBeside = await bot.database.outgoing.count({ where: { key: 'taken over', state: 'sent' } });
    // To the first it looks as if it had never been sent.
    throw new PlatformError('busy', 'console', { retryAfterMs: 10 });
  };
  await post('taken over', 'taken over');
  await bot.settle();
  messenger.post = original;
  expect([tries, sentBeside]).toEqual([2, 1]);
  expect(headings('taken over')).toEqual(['taken over']);
  expect(await bot.database.outgoing.findFirst({ where: { key: 'taken over' } })).toMatchObject({
    state: 'sent',
  });
});

/** As when PostgreSQL is restarted or a connection to it breaks. */
const cutOwnConnection = () => bot.database.$queryRaw`select pg_terminate_backend(pg_backend_pid())`;

test('a message is not given up because the database was away when it was to be written down as sent', async () => {
  const { console: messenger } = bot.messengers;
  const original = messenger.post;
  let tries = 0;
  messenger.post = async (to, message) => {
    tries += 1;
    const sent = await original(to, message);
    if (tries === 1) await cutOwnConnection();
    return sent;
  };
  await post('slow', 'kept');
  await bot.settle();
  messenger.post = original;
  expect(tries).toBe(2);
  expect(headings('slow').filter((each) => each === 'kept')).toHaveLength(1);
  expect(await bot.database.outgoing.findFirst({ where: { key: 'kept' } })).toMatchObject({ state: 'sent' });
});

test('a live card is not given up because the database was away while it was drawn', async () => {
  await post('busy', 'drawn later', 'cut');
  await bot.settle();
  cuts = 1;
  counter = 5;
  await change('cut');
  await bot.settle();
  expect(headings('busy')).toContain('cut: 5');
});

test('a channel that is gone is told to staff, and what waits behind it is tried', async () => {
  bot.messengers.console.refuseNext('shut', new PlatformError('gone', 'console'));
  await post('shut', 'lost');
  await post('shut', 'behind it');
  await bot.settle();
  expect(headings('shut')).toEqual(['behind it']);
  const tasks = await bot.database.staffTask.findMany({ where: { coalitionId, kind: 'place-unreachable' } });
  expect(JSON.stringify(tasks.map((task) => task.text))).toContain('the channel is gone');
});

test('two hundred changes in a burst cost a few redraws, and the last state stands', async () => {
  await post('live', 'counter', 'votes');
  await bot.settle();
  for (let i = 1; i <= 200; i += 1) {
    counter = i;
    await change('votes');
  }
  await bot.settle();
  expect(headings('live')).toEqual(['votes: 200']);
  const [message] = bot.channel('live');
  expect(message?.redraws).toBeGreaterThan(0);
  expect(message?.redraws).toBeLessThan(200);
});

test('a change while a live card is on its way is not lost', async () => {
  counter = 1;
  await bot.tools.write(async (writing) => {
    const to = { place: places.get('live') as PlaceId };
    const live = { view: counterView, subject: 'early' };
    await bot.tools.delivery.post(writing, {
      why: ['because it is tried'],
      coalitionId,
      to,
      key: 'early',
      card: card(heading('early: 1')),
      live,
    });
    counter = 2;
    await bot.tools.delivery.redraw(writing, { coalitionId, view: counterView, subject: 'early' });
  });
  await bot.settle();
  expect(headings('live')).toContain('early: 2');
});

test('a card whose subject is gone stays as it was', async () => {
  await post('live', 'of something gone', 'gone');
  await bot.settle();
  await change('gone');
  await bot.settle();
  expect(headings('live')).toContain('of something gone');
});

test('a change at the very moment a message is recorded as sent is not lost', async () => {
  await post('live', 'recorded', 'recorded');
  await bot.settle();
  const { database } = bot;
  const { id: outgoingId } = await database.outgoing.findFirstOrThrow({ where: { key: 'recorded' } });
  const posting = await database.posting.findUniqueOrThrow({ where: { outgoingId } });
  // As it is while the sending is being written down: nothing of it can be seen yet.
  await database.posting.delete({ where: { id: posting.id } });
  await database.outgoing.update({ where: { id: outgoingId }, data: { state: 'sending' } });
  let changed: Promise<unknown> = Promise.resolve();
  await database.$transaction(async (tx) => {
    await tx.outgoing.update({ where: { id: outgoingId }, data: { state: 'sent' } });
    await tx.posting.create({ data: posting });
    changed = change('recorded');
    await until('the change waits for us', () => someoneWaits(database));
  });
  await changed;
  const { wantedVersion } = await database.posting.findUniqueOrThrow({ where: { outgoingId } });
  expect(wantedVersion).toBe(posting.wantedVersion + 1);
  await bot.settle();
});

test('a message tells by its id when it was written, also where the machine’s own clock is wrong', async () => {
  const rightNow = Date.now;
  const wrong = vi.spyOn(Date, 'now').mockImplementation(() => rightNow() + 7_200_000);
  await post('general', 'written by a wrong clock');
  wrong.mockRestore();
  const { id } = await bot.database.outgoing.findFirstOrThrow({ where: { key: 'written by a wrong clock' } });
  const told = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  expect(Math.abs(told - rightNow())).toBeLessThan(3_600_000);
});
