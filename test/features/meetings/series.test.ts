import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate, localTime } from '../../../src/time/wall-clock.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { answers, fileIn, labelsOf, makeFive, read } from './meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-02-02T15:00:00Z' });
  here = await makeFive(bot);
});
afterAll(() => bot.end());

const dayMs = 86_400_000;
const planned = async (title: string) =>
  bot.database.meeting.findMany({ where: { coalitionId: here.id, title }, orderBy: { startsAt: 'asc' } });

test('what repeats is read back with its dates before it starts, and bad words are asked again', async () => {
  const ana = here.person('Ana');
  await ana.says('/meet repeat', { in: 'circle' });
  const vague = await ana.fills({
    about: 'Circle',
    repeats: 'now and then',
    first: 'Tuesday 15:00 to 16:30',
  });
  expect(vague.text).toContain('“now and then” cannot be read');
  await ana.presses('Open it again');
  expect((await ana.fills({ repeats: 'every 2 weeks', first: 'Tuesday' })).text).toContain(
    'has no time of day',
  );
  await ana.presses('Open it again');
  const back = await ana.fills({ first: 'Tuesday 15:00 to 16:30', where: 'Library' });
  expect(back.text).toContain('every 2 weeks, at 15:00 in America/Winnipeg, 90 minutes');
  expect(back.text).toContain('Tuesday, 17 February 2026');
  expect(bot.channel('circle')).toEqual([]);
  expect((await here.person('Ben').presses('Start it', back)).refused).toBe('meetings.not-yours');
  expect((await ana.presses('Start it', back)).text).toContain('It repeats now as series 1');
  expect((await ana.presses('Start it', back)).refused).toBe('meetings.gone');
  expect((await here.person('Ben').says('/meet series')).text).toContain(
    'Series 1. Circle: every 2 weeks, next',
  );
});

test('over a year each meeting stands at its hour, through both changes of the clocks, once each', async () => {
  for (let week = 0; week < 52; week += 1) {
    bot.clockHand.forward(7 * dayMs);
    await bot.settle();
  }
  const all = await planned('Circle');
  expect(all.length).toBeGreaterThanOrEqual(26);
  const zone = 'America/Winnipeg';
  const at = all.map(({ startsAt }) => startsAt ?? new Date(0));
  expect(new Set(at.map((each) => localTime(each, zone)))).toEqual(new Set(['15:00']));
  expect(new Set(at.map((each) => each.toISOString().slice(11, 16)))).toEqual(new Set(['21:00', '20:00']));
  for (const [index, each] of at.entries()) {
    const before = at[index - 1];
    if (!before) continue;
    const days = Date.parse(localDate(each, zone)) - Date.parse(localDate(before, zone));
    expect(days).toBe(14 * dayMs);
  }
  const files = bot.channel('circle').filter((each) => read(each).startsWith('Next time: Circle'));
  expect(files).toHaveLength(all.length);
  expect(fileIn(files[0])).toContain('DTSTART:20260203T210000Z');
  // It stands in its channel and nobody gets a message of their own each time.
  expect(here.person('Ben').inbox()).toEqual([]);
}, 240_000);

test('one date is taken out, and the planned meeting with it', async () => {
  const [next] = (await planned('Circle')).filter(({ startsAt }) => (startsAt ?? 0) > bot.clockHand.now());
  const skipped = await here.person('Ana').says(`/meet skip 1 ${next?.date}`);
  expect(skipped.text).toContain('“Circle” does not take place on');
  await bot.settle();
  expect(read(bot.channel('circle').at(-1))).toContain('Cancelled: Circle');
  expect((await here.person('Ana').says(`/meet skip 1 ${next?.date}`)).text).toContain(
    'does not take place on',
  );
  expect((await here.person('Ben').says('/meet skip 1 tomorrow')).refused).toBe('meetings.not-yours');
});

test('a holiday that staff enter later takes what is planned with it', async () => {
  const [next] = (await planned('Circle')).filter(
    ({ startsAt, state }) => (startsAt ?? 0) > bot.clockHand.now() && state === 'confirmed',
  );
  const ana = here.person('Ana');
  const settings = await ana.says('/coalition settings');
  await ana.presses('Working time', settings);
  const saved = await ana.fills({ holidays: next?.date ?? '' });
  expect(saved.text).toContain('One planned meeting was moved or cancelled because of the holidays.');
  await bot.settle();
  expect(bot.channel('circle').some((each) => read(each).includes('It fell on a holiday.'))).toBe(true);
});

test('a poll comes only when so many cannot that there would be no quorum', async () => {
  bot.clockHand.forward(14 * dayMs);
  await bot.settle();
  const [next] = (await planned('Circle')).filter(
    ({ startsAt, state }) => (startsAt ?? 0) > bot.clockHand.now() && state === 'confirmed',
  );
  const card = bot
    .channel('circle')
    .find((each) => labelsOf(each).includes('We cannot') && read(each).includes(next?.date?.slice(8) ?? '-'));
  if (!card || !next) throw new Error('No next meeting');
  for (const name of ['Ben', 'Cleo']) await here.person(name).presses('We cannot', card);
  await bot.settle();
  expect(
    here
      .person('Ana')
      .inbox()
      .some((each) => read(each).includes('Too few can come')),
  ).toBe(false);
  await here.person('Dan').presses('We cannot', card);
  await here.person('Eva').presses('We come', card);
  await bot.settle();
  const risk = here
    .person('Ana')
    .inbox()
    .find((each) => read(each).includes('Too few can come'));
  expect(read(risk)).toContain('3 of 5 organisations cannot come, so the quorum of 3 is out of reach');
  const asked = await here.person('Ana').presses('Ask for another time', risk);
  expect(asked.text).toContain('the one there was is among them');
  await bot.settle();
  expect(read(card)).toContain('When shall we meet? Circle');
  expect(read(card)).toContain('1 yes, 0 if need be, 3 no');
  const own = await here.person('Ben').presses('Answer', card);
  expect(own.text).toContain('you said no');

  for (const name of ['Ben', 'Cleo', 'Finn']) await answers(here.person(name), card, ['No', 'Yes']);
  const { deadline } = await bot.database.meeting.findFirstOrThrow({ where: { id: next.id } });
  bot.clockHand.goTo(deadline);
  await bot.settle();
  const told = bot.channel('circle').findLast((each) => read(each).startsWith('It is settled: Circle'));
  expect(fileIn(told)).toContain(`UID:${next.id}@common-thread`);
  expect(fileIn(told)).toContain('SEQUENCE:1');
});

test('it stops when it is stopped, and what is planned is cancelled', async () => {
  const stopped = await here.person('Ana').says('/meet stop 1 We meet when there is need');
  expect(stopped.text).toContain('does not repeat any more');
  await bot.settle();
  const count = (await planned('Circle')).length;
  bot.clockHand.forward(60 * dayMs);
  await bot.settle();
  expect(await planned('Circle')).toHaveLength(count);
  expect((await here.person('Ana').says('/meet series')).text).toContain('No meeting repeats');
});
