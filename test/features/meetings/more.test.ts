import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import type { Posted } from '../../support/messenger.ts';
import { answers, fileIn, labelsOf, makeFive, prepares, proposes, read } from './meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  here = await makeFive(bot);
});
afterAll(() => bot.end());

const atOnce = {
  'Who has to come': { quorum: '2' },
  'How it closes': { deadline: '1 day', closing: 'rule' },
};
const lastIn = (channel: string) => bot.channel(channel).at(-1) as Posted;

test('what staff set for all meetings holds for the next one that is proposed', async () => {
  expect((await here.person('Ben').says('/meet rules 7 1 hour')).refused).toBe('core.backbone');
  const kept = await here.person('Ana').says('/meet rules 7 2 hours, 1 day');
  expect(kept.text).toContain('objections within 7 days');
  expect(kept.text).toContain('reminded 1440 min, 120 min before');
  const draft = await prepares(here.person('Ben'), { about: 'Rules' });
  expect(draft.text).toContain('may object within 7 days');
  await here.person('Ben').presses('Throw away', draft);
});

test('many times are answered page by page, or in one line', async () => {
  const times = Array.from({ length: 12 }, (_, index) => `2026-03-${10 + index} 10:00`).join('\n');
  const card = await proposes(bot, here.person('Ana'), { about: 'Many', times }, { channel: 'many' });
  expect(read(card)).toContain('4 more times are offered');
  const cleo = here.person('Cleo');
  const first = await cleo.presses('Answer', card);
  expect(first.text).toContain('Page 1 of 3');
  const second = await cleo.presses('More times', first);
  expect(labelsOf(second)).toContain('6: If need be');
  await cleo.presses('Answer many at once', second);
  const wrong = await cleo.fills({ answers: '13 yes' });
  expect(wrong.text).toContain('Write numbers from 1 to 12');
  const again = await cleo.presses('Open it again');
  expect(again.form?.fields[0]?.value).toBe('13 yes');
  const said = await cleo.fills({ answers: '1 yes, 2-4 maybe, rest no' });
  expect(said.text).toContain('All answered.');
  await bot.settle();
  expect(read(card)).toContain('Best so far: 1. 1 of 5 organisations');
  expect((await cleo.says('/meet mine')).text).toContain('No meeting waits for you');
  expect((await here.person('Dan').says('/meet mine')).text).toContain('One meeting waits for your answer');
});

test('the file for the calendar can be had again, and the list says where everything stands', async () => {
  const times = 'Thursday 5 March 10:00';
  const card = await proposes(
    bot,
    here.person('Ana'),
    { about: 'Soon', times, adjust: atOnce },
    { channel: 'soon' },
  );
  const none = await here.person('Ben').says('/meet calendar 2');
  expect(none.refused).toBe('meetings.no-time');
  for (const name of ['Ben', 'Cleo']) await answers(here.person(name), card, ['Yes']);
  await bot.settle();
  expect(fileIn(await here.person('Ben').says('/meet calendar 2'))).toContain('DTSTART:20260305T160000Z');
  const all = await here.person('Ben').says('/meet');
  expect(all.text).toContain('1. Many: 1 of 5 answered');
  expect(all.text).toContain('2. Soon: Thursday, 5 March 2026');
});

test('nobody writes down anything before it begins, and nobody but who runs it after', async () => {
  expect((await here.person('Ana').says('/meet note 2')).refused).toBe('meetings.not-begun');
  expect((await here.person('Ana').says('/meet finish 2')).refused).toBe('meetings.not-begun');
  expect((await here.person('Ana').says('/meet roll 9')).refused).toBe('meetings.unknown');
  bot.clockHand.goTo('2026-03-05T16:05:00Z');
  await bot.settle();
  expect((await here.person('Eva').says('/meet finish 2')).refused).toBe('meetings.not-writer');
  expect((await here.person('Ana').says('/meet move 2 Friday 10:00')).text).toContain('is now');
  await bot.settle();
  expect(read(lastIn('soon'))).toContain('Moved: Soon');
});

test('one that nobody finishes is finished a day later, with packs for those who were absent', async () => {
  bot.clockHand.goTo('2026-03-06T16:00:30Z');
  await bot.settle();
  const roll = bot.channel('soon').findLast((each) => read(each).startsWith('Who is here?'));
  await here.person('Ben').presses('We are here', roll);
  bot.clockHand.goTo('2026-03-07T18:00:00Z');
  await bot.settle();
  expect(read(lastIn('soon'))).toContain('What came of it: Soon');
  expect(read(here.person('Cleo').inbox().at(-1))).toContain('Nothing was decided.');
  const mine = await here.person('Cleo').says('/meet mine');
  expect(mine.text).toContain('Meetings you have not caught up with');
  const pack = await here.person('Cleo').presses('What we missed: Soon', mine);
  expect((await here.person('Cleo').presses('Caught up', pack)).text).toContain('Food Bank is caught up');
  expect((await here.person('Cleo').says('/meet mine')).text).not.toContain('What we missed');
});

test('one that nobody called the roll for is over without a word', async () => {
  const times = 'Monday 9 March 10:00';
  const card = await proposes(
    bot,
    here.person('Ana'),
    { about: 'Silent', times, adjust: atOnce },
    { channel: 'silent' },
  );
  for (const name of ['Ben', 'Cleo']) await answers(here.person(name), card, ['Yes']);
  await bot.settle();
  bot.clockHand.goTo('2026-03-09T15:30:00Z');
  await bot.settle();
  const before = here.person('Dan').inbox().length;
  bot.clockHand.goTo('2026-03-11T15:00:00Z');
  await bot.settle();
  expect(read(card)).toContain('Silent (held)');
  expect(bot.channel('silent').some((each) => read(each).includes('What came of it'))).toBe(false);
  expect(here.person('Dan').inbox()).toHaveLength(before);
});
