import { afterAll, beforeAll, expect, test } from 'vitest';
import { card, heading } from '../../src/core/card.ts';
import { defineFeature } from '../../src/core/command.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { PlaceId } from '../../src/core/ids.ts';
import type { View } from '../../src/core/ports.ts';
import { wordsIn } from '../../src/core/words.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';
import { until } from '../support/until.ts';

let count = 0;
const view: View = { id: 'test.counter', draw: async (subject) => card(heading(`${subject}: ${count}`)) };

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot({ features: [defineFeature({ name: 'test', say: wordsIn({}), views: [view] })] });
  coalition = await makeCoalition(bot);
});
afterAll(() => bot.end());

/** Posts into a channel of this name: a live card where there is a `subject`. */
async function post(place: string, key: string, subject?: string): Promise<void> {
  const where = { coalitionId: coalition.id, workspaceId: coalition.workspaceId, ref: place };
  const known = await bot.database.place.findFirst({ where });
  const { id } = known ?? (await bot.database.place.create({ data: { ...where, name: place } }));
  await bot.tools.write((writing) =>
    bot.tools.delivery.post(writing, {
      why: ['because it is tried'],
      coalitionId: coalition.id,
      to: { place: id as PlaceId },
      key,
      card: card(heading(subject ? `${subject}: ${count}` : key)),
      ...(subject ? { live: { view, subject } } : {}),
    }),
  );
}
const change = (subject: string) => {
  count += 1;
  return bot.tools.write((writing) =>
    bot.tools.delivery.redraw(writing, { coalitionId: coalition.id, view, subject }),
  );
};
const headings = (place: string) =>
  bot
    .channel(place)
    .map(({ card: { parts } }) => parts.map((part) => (part.part === 'heading' ? part.text : '')).join());
const refuse = (place: string, code: 'busy' | 'no-answer' | 'not-allowed', retryAfterMs?: number) =>
  bot.messengers.console.refuseNext(
    place,
    new PlatformError(code, 'console', {
      ...(retryAfterMs ? { retryAfterMs } : {}),
      ...(code === 'not-allowed' ? { missing: 'channel membership' } : {}),
    }),
  );
/** The redraws of a channel, and what there is to wait for until the next. */
function countRedraws(place: string): { tried: number } {
  const { console: messenger } = bot.messengers;
  const original = messenger.redraw;
  const seen = { tried: 0 };
  messenger.redraw = async (to, ref, message) => {
    if (to.placeRef === place) seen.tried += 1;
    return original(to, ref, message);
  };
  return seen;
}
const placeTask = () => bot.database.staffTask.findFirst({ where: { kind: 'place-unreachable' } });

for (const [code, name] of [
  ['busy', 'whose redraw has to wait'],
  ['no-answer', 'whose redraw gets no answer'],
] as const) {
  test(`a card ${name} holds up neither a new message in its channel nor another card there`, async () => {
    const place = `held by ${code}`;
    await post(place, `${place}: card`, code);
    await post(place, `${place}: other card`, `other ${code}`);
    await bot.settle();
    const redraws = countRedraws(place);
    refuse(place, code, 120_000);
    await change(code);
    await until('the redraw was tried', () => redraws.tried === 1);
    await post(place, `said in ${place}`);
    await until('the new message stands', () => headings(place).includes(`said in ${place}`));
    await change(`other ${code}`);
    await until('the other card is current', () => headings(place).includes(`other ${code}: ${count}`));
    expect(headings(place)).not.toContain(`${code}: ${count}`);
    expect(redraws.tried).toBe(2);

    await bot.database.posting.updateMany({ where: { stale: true }, data: { redrawAt: new Date(0) } });
    await bot.sweep();
    await until('the card is current', () => headings(place).includes(`${code}: ${count}`));
  });
}

test('a channel that shuts the bot out keeps its card: staff hear what is missing, and it follows when the bot is back', async () => {
  await post('members only', 'the card', 'votes');
  await bot.settle();
  refuse('members only', 'not-allowed');
  await change('votes');
  await bot.settle();
  expect(JSON.stringify((await placeTask())?.text)).toContain('missing: channel membership');
  expect(headings('members only')).toEqual([`votes: ${count - 1}`]);

  await post('members only', 'hello again');
  await bot.settle();
  expect(headings('members only')).toEqual([`votes: ${count}`, 'hello again']);
});

test('a channel that stays shut is tried by itself, and staff who saw to it are not told again at every try', async () => {
  await post('still shut', 'another card', 'seats');
  await bot.settle();
  refuse('still shut', 'not-allowed');
  await change('seats');
  await bot.settle();
  const task = { coalitionId: coalition.id, kind: 'place-unreachable' };
  await bot.tools.write((writing) => bot.tools.staffTasks.close(writing, { ...task, subjectPrefix: '' }));
  const anHourLater = async () => {
    await bot.database.posting.updateMany({ where: { stale: true }, data: { redrawAt: new Date(0) } });
    await bot.settle();
  };
  refuse('still shut', 'not-allowed');
  await anHourLater();
  expect(await bot.database.staffTask.count({ where: { ...task, doneAt: null } })).toBe(0);
  bot.clockHand.forward(25 * 3_600_000);
  refuse('still shut', 'not-allowed');
  await anHourLater();
  expect(await bot.database.staffTask.count({ where: { ...task, doneAt: null } })).toBe(1);
  await anHourLater();
  expect(headings('still shut')).toEqual([`seats: ${count}`]);
});

test('after being told when to come back, a channel whose connection is cut is tried again after one second', async () => {
  const { console: messenger } = bot.messengers;
  const original = messenger.post;
  const failures = [
    new PlatformError('busy', 'console', { retryAfterMs: 10 }),
    new PlatformError('no-answer', 'console'),
  ];
  let cutAt = 0;
  messenger.post = async (to, message) => {
    const failure = to.placeRef === 'cut' ? failures.shift() : undefined;
    if (!failure) return original(to, message);
    cutAt = bot.tools.realClock.now().getTime();
    throw failure;
  };
  await post('cut', 'after the cut');
  let waitMs = 0;
  await until('it waits after the cut', async () => {
    const lane = await bot.database.lane.findFirst({ where: { placeRef: 'cut' } });
    waitMs = (lane?.openAt.getTime() ?? 0) - cutAt;
    return failures.length === 0 && lane?.leasedUntil === null && waitMs > 0;
  });
  expect(Math.floor(waitMs / 1000)).toBe(1);
  await bot.settle();
  messenger.post = original;
  expect(headings('cut')).toEqual(['after the cut']);
});
