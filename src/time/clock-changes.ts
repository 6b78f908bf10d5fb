import { atWallClock, type LocalDate, type LocalTime, localDate, localTime } from './wall-clock.ts';

/**
 * What happens to a wall-clock time on the day the clocks change. `skipped`: no clock shows it, and it means
 * the time as much later. `repeated`: the clocks show it twice, and the first one is meant.
 */
export function clockChangeAt(
  date: LocalDate,
  time: LocalTime,
  timeZone: string,
): 'skipped' | 'repeated' | null {
  const at = atWallClock(date, time, timeZone);
  if (localTime(at, timeZone) !== time || localDate(at, timeZone) !== date) return 'skipped';
  const again = [30, 60, 120].some((minutes) => {
    const later = new Date(at.getTime() + minutes * 60_000);
    return localTime(later, timeZone) === time && localDate(later, timeZone) === date;
  });
  return again ? 'repeated' : null;
}

/** How far a zone's clocks are ahead of UTC at an instant. */
export function offsetMinutes(at: Date, timeZone: string): number {
  const shown = Date.parse(`${localDate(at, timeZone)}T${localTime(at, timeZone)}:00Z`);
  return Math.round((shown - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
}

/**
 * Whether two zones are further apart, or nearer, at an instant than they are at another: then the usual hour
 * over there is the wrong one. `usual` is what a reader would expect from the difference as it is at `since`.
 */
export function shiftedHour(
  at: Date,
  { meant, reader, since }: { meant: string; reader: string; since: Date },
): { usual: LocalTime; shown: LocalTime } | null {
  const apart = (moment: Date) => offsetMinutes(moment, reader) - offsetMinutes(moment, meant);
  const shift = apart(at) - apart(since);
  if (shift === 0) return null;
  const usual = localTime(new Date(at.getTime() - shift * 60_000), reader);
  return { usual, shown: localTime(at, reader) };
}
