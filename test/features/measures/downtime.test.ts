import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { until } from '../../support/until.ts';
import { at, inboxOf, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
const names = ['Ben', 'Dee', 'Cy'];

beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: names.map((name) => ({ name: `Partner of ${name}`, voices: [name] })),
  });
  for (const name of ['Children reached', 'Meals', 'Visits'])
    await startMeasure(coalition.person('Ana'), { name });
});
afterEach(() => bot.end());

test('two weeks that are over at once are one card for everybody', async () => {
  // The bot was down from the second of March on; W10 and W11 are both over now.
  await at(bot, '2026-03-17T15:00:00Z');
  for (const name of names) {
    const inbox = inboxOf(coalition, name);
    expect(inbox, name).toHaveLength(1);
    for (const week of ['2026-W10', '2026-W11']) expect(inbox[0]).toContain(`Give Meals, ${week}`);
  }
  expect(await bot.database.measureReminder.count()).toBe(names.length * 3 * 2);
});

test('a period that cannot be opened keeps nobody waiting for the others', async () => {
  await bot.database.measure.updateMany({
    where: { name: 'Meals' },
    data: { frequency: 'terms', terms: {} },
  });
  bot.clockHand.goTo('2026-03-09T15:00:00Z');
  const failed = () => bot.database.timer.count({ where: { kind: 'measures.open', attempts: { gt: 0 } } });
  await bot.sweep();
  await until('an opening has failed', async () => (await failed()) === 1);
  bot.clockHand.forward(60_000);
  // Whoever looked before the failure was written down looks again in a minute.
  await until('everybody is asked', async () => {
    await bot.sweep();
    return names.every((name) => inboxOf(coalition, name).length === 1);
  });
  const [card] = inboxOf(coalition, 'Ben');
  for (const name of ['Children reached', 'Visits']) expect(card).toContain(`Give ${name}, 2026-W10`);
  expect(card).not.toContain('Meals');
});
