import { TZDate } from '@date-fns/tz';

/**
 * Wall-clock arithmetic. A wall-clock time is `YYYY-MM-DD` and `HH:MM` with an IANA zone; an instant is a Date.
 * In the hour that a spring change skips, 02:30 is 03:30; in the hour that an autumn change repeats, 01:30 is
 * the first of the two.
 */

export type LocalDate = string;
export type LocalTime = string;
/** What the clocks on a wall show; in which zone, whoever holds it knows. */
export type WallClockTime = { readonly date: LocalDate; readonly time: LocalTime };

/** Whether the runtime knows the zone: `Europe/Paris` and `UTC` are zones, `CEST` and `+02:00` are not. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(zone)) return false;
  if (zone !== 'UTC' && !zone.includes('/')) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const known = new Map<string, number>();
const mostKnown = 10_000;

/**
 * The instant at which the clocks of a zone show this date and time. Kept for the next time: whatever is planned for
 * many people is planned for few different moments, and working one out asks `Intl` half a dozen times.
 */
export function atWallClock(date: LocalDate, time: LocalTime, timeZone: string): Date {
  const key = `${date} ${time} ${timeZone}`;
  const found = known.get(key);
  if (found !== undefined) return new Date(found);
  const at = workOut(date, time, timeZone);
  if (known.size >= mostKnown) known.clear();
  known.set(key, at.getTime());
  return at;
}

function workOut(date: LocalDate, time: LocalTime, timeZone: string): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const guess = new TZDate(year, month - 1, day, hour, minute, 0, 0, timeZone);
  // In a repeated hour two instants show the same clock; the first one counts. Clocks go back by one hour in
  // most zones, by half of one on Lord Howe Island, by two at Troll station.
  const first = [2, 1, 0.5]
    .map((hours) => new Date(guess.getTime() - hours * 3_600_000))
    .find((earlier) => localDate(earlier, timeZone) === date && localTime(earlier, timeZone) === time);
  return first ?? new Date(guess.getTime());
}

/** The calendar date a zone's clocks show at an instant. */
export function localDate(at: Date, timeZone: string): LocalDate {
  const { year, month, day } = partsOf(at, timeZone);
  return `${year}-${month}-${day}`;
}

/** The time of day a zone's clocks show at an instant. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const { hour, minute } = partsOf(at, timeZone);
  return `${hour}:${minute}`;
}

/** The instant at which the clocks of another zone show what those of one show at this instant. */
export const atSameClock = (at: Date, timeZone: string, other: string): Date =>
  atWallClock(localDate(at, timeZone), localTime(at, timeZone), other);

/** ISO weekday of a calendar date: 1 = Monday, 7 = Sunday. */
export function weekdayOf(date: LocalDate): number {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day === 0 ? 7 : day;
}

/** A calendar date some days later; calendar dates know no zones, so every day has one length. */
export function addDays(date: LocalDate, days: number): LocalDate {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The same day some months later, or the last day of a month that is too short for it. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  lastDay.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return lastDay.toISOString().slice(0, 10);
}

export function isLocalTime(time: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
}

export function isLocalDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: Date, timeZone: string) {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const found: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) found[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '' } = found;
  return { year, month, day, hour, minute };
}

/** The city that names a zone, as people say it: `America/Argentina/Buenos_Aires` is Buenos Aires. */
export function cityOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
