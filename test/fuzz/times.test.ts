import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hearDay, hearDayTime } from '../../src/time/hear-day.ts';
import { parseRule } from '../../src/time/recurrence.ts';
import { doubts, sayWhen } from '../../src/time/say-when.ts';
import { isLocalDate, isLocalTime } from '../../src/time/wall-clock.ts';
import { tries } from '../support/fuzz/cases.ts';
import { hostileText } from '../support/fuzz/hostile-text.ts';

const scope = {
  now: new Date('2026-03-02T15:00:00Z'),
  timeZone: 'America/Winnipeg',
  workingDays: [1, 2, 3, 4, 5],
};

const said = [
  ...['Tuesday', 'tue', 'next', 'last', 'this week', 'tomorrow', 'today', 'noon', 'midnight', 'in', 'weeks'],
  ...[
    'days',
    'ago',
    'from',
    'to',
    'until',
    '-',
    '–',
    'and',
    'or',
    ',',
    ';',
    '\n',
    '3',
    '3pm',
    '15:00',
    '25:61',
  ],
  ...['5/6', '31/02', '29 Feb', '2026-03-01', '2026-02-30', '9999-12-31', '0000-00-00', '99999999', 'T', 'Z'],
  ...[
    'UTC',
    '+99:99',
    'GMT-3',
    'every',
    'second',
    'monthly',
    'weekly',
    'mornings',
    'all day',
    'ish',
    '~',
    '1e9',
  ],
];
const phrase = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...said) }, { weight: 1, arbitrary: hostileText(15) }),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(' '));

test('whatever is said for a time, each time is one that a clock shows, and a doubt is one we know', () => {
  tries('timePhrases', phrase, (typed) => {
    for (const { times, doubt } of sayWhen(typed, scope)) {
      expect(doubt === null || doubts.includes(doubt)).toBe(true);
      for (const { date, time } of times) {
        expect(isLocalDate(date), `${typed}: ${date}`).toBe(true);
        expect(time === null || isLocalTime(time), `${typed}: ${time}`).toBe(true);
      }
    }
  });
});

test('whatever is said for a day, it is one in the calendar or none', () => {
  tries('dayPhrases', phrase, (typed) => {
    const day = hearDay(typed, scope).meant;
    expect(day === null || isLocalDate(day), `${typed}: ${day}`).toBe(true);
    const at = hearDayTime(typed, scope, '10:00').meant;
    expect(at === null || (isLocalDate(at.date) && isLocalTime(at.time)), `${typed}`).toBe(true);
  });
});

test('whatever is said for a rhythm, it is a rule or none', () => {
  const rhythm = fc
    .array(
      fc.oneof(fc.constantFrom('every', '2', 'weeks', 'first', 'Tuesday', 'of the month', '999'), phrase),
      {
        maxLength: 5,
      },
    )
    .map((parts) => parts.join(' '));
  tries('rules', rhythm, (typed) => {
    const rule = parseRule(typed, '2026-03-03');
    expect(
      rule === null || /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)[A-Z0-9;=,-]*$/.test(rule),
      `${typed}: ${rule}`,
    ).toBe(true);
  });
});

test.each([
  '1',
  '1 ',
  'a',
  '-',
  '–',
  ' ',
  '1/',
  '1:',
  'and ',
  ', ',
  'Tuesday ',
  'next ',
  '~',
  '1-',
  '\t',
  '.',
  '(',
  'pm',
])('the longest text of nothing but %j is read in one go', (piece) => {
  const typed = piece.repeat(3000 / piece.length);
  expect(sayWhen(typed, scope).length).toBeLessThanOrEqual(3000);
  expect(hearDay(typed, scope)).toHaveProperty('meant');
  expect(hearDayTime(typed, scope, null)).toHaveProperty('meant');
  expect(parseRule(typed, '2026-03-03') ?? '').toBeTypeOf('string');
});
