import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { everybody, makeFive, proposes, read } from './meeting-up.ts';

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
  for (const channel of ['first', 'second', 'third', 'fourth']) {
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
