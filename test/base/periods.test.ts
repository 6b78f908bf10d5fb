import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Calendar,
  daysBetween,
  frequencies,
  periodAfter,
  periodEndingFrom,
  periodOn,
} from '../../src/time/periods.ts';
import { addDays } from '../../src/time/wall-clock.ts';

const by = (frequency: Calendar['frequency'], startMonth = 1): Calendar => ({
  frequency,
  startMonth,
  terms: [],
});
const terms: Calendar = {
  frequency: 'terms',
  startMonth: 1,
  terms: [
    { name: 'Autumn 2026', startsOn: '2026-09-01', endsOn: '2026-12-18' },
    { name: 'Spring 2027', startsOn: '2027-01-11', endsOn: '2027-03-26' },
  ],
};
const anyDate = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));
const anyCalendar = fc
  .tuple(fc.constantFrom(...frequencies.filter((each) => each !== 'terms')), fc.integer({ min: 1, max: 12 }))
  .map(([frequency, startMonth]) => by(frequency, startMonth));

test('keys name weeks, months, quarters, half-years, years and terms as people do', () => {
  const keys: [Calendar, string, string, string, string][] = [
    [by('weekly'), '2026-11-22', '2026-W47', '2026-11-16', '2026-11-22'],
    // ISO 8601: the week of 1 January 2027 belongs to 2026, which has 53.
    [by('weekly'), '2027-01-01', '2026-W53', '2026-12-28', '2027-01-03'],
    [by('monthly', 7), '2028-02-29', '2028-02', '2028-02-01', '2028-02-29'],
    [by('quarterly'), '2026-11-22', '2026-Q4', '2026-10-01', '2026-12-31'],
    [by('quarterly', 7), '2026-11-22', 'FY2027-Q2', '2026-10-01', '2026-12-31'],
    [by('half-yearly'), '2026-11-22', '2026-H2', '2026-07-01', '2026-12-31'],
    [by('yearly'), '2026-11-22', '2026', '2026-01-01', '2026-12-31'],
    [by('yearly', 7), '2026-06-30', 'FY2026', '2025-07-01', '2026-06-30'],
    [by('yearly', 7), '2026-07-01', 'FY2027', '2026-07-01', '2027-06-30'],
    [terms, '2026-09-01', 'Autumn 2026', '2026-09-01', '2026-12-18'],
  ];
  for (const [calendar, date, key, startsOn, endsOn] of keys)
    expect(periodOn(calendar, date), key).toEqual({ key, startsOn, endsOn });
});

test('every day lies in one period, and the next period begins the day after it ends', () => {
  fc.assert(
    fc.property(anyCalendar, anyDate, (calendar, date) => {
      const here = periodOn(calendar, date);
      expect(here && here.startsOn <= date && date <= here.endsOn).toBe(true);
      const next = periodAfter(calendar, date);
      expect(next?.startsOn).toBe(here && addDays(here.endsOn, 1));
      expect(next?.key).not.toBe(here?.key);
      // Whatever day of it is asked about, it is the same period.
      const length = here ? daysBetween(here.startsOn, here.endsOn) : 0;
      const other = addDays(here?.startsOn ?? date, date.charCodeAt(9) % (length + 1));
      expect(periodOn(calendar, other)).toEqual(here);
    }),
  );
});

test('between terms there is no period, and after the last one none is to come', () => {
  expect(periodOn(terms, '2026-12-25')).toBeNull();
  expect(periodEndingFrom(terms, '2026-12-25')?.key).toBe('Spring 2027');
  expect(periodAfter(terms, '2026-09-01')?.key).toBe('Spring 2027');
  expect(periodAfter(terms, '2027-01-11')).toBeNull();
});
