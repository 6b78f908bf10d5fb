import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlatformName } from '../../../src/core/who.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import type { Posted } from '../../support/messenger.ts';
import { answers, everybody, fileIn, labelsOf, makeFive, proposes, read } from './meeting-up.ts';

/** A calendar that is not ours reads the file. */
function entryIn(posted: Posted | undefined) {
  const calendar = new ICAL.Component(ICAL.parse(fileIn(posted)));
  const component = calendar.getFirstSubcomponent('vevent');
  if (!component) throw new Error('No event in the file');
  return { method: calendar.getFirstPropertyValue('method'), event: new ICAL.Event(component) };
}

describe.each(['slack', 'discord'] as const)('on %s', (platform: PlatformName) => {
  let bot: TestBot;
  let here: TestCoalition;
  let card: Posted;
  beforeAll(async () => {
    bot = await openTestBot();
    here = await makeFive(bot, platform);
  });
  afterAll(() => bot.end());
  const said = () => bot.channel('general', platform).map((each) => read(each));

  test('staff propose, and every organisation is asked by a message of its own', async () => {
    card = await proposes(bot, here.person('Ana'), {}, { platform });
    expect(read(card)).toContain('When shall we meet? Winter plan');
    expect(read(card)).toContain('1. Tuesday, 10 March 2026 at 15:00 (America/Winnipeg): 0 yes');
    expect(read(card)).toContain('At least 3 of 5 organisations.');
    for (const name of everybody) {
      const [invitation, ...more] = here.person(name).inbox();
      expect(read(invitation)).toContain('When can you? Winter plan');
      expect(more).toEqual([]);
    }
    expect(here.person('Bea').inbox()).toEqual([]);
  });

  test('organisations answer by one press each, in the channel or in their own message', async () => {
    await answers(here.person('Ben'), card, ['Yes', 'No']);
    const [invitation] = here.person('Cleo').inbox();
    const first = await here.person('Cleo').presses('1: If need be', invitation);
    expect(first.text).toContain('you said if need be');
    await here.person('Cleo').presses('No to the rest', first);
    await bot.settle();
    expect(read(card)).toContain('15:00 (America/Winnipeg): 1 yes, 1 if need be, 0 no');
    expect(read(card)).toContain(
      'Best so far: 1. 2 of 5 organisations, 2 sectors missing, one only if need be.',
    );
    expect(read(card)).toContain('Answered: 2/5');
  });

  test('an alternate speaks for the same organisation, and somebody who does not speak for it cannot', async () => {
    const own = await here.person('Bea').presses('Answer', card);
    expect(own.text).toContain('you said yes');
    await here.person('Bea').presses('2: Yes', own);
    await bot.settle();
    expect(read(card)).toContain('Answered: 2/5');
    expect(read(card)).toContain('10:00 (America/Winnipeg): 1 yes, 0 if need be, 1 no');
    const refused = await here.person('Bo').presses('Answer', card);
    expect(refused.refused).toBe('meetings.not-voice');
    expect(refused.text).toContain('Ben, Bea');
  });

  test('someone suggests another time, and someone else comes for them', async () => {
    await here.person('Dan').presses('Suggest another time', card);
    const doubtful = await here.person('Dan').fills({ times: 'noonish' });
    expect(doubtful.text).toContain('has no day. Did you mean 2026-03-02 12:00?');
    await here.person('Dan').presses('Open it again');
    const suggested = await here.person('Dan').fills({ times: 'Friday 13 March 11:00' });
    expect(suggested.text).toContain('Friday, 13 March 2026 at 11:00');
    await here.person('Dan').presses('Someone else comes for us', card);
    expect((await here.person('Dan').fills({ name: 'Sam Rivera' })).text).toContain('Sam Rivera comes');
    await bot.settle();
    expect(read(card)).toContain('3. Friday, 13 March 2026 at 11:00 (America/Winnipeg): 1 yes');
    expect(read(card)).toContain('(suggested by Library)');
  });

  test('only whoever has said nothing is reminded, and nobody twice at once', async () => {
    const before = Object.fromEntries(everybody.map((name) => [name, here.person(name).inbox().length]));
    bot.clockHand.goTo('2026-03-05T16:00:00Z');
    await bot.settle();
    const more = (name: string) => here.person(name).inbox().length - (before[name] ?? 0);
    expect(everybody.map(more)).toEqual([0, 0, 0, 1, 1]);
    expect(read(here.person('Eva').inbox().at(-1))).toContain('Mosque has not answered yet');
  });

  test('at the deadline the best time is taken, and everybody gets it for their calendar', async () => {
    await answers(here.person('Eva'), card, ['Yes', 'Yes', 'No']);
    bot.clockHand.goTo('2026-03-07T16:00:00Z');
    await bot.settle();
    expect(read(card)).toContain('Winter plan\nTuesday, 10 March 2026 at 15:00');
    expect(read(card)).toContain('3 organisations come, 0 cannot, 2 have not said.');
    expect(labelsOf(card)).toContain('We come');
    const told = bot.channel('general', platform).at(-1);
    expect(read(told)).toContain('It is settled: Winter plan');
    const { method, event } = entryIn(told);
    expect([method, event.sequence, event.summary]).toEqual(['PUBLISH', 0, 'Winter plan']);
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-03-10T20:00:00.000Z');
    expect(event.endDate.toJSDate().toISOString()).toBe('2026-03-10T21:30:00.000Z');
    expect(entryIn(here.person('Finn').inbox().at(-1)).event.uid).toBe(event.uid);
    const [among, ...more] = bot.messengers[platform].events;
    expect(more).toEqual([]);
    expect(among?.startsAt).toBe(platform === 'discord' ? '2026-03-10T20:00:00.000Z' : undefined);
  });

  test('they change their mind until it starts, propose what to talk about, and ask to be reminded', async () => {
    expect((await here.person('Cleo').presses('We cannot', card)).text).toContain('Food Bank cannot come');
    await here.person('Finn').presses('We come', card);
    await here.person('Finn').presses('Put on the agenda', card);
    await here.person('Finn').fills({ item: 'Blankets' });
    await here.person('Finn').presses('Remind me', card);
    expect((await here.person('Finn').fills({ before: '2 hours' })).text).toContain('120 minutes');
    await bot.settle();
    expect(read(card)).toContain('3 organisations come, 1 cannot');
    expect(read(card)).toContain('1. Blankets (School)');
  });

  test('moved, it keeps its place in calendars, and whoever had said they come is asked again', async () => {
    const moved = await here.person('Ana').says('/meet move 1 Wednesday 11 March 14:00');
    expect(moved.text).toContain('Wednesday, 11 March 2026 at 14:00');
    await bot.settle();
    const { event } = entryIn(bot.channel('general', platform).at(-1));
    expect(event.sequence).toBe(1);
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-03-11T19:00:00.000Z');
    const among = bot.messengers[platform].events.map(({ startsAt, cancelled }) => [startsAt, cancelled]);
    expect(among).toEqual(platform === 'discord' ? [['2026-03-11T19:00:00.000Z', false]] : []);
    expect(read(card)).toContain('4 organisations have not said whether the new time suits them');
    await here.person('Ben').presses('We come', card);
    await bot.settle();
    expect(read(card)).toContain('3 organisations have not said');
  });

  test('the channel and whoever asked for it are reminded before the start', async () => {
    bot.clockHand.goTo('2026-03-11T17:00:30Z');
    await bot.settle();
    expect(read(here.person('Finn').inbox().at(-1))).toContain('Soon: Winter plan');
    expect(said().at(-1)).toContain('Soon: Winter plan');
    const posted = said().filter((each) => each.startsWith('Soon:')).length;
    bot.clockHand.goTo('2026-03-11T18:00:30Z');
    await bot.settle();
    expect(said().filter((each) => each.startsWith('Soon:'))).toHaveLength(posted + 1);
  });

  test('cancelled, calendars can take it out, and nothing more is said', async () => {
    expect((await here.person('Ana').says('/meet cancel 1 The hall is flooded')).text).toContain(
      'Cancelled.',
    );
    await bot.settle();
    const { method, event } = entryIn(bot.channel('general', platform).at(-1));
    expect([method, event.sequence]).toEqual(['CANCEL', 2]);
    expect(bot.messengers[platform].events.every(({ cancelled }) => cancelled)).toBe(true);
    expect(read(card)).toContain('Winter plan (cancelled)');
    expect(read(card)).toContain('The hall is flooded');
    expect(labelsOf(card)).toEqual([]);
    const count = bot.channel('general', platform).length;
    bot.clockHand.goTo('2026-03-20T12:00:00Z');
    await bot.settle();
    expect(bot.channel('general', platform)).toHaveLength(count);
  });
});
