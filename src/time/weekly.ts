import { addDays, atWallClock, type LocalDate, type LocalTime, localDate, weekdayOf } from './wall-clock.ts';

/** Once a week, at a wall-clock time. */
export type Weekly = {
  /** ISO: 1 = Monday. */
  readonly weekday: number;
  readonly time: LocalTime;
  readonly timeZone: string;
};

/** The first occurrence strictly after an instant: its calendar date, which names it, and its instant. */
export function nextWeekly(weekly: Weekly, after: Date): { date: LocalDate; at: Date } {
  const today = localDate(after, weekly.timeZone);
  const ahead = (weekly.weekday - weekdayOf(today) + 7) % 7;
  for (let week = 0; ; week += 1) {
    const date = addDays(today, ahead + 7 * week);
    const at = atWallClock(date, weekly.time, weekly.timeZone);
    if (at > after) return { date, at };
  }
}

/** The latest occurrence at or before an instant. */
export function lastWeekly(weekly: Weekly, before: Date): { date: LocalDate; at: Date } {
  const today = localDate(before, weekly.timeZone);
  const behind = (weekdayOf(today) - weekly.weekday + 7) % 7;
  for (let week = 0; ; week += 1) {
    const date = addDays(today, -behind - 7 * week);
    const at = atWallClock(date, weekly.time, weekly.timeZone);
    if (at <= before) return { date, at };
  }
}
