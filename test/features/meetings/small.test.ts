import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { fileIn, labelsOf, read } from './meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  const partners = [
    { name: 'Food Bank', sector: 'Food', voices: ['Ben'] },
    { name: 'Library', sector: 'Culture', voices: ['Cleo'] },
  ];
  here = await makeCoalition(bot, { partners });
  await here.person('Ana').says('/intros start cadence:weekly size:2 who:everybody preview:24');
  for (const at of ['2026-03-03T16:00:00Z', '2026-03-05T16:00:00Z', '2026-03-06T16:00:00Z']) {
    bot.clockHand.goTo(at);
    await bot.settle();
  }
});
afterAll(() => bot.end());

const introduction = (name: string) =>
  here
    .person(name)
    .inbox()
    .find((each) => labelsOf(each).includes('Find a time'));

test('two who were introduced find a time: the first one that suits both is it', async () => {
  const ben = here.person('Ben');
  await ben.presses('Find a time', introduction('Ben'));
  const vague = await ben.fills({ times: 'noonish' });
  expect(vague.text).toContain('Did you mean 2026-03-06 12:00?');
  await ben.presses('Open it again');
  const asked = await ben.fills({ times: 'Monday 15:00\nTuesday 10:00' });
  expect(asked.text).toContain('I ask Cleo');
  const before = ben.inbox().length;
  await bot.settle();
  const invitation = here.person('Cleo').inbox().at(-1);
  expect(read(invitation)).toContain('The first time that suits everybody is it.');
  expect(ben.inbox()).toHaveLength(before);

  const said = await here.person('Cleo').presses('1: No', invitation);
  await here.person('Cleo').presses('2: If need be', said);
  await bot.settle();
  for (const name of ['Ben', 'Cleo']) {
    const told = here.person(name).inbox().at(-1);
    expect(read(told)).toContain('It is settled: Getting to know each other: Ben, Cleo');
    expect(read(told)).toContain('Tuesday, 10 March 2026 at 10:00');
    expect(fileIn(told)).toContain('DTSTART:20260310T150000Z');
  }
});

test('it is nobody else’s business', async () => {
  expect((await here.person('Ana').says('/meet show 1')).refused).toBe('meetings.unknown');
  expect((await here.person('Ana').says('/meet cancel 1 because')).refused).toBe('meetings.not-yours');
  expect((await here.person('Ana').says('/meet list')).text).toContain('no meetings yet');
  expect((await here.person('Ben').says('/meet show 1')).text).toContain('Getting to know each other');
});

test('an hour before, both are reminded; and when one cannot after all, the other hears of it', async () => {
  bot.clockHand.goTo('2026-03-10T14:00:30Z');
  await bot.settle();
  for (const name of ['Ben', 'Cleo']) expect(read(here.person(name).inbox().at(-1))).toContain('Soon:');
  await here.person('Cleo').presses('We cannot', here.person('Cleo').inbox().at(-1));
  await bot.settle();
  expect(read(here.person('Ben').inbox().at(-1))).toContain('Cleo cannot come after all');
});
