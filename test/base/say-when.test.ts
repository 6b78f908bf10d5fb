import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Doubt, sayWhen, sureTimes } from '../../src/time/say-when.ts';
import { atWallClock } from '../../src/time/wall-clock.ts';

/** Monday, 9:00 in Winnipeg. */
const scope = {
  now: new Date('2026-03-02T15:00:00Z'),
  timeZone: 'America/Winnipeg',
  workingDays: [1, 2, 3, 4, 5],
};
const short = (typed: string) =>
  sayWhen(typed, scope).map(({ times, doubt }) => ({
    times: times.map(({ date, time, minutes }) => `${date} ${time}${minutes ? ` ${minutes}` : ''}`),
    doubt,
  }));

const sure: readonly [typed: string, ...times: string[]][] = [
  ['Tuesday 3pm', '2026-03-03 15:00'],
  ['tue 15:00', '2026-03-03 15:00'],
  ['next Tuesday 15:00', '2026-03-10 15:00'],
  ['3 March 10:00', '2026-03-03 10:00'],
  ['Tue, Mar 10, 4pm', '2026-03-10 16:00'],
  ['2026-03-05 09:30', '2026-03-05 09:30'],
  ['Thursday noon', '2026-03-05 12:00'],
  ['Thursday 9:30', '2026-03-05 09:30'],
  ['Friday 10am to 11:30am', '2026-03-06 10:00 90'],
  ['Friday 10am or 2pm', '2026-03-06 10:00', '2026-03-06 14:00'],
  ['Tuesday and Thursday 10am', '2026-03-03 10:00', '2026-03-05 10:00'],
  ['Thursday 16:00 UTC', '2026-03-05 10:00'],
  ['Thursday all day', '2026-03-05 null'],
  ['29 Feb 2028 10:00', '2028-02-29 10:00'],
  [
    'next week mornings',
    ...['2026-03-09 10:00', '2026-03-10 10:00', '2026-03-11 10:00', '2026-03-12 10:00', '2026-03-13 10:00'],
  ],
  ['this week 3pm', '2026-03-03 15:00', '2026-03-04 15:00', '2026-03-05 15:00', '2026-03-06 15:00'],
];
test.each(sure)('“%s” is understood', (typed, ...times) => {
  const heard = short(typed);
  expect(heard.map(({ doubt }) => doubt)).toEqual(heard.map(() => null));
  expect(heard.flatMap((each) => each.times)).toEqual(times);
});

const doubtful: readonly [typed: string, doubt: Doubt, ...guess: string[]][] = [
  ['3', 'no-day', '2026-03-02 15:00'],
  ['Tuesday 3', 'ambiguous', '2026-03-03 15:00'],
  ['Tuesday at 3', 'ambiguous', '2026-03-03 15:00'],
  ['Tuesday at 9', 'ambiguous', '2026-03-03 09:00'],
  ['Tuesday 10-11', 'ambiguous', '2026-03-03 10:00 60'],
  ['Tuesday noonish', 'approximate', '2026-03-03 12:00'],
  ['Tuesday around 3pm', 'approximate', '2026-03-03 15:00'],
  ['tomorrow morning', 'approximate', '2026-03-03 10:00'],
  ['noonish', 'no-day', '2026-03-02 12:00'],
  ['Thursday', 'no-time', '2026-03-05 10:00'],
  ['15:00', 'no-day', '2026-03-02 15:00'],
  ['yesterday 3pm', 'past', '2026-03-08 15:00'],
  ['today 8am', 'past', '2026-03-09 08:00'],
  ['2025-03-05 10:00', 'past', '2026-03-04 10:00'],
  ['Tuesday 3pm to 2pm', 'end-first', '2026-03-03 15:00 60'],
  ['5/6 3pm', 'ambiguous', '2026-05-06 15:00'],
  ['29 Feb 2027 10:00', 'unread'],
  ['Tuesday 25:00', 'unread'],
  ['Tuesday 3pm Paris', 'unread', '2026-03-03 15:00'],
  ['whenever you like', 'unread'],
];
test.each(doubtful)('“%s” is asked back: %s', (typed, doubt, ...guess) => {
  expect(short(typed)).toEqual([{ times: guess, doubt }]);
});

test('several lines are read one by one, doubles once, in the order of their days', () => {
  const heard = sayWhen('Thursday 10:00\nTuesday 3pm; Thursday 10am\n3', scope);
  expect(heard.map(({ typed }) => typed)).toEqual(['Thursday 10:00', 'Tuesday 3pm', 'Thursday 10am', '3']);
  expect(sureTimes(heard)).toEqual([
    { date: '2026-03-03', time: '15:00' },
    { date: '2026-03-05', time: '10:00' },
  ]);
});

describe('whatever is typed, wherever', () => {
  const zones = ['Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'America/St_Johns', 'UTC'];
  const day = fc.constantFrom('Monday', 'tuesday', 'Wed', 'thu', 'Friday', 'tomorrow', 'yesterday', '');
  const hour = fc.constantFrom(
    '3pm',
    '3',
    '15:30',
    'noon',
    'noonish',
    '02:30',
    'at 9',
    '',
    '25:00',
    'morning',
  );
  const noise = fc.constantFrom('', 'maybe', 'Paris', '🙂', 'or', ',');
  const phrase = fc.tuple(day, hour, noise).map((parts) => parts.join(' '));

  test('what is taken for sure is never in the past, and nothing typed is lost', () => {
    fc.assert(
      fc.property(
        fc.array(phrase, { maxLength: 4 }),
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        (phrases, timeZone, now) => {
          const typed = phrases.join('; ');
          const heard = sayWhen(typed, { ...scope, now, timeZone });
          for (const { date, time } of sureTimes(heard)) {
            expect(atWallClock(date, time ?? '23:59', timeZone) > now).toBe(true);
          }
          for (const each of heard) expect(typed.replace(/\s+/g, ' ')).toContain(each.typed);
        },
      ),
    );
  });
});
