import {
  dateOf,
  hasDay,
  isUnclearDate,
  leftover,
  parse,
  type SayingScope,
  sayWhen,
  type WallTime,
} from './say-when.ts';
import type { LocalDate, LocalTime, WallClockTime } from './wall-clock.ts';
import { addDays, addMonths, isLocalDate, isLocalTime, localDate, localTime } from './wall-clock.ts';

/** What was meant. With a doubt, `meant` is a guess to be confirmed, and may be null. */
export type HeardOne<T> = {
  readonly meant: T | null;
  readonly doubt: 'unread' | 'ambiguous' | 'past' | null;
};

/** What is guessed where nothing says the time. */
export const usualHour = '10:00';

const counts = ['a', 'two', 'three', 'four', 'five', 'six'];

/**
 * One calendar day as people type it: 2026-04-30, "tomorrow", "next Friday", "3 April", "in two weeks". English. A day
 * that has been is none to doubt here: work is noted for yesterday.
 */
export function hearDay(typed: string, scope: SayingScope): HeardOne<LocalDate> {
  const said = typed.trim().replace(/\s+/g, ' ').toLowerCase();
  if (isLocalDate(said)) return { meant: said, doubt: null };
  const today = localDate(scope.now, scope.timeZone);
  const counted = countedFrom(today, said);
  if (counted) return { meant: counted, doubt: null };
  if (/^(?:the )?day after tomorrow$/.test(said)) return { meant: addDays(today, 2), doubt: null };
  const results = parse(said, scope);
  const [result] = results;
  // A number alone is no day, and "last Friday" would be read as the one to come.
  if (!result || results.length > 1 || /\blast\b/.test(said)) return { meant: null, doubt: 'unread' };
  if (!hasDay(result) || result.end || result.start.isCertain('hour'))
    return { meant: null, doubt: 'unread' };
  const meant = dateOf(result);
  if (leftover(said, results) !== '' || /\bweek\b/.test(said)) return { meant, doubt: 'unread' };
  return { meant, doubt: isUnclearDate(said) ? 'ambiguous' : null };
}

/**
 * One day with a time: 2026-04-30 15:00, "Friday 3pm", "tomorrow at noon". A day alone is taken when `usualTime` says
 * what it stands for, and "3 days" without one means the time it is now.
 */
export function hearDayTime(
  typed: string,
  scope: SayingScope,
  usualTime: LocalTime | null,
): HeardOne<WallClockTime> {
  const said = typed.trim().replace(/\s+/g, ' ').toLowerCase();
  const exact = exactTime(said);
  if (exact) return { meant: exact, doubt: null };
  const counted = countedFrom(localDate(scope.now, scope.timeZone), said);
  const now = localTime(scope.now, scope.timeZone);
  if (counted) return { meant: { date: counted, time: usualTime ?? now }, doubt: null };
  const day = hearDay(said, scope);
  if (day.meant) {
    const meant = { date: day.meant, time: usualTime ?? usualHour };
    return { meant, doubt: day.doubt ?? (usualTime === null ? 'unread' : null) };
  }
  const [heard, ...more] = sayWhen(said, scope);
  const [first] = heard?.times ?? [];
  if (!heard || !first || more.length > 0 || heard.times.length > 1) return { meant: null, doubt: 'unread' };
  const meant = { date: first.date, time: first.time ?? usualTime ?? usualHour };
  if (heard.doubt === 'past') return { meant, doubt: 'past' };
  if (heard.doubt === 'ambiguous') return { meant, doubt: 'ambiguous' };
  return { meant, doubt: heard.doubt === null && isOneMoment(first) ? null : 'unread' };
}

/** `2026-04-30T15:00`, as pickers give it, or with a space. */
export function exactTime(said: string): WallClockTime | null {
  const [date = '', time = '', ...more] = said.trim().split(/[\sT]+/i);
  return more.length === 0 && isLocalDate(date) && isLocalTime(time) ? { date, time } : null;
}

/** A length of time is not a moment, nor is a whole day. */
const isOneMoment = ({ time, minutes }: WallTime) => time !== null && minutes === undefined;

/** "5 days", "in two weeks", "in a month". */
function countedFrom(today: LocalDate, said: string): LocalDate | null {
  const match = /^(?:in )?(\d{1,3}|[a-z]+) (day|week|month)s?$/.exec(said);
  if (!match) return null;
  const [, many = '', unit] = match;
  const count = many === 'one' ? 1 : /^\d/.test(many) ? Number(many) : counts.indexOf(many) + 1;
  if (count === 0 && many !== '0') return null;
  return unit === 'month' ? addMonths(today, count) : addDays(today, unit === 'week' ? count * 7 : count);
}
