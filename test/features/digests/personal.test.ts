import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;

beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [{ name: 'Food Bank', voices: ['Ben'], members: ['Cleo'] }],
  });
  await coalition.person('Ana').says('/digest schedule wednesday 9:00 general');
  await coalition.person('Ben').says('/digest announce Open day on 12 March');
});
afterEach(() => bot.end());

const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
const personals = (who: string) =>
  coalition
    .person(who)
    .inbox()
    .map(({ card }) => cardText(card, { language: 'en', timeZone: 'UTC' }))
    .filter((text) => text.startsWith('Your week'));

test('whoever wants one gets a digest of their own after the weekly one: their part first, once', async () => {
  expect((await coalition.person('Cleo').says('/digest personal want:yes')).text).toContain(
    'After each weekly digest',
  );
  await coalition.person('Ben').says('/digest personal want:yes');
  await coalition.person('Ben').says('/digest personal want:no');
  await goTo('2026-03-04T15:00:00Z');
  expect(bot.channel('general')).toHaveLength(1);
  expect(personals('Cleo')).toHaveLength(1);
  expect(personals('Cleo')[0]).toContain('Open day on 12 March');
  expect(personals('Ben')).toHaveLength(0);
  await goTo('2026-03-05T15:00:00Z');
  expect(personals('Cleo')).toHaveLength(1);
});

test('a digest that is due while everything is paused goes out late, once, when staff go on', async () => {
  const ana = coalition.person('Ana');
  await ana.says('/coalition pause');
  await goTo('2026-03-04T15:00:00Z');
  await goTo('2026-03-04T18:10:00Z');
  expect(bot.channel('general')).toHaveLength(0);
  await ana.says('/coalition resume');
  await goTo('2026-03-04T19:00:00Z');
  expect(bot.channel('general')).toHaveLength(1);
  await goTo('2026-03-05T19:00:00Z');
  expect(bot.channel('general')).toHaveLength(1);
});
