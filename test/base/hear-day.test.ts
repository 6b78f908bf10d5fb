import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hearDay, hearDayTime } from '../../src/time/hear-day.ts';
import { addDays } from '../../src/time/wall-clock.ts';

/** Sunday, 23:30 in Winnipeg, and Monday already in UTC. */
const scope = {
  now: new Date('2026-11-23T05:30:00Z'),
  timeZone: 'America/Winnipeg',
  workingDays: [1, 2, 3, 4, 5],
};

test.each([
  ['2026-12-24', '2026-12-24'],
  ['today', '2026-11-22'],
  ['Tomorrow', '2026-11-23'],
  ['day after tomorrow', '2026-11-24'],
  ['yesterday', '2026-11-21'],
  ['next Friday', '2026-11-27'],
  ['friday', '2026-11-27'],
  ['3 April', '2027-04-03'],
  ['on 3 April 2028', '2028-04-03'],
  ['Dec 24', '2026-12-24'],
  ['24.12.2026', '2026-12-24'],
  ['in 5 days', '2026-11-27'],
  ['in two weeks', '2026-12-06'],
  ['a month', '2026-12-22'],
  ['29 Feb 2028', '2028-02-29'],
])('“%s” is %s', (typed, date) => {
  expect(hearDay(typed, scope)).toEqual({ meant: date, doubt: null });
});

test.each([
  ['5/6', '2027-05-06', 'ambiguous'],
  ['next week', '2026-11-29', 'unread'],
  ['maybe friday if it rains', '2026-11-27', 'unread'],
  ['last friday', null, 'unread'],
  ['someday', null, 'unread'],
  ['2026-02-30', null, 'unread'],
  ['31 Feb', null, 'unread'],
  ['12', null, 'unread'],
  ['may', null, 'unread'],
  ['friday 3pm', null, 'unread'],
])('“%s” is asked about', (typed, guess, doubt) => {
  expect(hearDay(typed, scope)).toEqual({ meant: guess, doubt });
});

test.each([
  ['2026-12-24T15:00', '2026-12-24 15:00'],
  ['2026-12-24 15:00', '2026-12-24 15:00'],
  ['Friday 3pm', '2026-11-27 15:00'],
  ['tomorrow at noon', '2026-11-23 12:00'],
  ['3 days', '2026-11-25 23:30'],
])('“%s” is the moment %s', (typed, moment) => {
  const { meant, doubt } = hearDayTime(typed, scope, null);
  expect([`${meant?.date} ${meant?.time}`, doubt]).toEqual([moment, null]);
});

test('a day alone is a moment where something says at what time, and a guess elsewhere', () => {
  expect(hearDayTime('friday', scope, '17:00')).toEqual({
    meant: { date: '2026-11-27', time: '17:00' },
    doubt: null,
  });
  expect(hearDayTime('7 days', scope, '17:00').meant).toEqual({ date: '2026-11-29', time: '17:00' });
  expect(hearDayTime('friday', scope, null)).toEqual({
    meant: { date: '2026-11-27', time: '10:00' },
    doubt: 'unread',
  });
});

test('a moment that has been, a length of time and two moments are asked about', () => {
  expect(hearDayTime('today 10am', scope, null).doubt).toBe('past');
  expect(hearDayTime('friday 10am to 11am', scope, null).doubt).toBe('unread');
  expect(hearDayTime('friday 10am; monday 3pm', scope, null)).toEqual({ meant: null, doubt: 'unread' });
});

test('every day that is written out is that day, whenever it is typed', () => {
  const moments = fc.date({
    noInvalidDate: true,
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2040-01-01T00:00:00Z'),
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12_000 }), moments, (days, now) => {
      const date = addDays('2010-01-01', days);
      expect(hearDay(date, { ...scope, now })).toEqual({ meant: date, doubt: null });
      expect(hearDayTime(`${date}T09:05`, { ...scope, now }, null).meant).toEqual({ date, time: '09:05' });
    }),
  );
});
