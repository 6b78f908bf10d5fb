import { afterEach, beforeEach, expect, test } from 'vitest';
import { card, heading } from '../../src/core/card.ts';
import { defineFeature, type TimedJob } from '../../src/core/command.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { PlaceId } from '../../src/core/ids.ts';
import type { View } from '../../src/core/ports.ts';
import { wordsIn } from '../../src/core/words.ts';
import { features } from '../../src/features/all.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';
import { openLanes, untilRefused } from '../support/lanes.ts';
import { someoneWaits } from '../support/someone-waits.ts';
import { until } from '../support/until.ts';

let bot: TestBot;
let coalition: TestCoalition;
const monday = '2026-03-02T15:00:00Z';
/** What the live cards show; null: their subject is gone. */
let state: Record<string, string | null> = {};
/** So many posts were written, each of which is committed after this. */
let posted = 0;
let committing: Promise<void> = Promise.resolve();
/** So many cards were begun to be drawn, each of which is finished after this. */
let drawn = 0;
let drawing: Promise<void> = Promise.resolve();

const view: View = {
  id: 'test.state',
  draw: async (subject) => {
    drawn += 1;
    await drawing;
    const now = state[subject] ?? null;
    return now === null ? null : card(heading(`${subject}: ${now}`));
  },
};

/** Posts `subject` to a channel; a deadline may follow the name. */
const job: TimedJob = {
  kind: 'test.post',
  async run({ writing, coalition: { id: coalitionId }, subject, tools }) {
    const [name = '', place = '', expires] = subject.split(' ');
    const found = await writing.tx.place.findFirstOrThrow({ where: { coalitionId, name: place } });
    await tools.delivery.post(writing, {
      coalitionId,
      to: { place: found.id as PlaceId },
      why: ['It is due'],
      ...(expires ? { expires: new Date(expires) } : {}),
      key: `test:${subject}`,
      card: card(heading(name in state ? `${name}: ${state[name]}` : name)),
      ...(name in state ? { live: { view, subject: name } } : {}),
    });
    posted += 1;
    await committing;
  },
};
const testing = defineFeature({ name: 'test', say: wordsIn({}), jobs: [job], views: [view] });

beforeEach(async () => {
  state = {};
  posted = 0;
  committing = Promise.resolve();
  drawn = 0;
  drawing = Promise.resolve();
  bot = await openTestBot({ at: monday, features: [...features, testing] });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [{ name: 'Food Bank', voices: ['Ben'] }],
  });
  for (const name of ['general', 'news'])
    await bot.database.place.create({
      data: { coalitionId: coalition.id, workspaceId: coalition.workspaceId, ref: name, name },
    });
});
afterEach(() => bot.end());

const says = (typed: string) => coalition.person('Ana').says(typed);
const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
const isDue = (subject: string) =>
  bot.tools.write((writing) =>
    bot.tools.timers.set(writing, {
      ...{ coalitionId: coalition.id, kind: job.kind, subject, occurrence: 'once' },
      dueAt: writing.now,
    }),
  );
const posts = async (...subjects: string[]) => {
  for (const subject of subjects) {
    await isDue(subject);
    await bot.settle();
  }
};
const changes = async (subject: string, to: string | null) => {
  state[subject] = to;
  const of = { coalitionId: coalition.id, view, subject };
  await bot.tools.write((writing) => bot.tools.delivery.redraw(writing, of));
  await bot.settle();
};
const headings = (place: string) =>
  bot
    .channel(place)
    .map(({ card: { parts } }) => parts.map((part) => (part.part === 'heading' ? part.text : '')).join());
const stateOf = async (key: string) =>
  (await bot.database.outgoing.findFirstOrThrow({ where: { key: { contains: key } } })).state;

test('posts to channels wait out a pause, and then go out one by one in their order, channel by channel', async () => {
  await says('/coalition pause');
  await posts('one general', 'two general', 'three general', 'news news');
  expect(headings('general')).toEqual([]);
  const preview = await says('/attention preview');
  expect(preview.text).toContain('one to a channel, after /coalition resume. Why: It is due');
  const resumed = await says('/coalition resume');
  expect(resumed.text).toContain('4 posts go to their channels');
  await bot.settle();
  expect([headings('general'), headings('news')]).toEqual([['one'], ['news']]);
  await goTo('2026-03-02T15:45:00Z');
  expect(headings('general')).toEqual(['one', 'two']);
  await goTo('2026-03-02T17:00:00Z');
  expect(headings('general')).toEqual(['one', 'two', 'three']);
});

test('when several of a channel come at once after an outage, they keep their order', async () => {
  await says('/coalition pause');
  await posts('one general', 'two general', 'three general');
  await says('/coalition resume');
  await bot.settle();
  const [two, three] = await bot.database.timer.findMany({
    where: { kind: 'delivery.release', doneAt: null },
    orderBy: { dueAt: 'asc' },
  });
  // The last one's timer is the first to be worked on.
  await bot.database.timer.update({ where: { id: three?.id ?? '' }, data: { dueAt: two?.dueAt ?? monday } });
  await bot.database.timer.update({ where: { id: two?.id ?? '' }, data: { dueAt: '2026-03-02T17:00:00Z' } });
  await goTo('2026-03-02T16:00:00Z');
  expect(headings('general')).toEqual(['one', 'two']);
  await goTo('2026-03-02T18:00:00Z');
  expect(headings('general')).toEqual(['one', 'two', 'three']);
});

test('one that is let go while the one before it is being drawn waits for it', async () => {
  state = { one: 'now', two: 'now' };
  await says('/coalition pause');
  await posts('one general', 'two general');
  let goOn = () => {};
  drawing = new Promise((resolve) => {
    goOn = resolve;
  });
  await says('/coalition resume');
  const sweeping = bot.sweep();
  await until('the first is being drawn', () => drawn === 1);
  const { id } = await bot.database.timer.findFirstOrThrow({
    where: { kind: 'delivery.release', dueAt: { gt: monday } },
  });
  await bot.database.timer.update({ where: { id }, data: { dueAt: monday } });
  const again = bot.sweep();
  await until('the second waits for it', () => someoneWaits(bot.database));
  goOn();
  await Promise.all([sweeping, again]);
  await bot.settle();
  expect(headings('general')).toEqual(['one: now', 'two: now']);
});

test('what is out of date by then is dropped, on record, and staff are told how many', async () => {
  await says('/coalition pause');
  await posts('reminder general 2026-03-02T20:00:00Z', 'first general', 'later general 2026-03-03T15:30:00Z');
  await goTo('2026-03-03T15:00:00Z');
  expect((await says('/coalition resume')).text).toContain('One was out of date and was dropped');
  await goTo('2026-03-03T18:00:00Z');
  expect(headings('general')).toEqual(['first']);
  const sent = await says('/attention sent');
  expect(sent.text).toContain('reminder to a channel, dropped as out of date on');
  expect(sent.text).toMatch(/first to a channel, .*2026.* Why: It is due/);
  // It was in date when all went on, and was not any more when its turn came.
  expect([await stateOf('reminder'), await stateOf('later')]).toEqual(['expired', 'expired']);
});

test('cards that stand in channels are drawn once after a pause, as they are then', async () => {
  state = { votes: '0' };
  await posts('votes general');
  const [before] = bot.channel('general');
  await says('/coalition pause');
  for (const votes of ['1', '2', '3', '4']) await changes('votes', votes);
  expect(headings('general')).toEqual(['votes: 0']);
  await says('/coalition resume');
  await bot.settle();
  expect(headings('general')).toEqual(['votes: 4']);
  expect(before?.redraws).toBe(1);
});

test('a live card that waited is posted as its subject is now, or not at all when that is gone', async () => {
  state = { votes: '0', gone: 'here' };
  await says('/coalition pause');
  await posts('votes general', 'gone news');
  await changes('votes', '7');
  await changes('gone', null);
  await says('/coalition resume');
  await bot.settle();
  expect(headings('general')).toEqual(['votes: 7']);
  expect(bot.channel('general')[0]?.redraws).toBe(0);
  expect(headings('news')).toEqual([]);
  expect(await stateOf('gone')).toBe('expired');
});

test('what is in its lane already when somebody pauses stays there, and a second pause holds it again', async () => {
  const busy = new PlatformError('busy', 'console', { retryAfterMs: 600_000 });
  bot.messengers.console.refuseNext('general', busy);
  await isDue('one general');
  await untilRefused(bot);
  await isDue('two general');
  await until('both wait', async () => {
    await bot.sweep();
    return (await bot.database.outgoing.count({ where: { state: 'waiting' } })) === 2;
  });
  await says('/coalition pause');
  await openLanes(bot);
  await bot.settle();
  expect(headings('general')).toEqual([]);

  await openLanes(bot, 600_000);
  await says('/coalition resume');
  await until('the first is in its lane again', async () => {
    await bot.sweep();
    return (await stateOf('one')) === 'waiting';
  });
  await says('/coalition pause');
  await openLanes(bot);
  await goTo('2026-03-02T18:00:00Z');
  expect(headings('general')).toEqual([]);
  await says('/coalition resume');
  await goTo('2026-03-02T21:00:00Z');
  expect(headings('general')).toEqual(['one', 'two']);
});

test('what is refused for now while somebody pauses waits for the end of the pause', async () => {
  const { console: messenger } = bot.messengers;
  const original = messenger.post;
  let refuse = () => {};
  const paused = new Promise<void>((resolve) => {
    refuse = resolve;
  });
  let tried = 0;
  messenger.post = async (to, message) => {
    tried += 1;
    if (tried > 1) return original(to, message);
    await paused;
    throw new PlatformError('busy', 'console', { retryAfterMs: 50 });
  };
  await isDue('one general');
  await until('it is being sent', async () => {
    await bot.sweep();
    return tried === 1;
  });
  await says('/coalition pause');
  refuse();
  await until('it is held', async () => (await stateOf('one')) === 'paused');
  await bot.settle();
  expect(headings('general')).toEqual([]);
  await says('/coalition resume');
  await bot.settle();
  expect(headings('general')).toEqual(['one']);
  expect(tried).toBe(2);
});

test('whoever pauses for the first time waits for what is being posted, and holds it', async () => {
  let goOn = () => {};
  committing = new Promise((resolve) => {
    goOn = resolve;
  });
  // As it is until staff set limits or pause.
  await bot.database.attention.deleteMany();
  // Whatever is on its way already when the pause begins has gone before it.
  bot.messengers.console.refuseNext('general', new PlatformError('busy', 'console', { retryAfterMs: 50 }));
  await isDue('one general');
  const sweeping = bot.sweep();
  await until('it is posted, but not yet for others to see', () => posted === 1);
  const pausing = says('/coalition pause');
  await until('the pause waits', () => someoneWaits(bot.database));
  goOn();
  await Promise.all([pausing, sweeping]);
  await bot.settle();
  expect(headings('general')).toEqual([]);
  expect(await stateOf('one')).toBe('paused');
});

test('what a person asks for goes on while all is paused', async () => {
  await says('/coalition pause');
  await says('/roles new');
  await coalition.person('Ana').fills({ name: 'Host', purpose: 'Opens the door', effort: '1', seats: '1' });
  await says('/roles post role:Host place:general');
  await bot.settle();
  expect(bot.channel('general')).toHaveLength(1);
});

test('a post that is too late after an outage is dropped as well', async () => {
  const busy = new PlatformError('busy', 'console', { retryAfterMs: 600_000 });
  bot.messengers.console.refuseNext('general', busy);
  await isDue('reminder general 2026-03-02T20:00:00Z');
  await untilRefused(bot);
  bot.clockHand.goTo('2026-03-09T15:00:00Z');
  await openLanes(bot);
  await bot.settle();
  expect(headings('general')).toEqual([]);
  expect(await stateOf('reminder')).toBe('expired');
});
