import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atWallClock, isTimeZone, localDate, localTime, weekdayOf } from '../../src/time/wall-clock.ts';
import { lastWeekly, nextWeekly } from '../../src/time/weekly.ts';

describe('a wall-clock time', () => {
  test.each([
    ['an ordinary day', '2026-03-05', '09:00', 'America/Winnipeg', '2026-03-05T15:00:00.000Z'],
    [
      'in the hour that spring skips, one hour later',
      '2026-03-08',
      '02:30',
      'America/Winnipeg',
      '2026-03-08T08:30:00.000Z',
    ],
    [
      'in the hour that autumn repeats, the first time',
      '2026-11-01',
      '01:30',
      'America/Winnipeg',
      '2026-11-01T06:30:00.000Z',
    ],
    ['half-hour zones', '2026-07-01', '09:00', 'Asia/Kolkata', '2026-07-01T03:30:00.000Z'],
    [
      'a half-hour daylight-saving change',
      '2026-04-05',
      '01:45',
      'Australia/Lord_Howe',
      '2026-04-04T14:45:00.000Z',
    ],
    ['a leap day', '2028-02-29', '23:59', 'Europe/Paris', '2028-02-29T22:59:00.000Z'],
    ['beyond the date line', '2026-01-01', '00:00', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
  ])('%s', (_, date, time, zone, instant) => {
    expect(atWallClock(date, time, zone).toISOString()).toBe(instant);
  });

  test('is what the clocks then show, except in an hour that does not exist', () => {
    const zones = [
      'America/Winnipeg',
      'Europe/London',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/Havana',
      'UTC',
    ];
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2025-01-01'), max: new Date('2029-12-31'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        (at, zone) => {
          const date = localDate(at, zone);
          const time = localTime(at, zone);
          const back = atWallClock(date, time, zone);
          expect([localDate(back, zone), localTime(back, zone)]).toEqual([date, time]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['Europe/Paris', true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['CEST', false],
    ['EST', false],
    ['+02:00', false],
    ['Mars/Olympus', false],
    ['', false],
  ])('%s is a time zone: %s', (zone, is) => {
    expect(isTimeZone(zone)).toBe(is);
  });
});

describe('once a week', () => {
  const weekly = { weekday: 4, time: '09:00', timeZone: 'America/Winnipeg' };

  test('stays at nine on the wall over both changes of the clocks', () => {
    let at = new Date('2026-02-20T00:00:00Z');
    for (let week = 0; week < 45; week += 1) {
      const next = nextWeekly(weekly, at);
      expect(localTime(next.at, weekly.timeZone)).toBe('09:00');
      expect(weekdayOf(next.date)).toBe(4);
      expect(lastWeekly(weekly, next.at)).toEqual(next);
      at = next.at;
    }
    expect(at.toISOString()).toBe('2026-12-31T15:00:00.000Z');
  });

  test('the moment itself is the last, not the next', () => {
    const at = new Date('2026-03-05T15:00:00Z');
    expect(lastWeekly(weekly, at).date).toBe('2026-03-05');
    expect(nextWeekly(weekly, at).date).toBe('2026-03-12');
    expect(lastWeekly(weekly, new Date(at.getTime() - 1)).date).toBe('2026-02-26');
  });
});
