import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';

let bot: TestBot;
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-01-05T16:00:00Z' });
  await setUp(bot);
  await joins(bot.as('Bo'), 'Hope House');
});
afterEach(() => bot.end());

const questions = () =>
  bot
    .as('Bo')
    .inbox()
    .filter(({ card }) => cardText(card, { language: 'en', timeZone: 'UTC' }).includes('card still right?'));

test('a card is asked about after four months, and at most twice in a year', async () => {
  for (let day = 1; day <= 365; day += 7) {
    bot.clockHand.goTo(new Date(Date.UTC(2026, 0, 5 + day, 16)));
    await bot.settle();
    if (day < 120) expect(questions(), `day ${day}`).toHaveLength(0);
    if (day > 130 && day < 300) expect(questions(), `day ${day}`).toHaveLength(1);
  }
  expect(questions()).toHaveLength(2);
  expect(cardText(questions()[0]?.card ?? { parts: [] }, { language: 'en', timeZone: 'UTC' })).toContain(
    'It was last confirmed 4 months ago',
  );
}, 120_000);

test('“still right” confirms the card, once or twice pressed, and a visitor can not', async () => {
  bot.clockHand.goTo('2026-05-12T16:00:00Z');
  await bot.settle();
  const [question] = questions();
  const bo = bot.as('Bo');
  expect((await bot.as('Cy').pressesId('x')).refused).toBe('core.unknown-button');
  await joins(bot.as('Cy'), 'Other House');
  expect((await bot.as('Cy').presses('Still right', question)).refused).toBe('directory.not-yours');
  expect((await bo.says('/coalition me')).text).toContain('last confirmed 4 months ago: still right?');
  expect((await bo.presses('Still right', question)).text).toContain('Thank you');
  expect((await bo.presses('Still right', question)).text).toContain('Thank you');
  expect((await bo.says('/partners show Hope House')).text).toContain('Confirmed less than a month ago');
  expect((await bo.says('/coalition me')).text).toContain('Nothing is asked of you now');
});
