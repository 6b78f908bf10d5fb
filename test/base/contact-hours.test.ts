import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContactHours, nextContact } from '../../src/time/contact-hours.ts';
import { localDate, localTime, weekdayOf } from '../../src/time/wall-clock.ts';

const hours: ContactHours = {
  timeZone: 'America/Winnipeg',
  quietHoursStart: '18:00',
  quietHoursEnd: '08:00',
  workingDays: [1, 2, 3, 4, 5],
  holidays: ['2026-03-06'],
  awayUntil: null,
};

describe('the next moment somebody may be contacted', () => {
  test.each([
    ['now, in working hours', '2026-03-04T16:00:00Z', hours, '2026-03-04T16:00:00.000Z'],
    ['in the morning, when it is night', '2026-03-04T09:00:00Z', hours, '2026-03-04T14:00:00.000Z'],
    ['the next morning, when it is evening', '2026-03-04T02:00:00Z', hours, '2026-03-04T14:00:00.000Z'],
    [
      'after the holiday and the weekend, in summer time by then',
      '2026-03-06T16:00:00Z',
      hours,
      '2026-03-09T13:00:00.000Z',
    ],
    [
      'when they are back',
      '2026-03-04T16:00:00Z',
      { ...hours, awayUntil: new Date('2026-03-05T17:00:00Z') },
      '2026-03-05T17:00:00.000Z',
    ],
    [
      'around a quiet lunch hour',
      '2026-03-04T18:30:00Z',
      { ...hours, quietHoursStart: '12:00', quietHoursEnd: '13:00' },
      '2026-03-04T19:00:00.000Z',
    ],
    [
      'at any hour, when none is quiet',
      '2026-03-04T09:00:00Z',
      { ...hours, quietHoursEnd: '18:00' },
      '2026-03-04T09:00:00.000Z',
    ],
  ])('%s', (_, now, of, expected) => {
    expect(nextContact(new Date(now), of).toISOString()).toBe(expected);
  });

  test('is never in quiet hours, on a day off, or while they are away', () => {
    const zones = fc.constantFrom('America/Winnipeg', 'Europe/London', 'Asia/Kolkata', 'Pacific/Auckland');
    const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`);
    const instants = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        instants,
        zones,
        time,
        time,
        fc.option(instants),
        (now, timeZone, start, end, awayUntil) => {
          const of = { ...hours, timeZone, quietHoursStart: start, quietHoursEnd: end, awayUntil };
          const at = nextContact(now, of);
          const clock = localTime(at, timeZone);
          const quiet =
            start === end
              ? false
              : start > end
                ? clock >= start || clock < end
                : clock >= start && clock < end;
          expect(quiet).toBe(false);
          expect(of.workingDays).toContain(weekdayOf(localDate(at, timeZone)));
          expect(of.holidays).not.toContain(localDate(at, timeZone));
          expect(at >= now).toBe(true);
          if (awayUntil) expect(at >= awayUntil).toBe(true);
          expect(nextContact(at, of)).toEqual(at);
        },
      ),
      { numRuns: 500 },
    );
  });
});
