import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays, atWallClock } from '../../../src/time/wall-clock.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { asks, cardText, makeFive, winnipeg } from './asking.ts';

let bot: TestBot;
let here: TestCoalition;
const started = '2026-03-02';
const nextDay = addDays(started, 1);
beforeEach(async () => {
  bot = await openTestBot({ at: atWallClock(started, '12:00', winnipeg.timeZone).toISOString() });
  here = await makeFive(bot);
  await bot.database.coalition.updateMany({ data: { quietHoursStart: '20:00', quietHoursEnd: '08:00' } });
});
afterEach(() => bot.end());

const person = (name: string) => here.person(name);

/** A decision that is open for so long, in a coalition that is quiet at night, and what staff log the day after. */
async function atNight(until: string) {
  const card = await asks(bot, person('Ana'), { rule: 'majority', until });
  const number = /Decision (\d+)/.exec(cardText(card.card, winnipeg))?.[1];
  const told = () => logged().map((each) => cardText(each.card, winnipeg));
  const logged = () =>
    person('Cleo')
      .inbox()
      .filter((each) => cardText(each.card, winnipeg).includes('logged for Food Bank'));
  const undoCard = () => logged().at(-1);
  const logsAt = async (time: string, answer: string) => {
    bot.clockHand.goTo(atWallClock(nextDay, time, winnipeg.timeZone));
    await person('Ana').says(`/decide spoken ${number} "Food Bank" ${answer}`);
    await bot.settle();
  };
  return { number, logsAt, told, undoCard };
}

test('what staff log at night waits for the morning while there is time to undo it; only the last of it is told', async () => {
  const { number, logsAt, told, undoCard } = await atNight('7 days');
  await logsAt('23:00', 'Yes');
  await logsAt('23:30', 'No');
  expect(told()).toEqual([]);
  bot.clockHand.goTo(atWallClock(addDays(nextDay, 1), '08:00', winnipeg.timeZone));
  await bot.settle();
  expect(told()).toHaveLength(1);
  expect(told().at(-1)).toContain('Ana logged for Food Bank what was said in a meeting: No');
  expect(told().at(-1)).not.toContain('outside the usual hours');
  expect((await person('Cleo').presses('Undo it', undoCard())).text).toContain('Undone');
  expect((await person('Dan').says(`/decide show ${number}`)).text).not.toContain('logged by staff');
});

test('what staff log the night before it closes is told at once, and says why; in the daytime there is nothing to say', async () => {
  const { logsAt, told, undoCard } = await atNight('tomorrow 23:55');
  await logsAt('15:00', 'Yes');
  expect(told().at(-1)).toContain('Ana logged for Food Bank what was said in a meeting: Yes');
  expect(told().at(-1)).not.toContain('outside the usual hours');
  await logsAt('23:00', 'No');
  expect(told().at(-1)).toContain('Ana logged for Food Bank what was said in a meeting: No');
  expect(told().at(-1)).toContain(
    'outside the usual hours and limits for messages to you: it counts as your',
  );
  expect((await person('Cleo').presses('Undo it', undoCard())).text).toContain('Undone');
});
