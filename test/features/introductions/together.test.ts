import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { PlatformError } from '../../../src/core/errors.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
const together = 'group of U-ben+U-cleo';

beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Cleo'] },
      { name: 'Clinic', voices: ['Dan'] },
    ],
  });
});
afterEach(() => bot.end());

async function introduce() {
  await coalition.person('Ana').says('/intros one one:Ben other:Cleo reason:"Both asked about reading"');
  await bot.settle();
}

const texts = (name: string) =>
  coalition
    .person(name)
    .inbox()
    .map(({ card }) => cardText(card, { language: 'en', timeZone: 'UTC' }));

test('where a platform has private conversations of several, an introduction opens one', async () => {
  bot.messengers.console.allowGroups();
  await introduce();
  const [shown] = bot.channel(together);
  expect(shown && cardText(shown.card, { language: 'en', timeZone: 'UTC' })).toContain(
    'Ben, Cleo, meet each other',
  );
  expect([texts('Ben'), texts('Cleo')]).toEqual([[], []]);
  const touches = await bot.database.touchpoint.findMany({ where: { feature: 'introductions' } });
  expect(touches.map(({ kind }) => kind)).toEqual(['give', 'give']);

  const out = await coalition.person('Cleo').presses('Let me out', shown);
  expect(out.acknowledged).toBe('privately');
  expect(out.text).toContain('You are out of this one');
  expect((await coalition.person('Dan').presses('Let me out', shown)).refused).toBe('introductions.gone');
});

test('where it has none, each gets a message of their own', async () => {
  await introduce();
  expect(texts('Ben').join()).toContain('Meet Cleo');
  expect(texts('Cleo').join()).toContain('Meet Ben');
});

test('where it refuses this one, each gets a message of their own', async () => {
  bot.messengers.console.allowGroups();
  bot.messengers.console.refuseNext(
    together,
    new PlatformError('not-allowed', 'console', { missing: 'mpim:write' }),
  );
  await introduce();
  expect(bot.channel(together)).toEqual([]);
  expect(texts('Ben').filter((text) => text.includes('Meet Cleo'))).toHaveLength(1);
  expect(texts('Cleo').filter((text) => text.includes('Meet Ben'))).toHaveLength(1);
});

test('whoever may not be contacted now is not, and nobody waits for them', async () => {
  bot.messengers.console.allowGroups();
  await bot.database.member.update({
    where: { id: coalition.memberId('Cleo') },
    data: { quietHoursStart: '08:00', quietHoursEnd: '12:00' },
  });
  await introduce();
  expect(bot.channel(together)).toEqual([]);
  expect(texts('Ben')).toHaveLength(1);
  expect(texts('Cleo')).toEqual([]);
  bot.clockHand.goTo('2026-03-02T18:30:00Z');
  await bot.settle();
  expect(texts('Cleo')).toHaveLength(1);
});
