import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { startMeasure } from '../measures/asking.ts';

let bot: TestBot;
let coalition: TestCoalition;

// Monday, 2 March 2026, nine in the morning in Winnipeg.
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    hours: { quietHoursStart: '18:00', quietHoursEnd: '08:00', workingDays: [1, 2, 3, 4, 5] },
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Cleo'] },
    ],
  });
});
afterEach(() => bot.end());

const says = (who: string, typed: string) => coalition.person(who).says(typed);
const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
/** Every page of what staff see. */
async function preview(days: number): Promise<string> {
  let reply = await says('Ana', `/attention preview days:${days}`);
  let all = reply.text;
  for (let page = 2; reply.text.includes(`[Page ${page} of `); page += 1) {
    const [label = ''] = new RegExp(`Page ${page} of \\d+`).exec(reply.text) ?? [];
    reply = await coalition.person('Ana').presses(label, reply);
    all += `\n${reply.text}`;
  }
  return all;
}
const linesWith = (all: string, ...words: string[]) =>
  all.split('\n').filter((line) => words.every((word) => line.includes(word)));
const cardsOf = (who: string) =>
  coalition
    .person(who)
    .inbox()
    .map(({ card }) => JSON.stringify(card));

test('staff see beforehand who will be asked for a figure, reminders and the task at the end included', async () => {
  await startMeasure(coalition.person('Ana'));
  await bot.settle();
  const before = await bot.database.outreach.count();
  const all = await preview(12);
  const asked = linesWith(all, 'asks you for one figure', 'Ben (Food Bank), Cleo (Library)');
  // The notice and two reminders, each on a day of its own.
  expect(asked).toHaveLength(3);
  for (const line of asked) expect(line).toContain('not before');
  expect(linesWith(all, 'Talk with Ben', 'staff, as a task')).toHaveLength(1);
  // Looking has changed nothing.
  expect(await bot.database.outreach.count()).toBe(before);
  for (const day of ['09', '10', '11', '12', '13']) await goTo(`2026-03-${day}T16:00:00Z`);
  for (const who of ['Ben', 'Cleo'])
    expect(cardsOf(who).filter((card) => card.includes('asks you for one figure'))).toHaveLength(3);
});

test('staff see the digest in its channel, and everybody’s own that follows from it', async () => {
  await says('Ana', '/digest schedule wednesday 9:00 general');
  await says('Ben', '/digest announce Open day on 12 March');
  await says('Cleo', '/digest personal want:yes');
  await bot.settle();
  const all = await preview(4);
  expect(linesWith(all, 'a channel')).toHaveLength(1);
  expect(linesWith(all, 'Your week', 'Cleo (Library), not before')).toHaveLength(1);
  await goTo('2026-03-04T15:00:00Z');
  expect(cardsOf('Cleo').filter((card) => card.includes('Your week'))).toHaveLength(1);
});

test('when is when their hours, absence and limits let it go, and what is out of date by then is said so', async () => {
  await says('Ana', '/digest schedule wednesday 20:00 general');
  await says('Ben', '/digest announce Open day on 12 March');
  for (const who of ['Ben', 'Cleo']) await says(who, '/digest personal want:yes');
  await says('Cleo', '/coalition away until:2026-03-09');
  await bot.settle();
  const [line = ''] = linesWith(await preview(7), 'Your week');
  expect(line).toContain('Ben (Food Bank), Cleo (Library)');
  // Both are due on Wednesday evening: Ben has it in the morning, Cleo when she is back.
  expect(line).toMatch(/not before .*5 March.*8:00.*for some not before .*10 March.*8:00/);
  const own = (who: string) => cardsOf(who).filter((card) => card.includes('Your week')).length;
  await goTo('2026-03-05T02:30:00Z');
  expect([own('Ben'), own('Cleo')]).toEqual([0, 0]);
  await goTo('2026-03-05T14:00:00Z');
  expect([own('Ben'), own('Cleo')]).toEqual([1, 0]);
  await goTo('2026-03-10T13:00:00Z');
  expect(own('Cleo')).toBe(1);
});

test('what would be out of date before somebody may be written to is shown as not going out', async () => {
  await startMeasure(coalition.person('Ana'), { rhythm: { grace: '1', locks: '4' } });
  await says('Cleo', '/coalition away until:2026-06-30');
  await bot.settle();
  const all = await preview(12);
  expect(linesWith(all, 'asks you for one figure', 'Ben (Food Bank), not before')).toHaveLength(3);
  expect(linesWith(all, 'asks you for one figure', 'Cleo (Library), not at all')).toHaveLength(3);
});

test('of an organisation with a long name its beginning stands beside the person, in whole brackets', async () => {
  const name = 'Prairie Council for Early Learning and Family Support';
  await bot.database.partner.updateMany({ where: { name: 'Library' }, data: { name } });
  await startMeasure(coalition.person('Ana'));
  await bot.settle();
  expect(await preview(12)).toMatch(/Cleo \(Prairie Council for Early [^)]*…\), not before/);
});
