import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockChangeAt, offsetMinutes, shiftedHour } from '../../src/time/clock-changes.ts';
import { datesOf, occurrencesAfter, parseRule, type Recurrence } from '../../src/time/recurrence.ts';
import { localDate, localTime, weekdayOf } from '../../src/time/wall-clock.ts';

const days = { workingDays: [1, 2, 3, 4, 5], holidays: ['2026-04-03', '2026-12-25'] };
const weekly: Recurrence = {
  rule: 'FREQ=WEEKLY;BYDAY=TU',
  startsOn: '2026-03-03',
  time: '16:00',
  timeZone: 'Europe/Berlin',
  except: [],
  onHolidays: 'skip',
};

test.each([
  ['every week', 'FREQ=WEEKLY;BYDAY=TU'],
  ['weekly on Thursday', 'FREQ=WEEKLY;BYDAY=TH'],
  ['every 2 weeks on Tuesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
  ['every other week', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
  ['fortnightly', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
  ['Tuesdays', 'FREQ=WEEKLY;BYDAY=TU'],
  ['first Tuesday of the month', 'FREQ=MONTHLY;BYDAY=1TU'],
  ['last Friday of every month', 'FREQ=MONTHLY;BYDAY=-1FR'],
  ['monthly', 'FREQ=MONTHLY;BYMONTHDAY=3'],
  ['every 3 months', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=3'],
  ['now and then', null],
  ['every 0 weeks', null],
])('“%s” is understood', (typed, rule) => {
  expect(parseRule(typed, '2026-03-03')).toBe(rule);
});

test('a series keeps its time of day over both clock changes of a year', () => {
  const all = occurrencesAfter(weekly, new Date('2026-03-01T00:00:00Z'), 52, days);
  expect(new Set(all.map(({ at }) => localTime(at, 'Europe/Berlin')))).toEqual(new Set(['16:00']));
  expect(new Set(all.map(({ at }) => at.toISOString().slice(11, 16)))).toEqual(new Set(['15:00', '14:00']));
  expect(all).toHaveLength(52);
});

test('a date that is excepted falls out, and a holiday is skipped, moved or kept as chosen', () => {
  const fridays = { ...weekly, rule: 'FREQ=WEEKLY;BYDAY=FR', startsOn: '2026-03-27' };
  const three = (of: Partial<Recurrence>) =>
    occurrencesAfter({ ...fridays, ...of }, new Date('2026-03-26T00:00:00Z'), 3, days).map(
      ({ occurrence, date }) => (occurrence === date ? date : `${occurrence} on ${date}`),
    );
  expect(three({})).toEqual(['2026-03-27', '2026-04-10', '2026-04-17']);
  expect(three({ onHolidays: 'move' })).toEqual(['2026-03-27', '2026-04-03 on 2026-04-06', '2026-04-10']);
  expect(three({ onHolidays: 'keep' })).toEqual(['2026-03-27', '2026-04-03', '2026-04-10']);
  expect(three({ except: ['2026-03-27'] })).toEqual(['2026-04-10', '2026-04-17', '2026-04-24']);
});

test.each([
  ['monthly', '2026-01-31', ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
  ['monthly', '2027-12-30', ['2027-12-30', '2028-01-30', '2028-03-30', '2028-04-30']],
  ['every year', '2024-02-29', ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
])('%s from %s', (phrase, startsOn, expected) => {
  const taken: string[] = [];
  for (const date of datesOf({ rule: parseRule(phrase, startsOn) ?? '', startsOn })) {
    if (taken.push(date) === expected.length) break;
  }
  expect(taken).toEqual(expected);
});

test('a skipped hour, a repeated one and one that is neither', () => {
  expect(clockChangeAt('2026-03-29', '02:30', 'Europe/Berlin')).toBe('skipped');
  expect(clockChangeAt('2026-10-25', '02:30', 'Europe/Berlin')).toBe('repeated');
  expect(clockChangeAt('2026-10-25', '03:30', 'Europe/Berlin')).toBeNull();
  expect(clockChangeAt('2026-04-05', '01:45', 'Australia/Lord_Howe')).toBe('repeated');
  // Samoa had no 30th of December in 2011: the date line moved over it.
  expect(clockChangeAt('2011-12-30', '12:00', 'Pacific/Apia')).toBe('skipped');
});

test('zones with half hours have their half hours', () => {
  expect(offsetMinutes(new Date('2026-03-03T00:00:00Z'), 'Asia/Kolkata')).toBe(330);
  expect(offsetMinutes(new Date('2026-03-03T00:00:00Z'), 'Asia/Kathmandu')).toBe(345);
  expect(offsetMinutes(new Date('2026-07-03T00:00:00Z'), 'America/St_Johns')).toBe(-150);
});

test('where clocks change on different days, the hour over there is said for that week', () => {
  // Between the 8th of March, when America changes, and the 29th, when Europe does, they are an hour nearer.
  const of = { meant: 'Europe/Berlin', reader: 'America/Winnipeg', since: new Date('2026-03-02T15:00:00Z') };
  expect(shiftedHour(new Date('2026-03-10T15:00:00Z'), of)).toEqual({ usual: '09:00', shown: '10:00' });
  expect(shiftedHour(new Date('2026-03-31T14:00:00Z'), of)).toBeNull();
});

describe('every rule that can be said, in every zone', () => {
  const phrases = [
    'every week',
    'every 2 weeks on Friday',
    'first Monday of the month',
    'every 3 days',
    'monthly',
  ];
  const zones = [
    'Europe/Berlin',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
    'America/St_Johns',
  ];

  test('occurrences come in order, after the moment asked for, at their time of day, and once each', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...phrases),
        fc.constantFrom(...zones),
        fc.constantFrom('00:15', '09:00', '12:00', '18:45', '23:30'),
        fc.constantFrom('skip', 'move', 'keep'),
        fc.integer({ min: 0, max: 700 }),
        (phrase, timeZone, time, onHolidays, ahead) => {
          const startsOn = '2026-01-05';
          const rule = parseRule(phrase, startsOn) ?? '';
          const of = { rule, startsOn, time, timeZone, except: [], onHolidays } as const;
          const after = new Date(Date.parse('2026-01-01T00:00:00Z') + ahead * 86_400_000);
          const all = occurrencesAfter(of, after, 12, days);
          expect(all).toHaveLength(12);
          expect(new Set(all.map(({ occurrence }) => occurrence)).size).toBe(12);
          for (const [index, { at, date }] of all.entries()) {
            expect(at > after).toBe(true);
            expect(at >= (all[index - 1]?.at ?? after)).toBe(true);
            expect([localDate(at, timeZone), localTime(at, timeZone)]).toEqual([date, time]);
            if (onHolidays !== 'keep') expect(days.holidays).not.toContain(date);
            if (phrase === 'every 2 weeks on Friday' && onHolidays === 'skip')
              expect(weekdayOf(date)).toBe(5);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
