import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { at, inboxOf, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;

// Children are due on Wednesday, 11 March, meals on Friday; the first notice of each comes two days before at nine.
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  const partners = [{ name: 'Food Bank', voices: ['Ben', 'Bea'] }];
  coalition = await makeCoalition(bot, { staff: ['Ana'], partners });
  const ana = coalition.person('Ana');
  await startMeasure(ana);
  await startMeasure(ana, { name: 'Meals', unit: 'meals', rhythm: { due: '5' } });
});
afterAll(() => bot.end());

const inbox = (name: string) => inboxOf(coalition, name);

test('nothing is said of what nobody is asked for yet', async () => {
  await at(bot, '2026-03-09T15:00:00Z');
  expect(inbox('Ben').at(-1)).toContain('asks you for one figure');
  expect(inbox('Ben').at(-1)).not.toContain('more is open');
});

test('what is due and what is asked for first are one card', async () => {
  await at(bot, '2026-03-10T15:00:00Z');
  await at(bot, '2026-03-11T15:00:00Z');
  for (const name of ['Children reached', 'Meals'])
    expect(inbox('Ben').at(-1)).toContain(`Give ${name}, 2026-W10`);
  expect(inbox('Ben')).toHaveLength(3);
});

test('what was asked for three times is not asked for again, but the next card leads to it', async () => {
  await at(bot, '2026-03-12T15:00:00Z');
  const card = inbox('Ben').at(-1);
  expect(card).toContain('Give Meals, 2026-W10');
  expect(card).not.toContain('Give Children reached');
  expect(card).toContain('1 more is open');
  // The colleague is asked for the other one alone.
  expect(inbox('Bea').at(-1)).toContain('Children reached');
  expect(inbox('Bea').at(-1)).not.toContain('more is open');
  const ben = coalition.person('Ben');
  const all = await ben.presses('Everything that is open', ben.inbox().at(-1));
  expect(all.text).toContain('2 figures are asked of your organisation');
});
