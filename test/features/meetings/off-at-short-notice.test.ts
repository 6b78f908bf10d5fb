import { afterEach, beforeEach, expect, test } from 'vitest';
import { cannotWait } from '../../../src/features/meetings/confirmed/rules.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { answers, makeFive, proposes } from './meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;

/** A meeting on 10 March at 15:00 in Winnipeg; Ben's afternoons are his own. */
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  here = await makeFive(bot);
  const closing = { deadline: '3 days', closing: 'rule', reminders: 'none' };
  const card = await proposes(bot, here.person('Ana'), { adjust: { 'How it closes': closing } });
  for (const name of ['Ben', 'Cleo', 'Dan']) await answers(here.person(name), card, ['Yes']);
  await bot.settle();
  bot.clockHand.goTo('2026-03-06T15:00:00Z');
  await bot.settle();
  await bot.database.member.update({
    where: { id: here.memberId('Ben') },
    data: { quietHoursStart: '12:00', quietHoursEnd: '23:00' },
  });
});
afterEach(() => bot.end());

const off = () =>
  here
    .person('Ben')
    .inbox()
    .map(({ card }) => JSON.stringify(card))
    .filter((each) => each.includes('The hall is flooded'));

async function isCalledOff(at: string) {
  bot.clockHand.goTo(at);
  await here.person('Ana').says('/meet cancel 1 The hall is flooded');
  await bot.settle();
}

test('called off two hours before, everybody hears at once, whatever their hours, and is told why', async () => {
  await isCalledOff('2026-03-10T18:00:00Z');
  expect(off()).toHaveLength(1);
  expect(off()[0]).toContain('outside the usual hours and limits');
  expect(off()[0]).toContain('on your way');
});

test('called off days before, it waits for their hours like anything else', async () => {
  await isCalledOff('2026-03-08T18:00:00Z');
  expect(off()).toHaveLength(0);
  bot.clockHand.goTo('2026-03-09T15:00:00Z');
  await bot.settle();
  expect(off()).toHaveLength(1);
  expect(off()[0]).not.toContain('outside the usual hours');
});

test('what was to begin within a day cannot wait, also when it was moved to later', () => {
  const now = new Date('2026-03-10T18:00:00Z');
  const [soon, later] = [new Date('2026-03-10T20:00:00Z'), new Date('2026-03-17T20:00:00Z')];
  expect(cannotWait('moved', [later, soon], now)).toEqual(soon);
  expect(cannotWait('cancelled', [soon, null], now)).toEqual(soon);
  expect(cannotWait('confirmed', [soon, null], now)).toBeNull();
  expect(cannotWait('moved', [later, new Date('2026-03-10T17:00:00Z')], now)).toBeNull();
});
