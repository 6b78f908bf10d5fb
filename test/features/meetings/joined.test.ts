import { afterAll, beforeAll, expect, test } from 'vitest';
import { card, heading } from '../../../src/core/card.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { answers, labelsOf, makeFive, proposes, read } from './meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  here = await makeFive(bot);
});
afterAll(() => bot.end());

async function alsoAsks(subject: string) {
  const coalition = await getCoalition(bot.database, here.id);
  const message = { coalition, member: here.memberId('Ana'), kind: 'ask', from: 'test', subject } as const;
  await bot.tools.write((writing) =>
    bot.tools.outreach.reach(writing, {
      why: ['because it is tried'],
      ...message,
      card: card(heading(subject)),
    }),
  );
}

test('among other things too, whoever chooses reads in full who is missing, and can go back or on', async () => {
  const ana = here.person('Ana');
  const adjust = {
    'Who has to come': { required: 'School', quorum: '3', spread: 'yes' },
    'How it closes': { deadline: '3 days', reminders: 'none' },
  };
  const times = Array.from({ length: 10 }, (_, index) => `2026-03-${16 + (index % 5)} ${9 + index}:00`);
  const poll = await proposes(bot, ana, { about: 'Below', times: times.join('\n'), adjust });
  await answers(here.person('Ben'), poll, ['Yes']);
  await answers(here.person('Finn'), poll, ['No']);
  const back = new Date('2026-03-09T15:00:00Z');
  await bot.database.member.update({ where: { id: here.memberId('Ana') }, data: { awayUntil: back } });
  await alsoAsks('Look at the minutes');
  bot.clockHand.goTo('2026-03-06T16:00:00Z');
  await bot.settle();
  expect(ana.inbox()).toHaveLength(0);
  bot.clockHand.goTo(back);
  await bot.settle();
  const [joined] = ana.inbox();
  expect(read(joined)).toContain('What we need from you: 2 things');
  const first = joined && labelsOf(joined).find((label) => label.includes('1:'));
  const below = await ana.presses(first ?? '', joined);
  expect(below.text).toContain('Look at the minutes');
  expect(below.text).toContain('Below quorum: 1 organisation can, and 3 have to come');
  expect(below.text).toContain('Required and not coming: School.');
  expect(below.text).toContain('Not answered yet: Food Bank, Library, Mosque.');
  const again = await ana.presses('Back to the times', below);
  expect(again.text).toContain('Look at the minutes');
  const once = await ana.presses(first ?? '', again);
  expect((await ana.presses('Take it all the same', once)).text).toContain('Everybody who is invited');
});
