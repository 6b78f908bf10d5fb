import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { everybody, makeFive, prepares, proposes, read } from './meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  here = await makeFive(bot);
});
afterAll(() => bot.end());

const adjust = {
  'Who has to come': { quorum: '2' },
  'How it closes': { deadline: '1 day', closing: 'rule' },
};

test('whoever answers while the poll closes by its rule is counted, or told that it is over', async () => {
  for (const channel of ['first', 'second']) {
    const card = await proposes(bot, here.person('Ana'), { about: channel, adjust }, { channel });
    const open = [];
    for (const name of everybody) {
      open.push([here.person(name), await here.person(name).presses('Answer', card)] as const);
    }
    const [answered] = await Promise.all([
      Promise.all(open.map(([person, own]) => person.presses('1: Yes', own))),
      bot.settle(),
    ]);
    await bot.settle();
    const counted = answered.filter(({ refused }) => refused === null).length;
    expect(counted).toBeGreaterThanOrEqual(2);
    for (const { refused } of answered) expect([null, 'meetings.late']).toContain(refused);
    expect(read(card)).toContain(`${counted} organisations come`);
  }
});

test('whoever proposes in the night for the next morning reads that nobody is asked in time', async () => {
  bot.clockHand.goTo('2026-03-08T20:00:00Z');
  const data = { quietHoursStart: '18:00', quietHoursEnd: '08:00', workingDays: [1, 2, 3, 4, 5] };
  await bot.database.coalition.updateMany({ data });
  const propose = (times: string) =>
    prepares(here.person('Ana'), { about: 'Soon', times, adjust: {} }, 'fifth');
  const soon = await propose('Monday 9 March 8:30');
  expect(soon.text).toContain(
    'people are not written to before Monday, 9 March 2026 at 13:00 (UTC; Monday, 9 March 2026 at 08:00',
  );
  expect(soon.text).toContain('They can answer here in the channel only.');
  await here.person('Ana').presses('Throw away', soon);
  const later = await propose('Monday 9 March 15:00');
  expect(later.text).toContain('They can answer here in the channel only.');
  await here.person('Ana').presses('Throw away', later);
  const week = await propose('Monday 16 March 15:00');
  expect(week.text).not.toContain('quiet time');
});
