import { addDays, atWallClock, type LocalDate, localDate, localTime, weekdayOf } from './wall-clock.ts';

/** When a person may be contacted unasked. */
export type ContactHours = {
  readonly timeZone: string;
  /** HH:MM; quiet from start to end, over midnight where start is later. Equal: no quiet hours. */
  readonly quietHoursStart: string;
  readonly quietHoursEnd: string;
  readonly workingDays: readonly number[];
  readonly holidays: readonly LocalDate[];
  readonly awayUntil: Date | null;
};

const mostDaysAhead = 400;

/** The first instant from `now` on at which the person may be contacted. */
export function nextContact(now: Date, hours: ContactHours): Date {
  const start = hours.awayUntil && hours.awayUntil > now ? hours.awayUntil : now;
  const first = localDate(start, hours.timeZone);
  for (let day = 0; day < mostDaysAhead; day += 1) {
    const date = addDays(first, day);
    if (!isWorkingDay(date, hours)) continue;
    const from = day === 0 ? start : atWallClock(date, '00:00', hours.timeZone);
    const opens = afterQuiet(from, date, hours);
    if (opens && localDate(opens, hours.timeZone) === date) return opens;
  }
  // No working day in more than a year: a mistake in the settings, which must not silence the bot for ever.
  return start;
}

export function isWorkingDay(
  date: LocalDate,
  hours: Pick<ContactHours, 'workingDays' | 'holidays'>,
): boolean {
  return hours.workingDays.includes(weekdayOf(date)) && !hours.holidays.includes(date);
}

/** The first moment of the day from `from` on that is not quiet, or null when the rest of the day is. */
function afterQuiet(from: Date, date: LocalDate, hours: ContactHours): Date | null {
  const { quietHoursStart: start, quietHoursEnd: end, timeZone } = hours;
  const time = localTime(from, timeZone);
  if (start === end) return from;
  const overMidnight = start > end;
  const quiet = overMidnight ? time >= start || time < end : time >= start && time < end;
  if (!quiet) return from;
  if (overMidnight && time >= start) return null;
  return atWallClock(date, end, timeZone);
}
