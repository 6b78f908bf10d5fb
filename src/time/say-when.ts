import { en, type ParsedResult } from 'chrono-node';
import {
  addDays,
  atWallClock,
  type LocalDate,
  type LocalTime,
  localDate,
  localTime,
  weekdayOf,
} from './wall-clock.ts';

/** A time as people say it: what the clocks on a wall show. Without a time of day it is a whole day. */
export type WallTime = {
  readonly date: LocalDate;
  readonly time: LocalTime | null;
  /** Only when an end was given too. */
  readonly minutes?: number;
};

/** Why a phrase is not taken before somebody has confirmed what it means. */
export const doubts = [
  /** It has been already. */
  'past',
  /** Two readings, such as 3 in the night or in the afternoon. */
  'ambiguous',
  /** "Noonish", "in the morning". */
  'approximate',
  /** A day without a time, a time without a day. */
  'no-time',
  'no-day',
  'end-first',
  /** Something in it could not be read. */
  'unread',
] as const;
export type Doubt = (typeof doubts)[number];

/** One phrase and what it means. With a doubt, `times` is a guess, and may be empty. */
export type Heard = {
  readonly typed: string;
  readonly times: readonly WallTime[];
  readonly doubt: Doubt | null;
};

export type SayingScope = {
  readonly now: Date;
  /** IANA: the zone in which what is said is meant. */
  readonly timeZone: string;
  /** ISO weekdays, 1 = Monday: what "next week" stands for. */
  readonly workingDays: readonly number[];
};

/**
 * Reads times as people type them: "Tuesday 3pm; Thursday 10:00 or 14:00; next week mornings". Every phrase
 * comes back with its meaning, nothing is dropped, and nothing in doubt is taken for sure. English.
 */
export function sayWhen(typed: string, scope: SayingScope): Heard[] {
  return typed
    .split(/[\n;]+/)
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '')
    .flatMap((line) => hearLine(line, scope));
}

/** Every time that is sure, once, in the order of their days. */
export function sureTimes(heard: readonly Heard[]): WallTime[] {
  const byKey = new Map(
    heard.flatMap(({ doubt, times }) => (doubt === null ? times.map((time) => [keyOf(time), time]) : [])),
  );
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, time]) => time);
}

const keyOf = ({ date, time }: WallTime) => `${date} ${time ?? ''}`;

type Piece = Heard & { readonly hasDay: boolean; readonly hasTime: boolean };

/** "Tuesday, 3 March, 3pm" is one time, "Tuesday and Thursday 10am" two, "Friday 10am or 2pm" two. */
function hearLine(line: string, scope: SayingScope): Heard[] {
  const whole = hearPiece(line, scope);
  const parts = line.split(/\s*,\s*|\s+(?:or|and)\s+/i).filter((part) => part !== '');
  if (parts.length < 2 || whole.doubt === null || whole.doubt === 'past') return [checked(whole, scope)];
  const pieces = parts.map((part) => hearPiece(part, scope));
  return pieces.map((piece, index) => {
    const after = pieces.slice(index + 1).find(({ hasTime }) => hasTime);
    const before = pieces.slice(0, index).findLast(({ hasDay }) => hasDay);
    const [guess] = piece.times;
    const [later] = after?.times ?? [];
    const [earlier] = before?.times ?? [];
    if (piece.doubt === 'no-time' && guess && after?.doubt === null && later)
      return checked({ ...piece, times: [{ ...later, date: guess.date }], doubt: null }, scope);
    if (piece.doubt === 'no-day' && guess && earlier)
      return checked({ ...piece, times: [{ ...guess, date: earlier.date }], doubt: null }, scope);
    return checked(piece, scope);
  });
}

/** What has been already is never taken; the guess is the same time on the same weekday to come. */
function checked({ typed, times, doubt }: Heard, scope: SayingScope): Heard {
  const isPast = (time: WallTime) =>
    time.time === null
      ? time.date < localDate(scope.now, scope.timeZone)
      : atWallClock(time.date, time.time, scope.timeZone) <= scope.now;
  if (!times.some(isPast)) return { typed, times, doubt };
  const ahead = times.map((time) => {
    const today = localDate(scope.now, scope.timeZone);
    const days = (weekdayOf(time.date) - weekdayOf(today) + 7) % 7;
    const soon = { ...time, date: addDays(today, days) };
    return isPast(time) ? (isPast(soon) ? { ...soon, date: addDays(soon.date, 7) } : soon) : time;
  });
  return { typed, times: ahead, doubt: doubt ?? 'past' };
}

/** What a part of the day is guessed to mean. */
const partsOfDay: Readonly<Record<string, LocalTime>> = {
  morning: '10:00',
  lunchtime: '12:00',
  afternoon: '14:00',
  evening: '18:00',
};
const partWord = /\b(?:in the )?(morning|lunchtime|afternoon|evening)s?\b/i;

function hearPiece(typed: string, scope: SayingScope): Piece {
  const inWeek = hearWeek(typed, scope);
  if (inWeek) return inWeek;
  const plain = typed.replace(/\b(?:about|around|circa|roughly)\b|~/gi, ' ').replace(/(\w)-?ish\b/gi, '$1');
  const part = partWord.exec(plain)?.[1]?.toLowerCase();
  const isVague = plain !== typed || part !== undefined;
  const wholeDay = /\ball[- ]day\b/i.test(plain);
  const said = plain
    .replace(/\ball[- ]day\b/gi, ' ')
    .replace(partWord, ' ')
    .trim();
  const results = parse(said, scope);
  const [result] = results;
  const rest = leftover(said, results);
  const number = bareNumber(rest);
  const heard = (times: readonly WallTime[], doubt: Doubt | null): Piece => ({
    typed,
    times,
    doubt,
    hasDay: result !== undefined && hasDay(result),
    hasTime: number !== null || Boolean(result?.start.isCertain('hour')),
  });
  const today = localDate(scope.now, scope.timeZone);
  const date = result && hasDay(result) ? dateOf(result) : null;

  if (results.length > 1) return heard([], 'unread');
  if (number) return heard([{ date: date ?? today, ...number }], date ? 'ambiguous' : 'no-day');
  if (rest !== '' && !(result && date)) return heard([], 'unread');
  if (wholeDay) return heard(date ? [{ date, time: null }] : [], date && rest === '' ? null : 'unread');
  if (part && date && !result?.start.isCertain('hour'))
    return heard([{ date, time: partsOfDay[part] ?? '10:00' }], 'approximate');
  if (!result) return heard([], 'unread');
  if (!result.start.isCertain('hour')) {
    if (/\d/.test(rest)) return heard([], 'unread');
    return heard([{ date: date ?? today, time: '10:00' }], 'no-time');
  }

  const at = inZone(result, scope);
  const ends = result.end ? minutesBetween(result) : null;
  if (ends !== null && ends <= 0) return heard([{ ...at, minutes: 60 }], 'end-first');
  const time = { ...at, ...(ends === null ? {} : { minutes: ends }) };
  if (!date) return heard([time], 'no-day');
  if (rest !== '') return heard([time], 'unread');
  if (isUnclearDate(said)) return heard([time], 'ambiguous');
  if (isUnclearHour(result, said))
    return heard([{ ...time, time: likelyHour(time.time ?? '') }], 'ambiguous');
  return heard([time], isVague ? 'approximate' : null);
}

/** "Next week mornings", "this week 15:00": the same time on each working day of that week. */
function hearWeek(typed: string, scope: SayingScope): Piece | null {
  const match = /^(this week|next week|(?:the )?week after next)\b[\s,:]*(?:at )?(.*)$/i.exec(typed);
  if (!match) return null;
  const [, which = '', how = ''] = match;
  const weeks = /after/i.test(which) ? 2 : /next/i.test(which) ? 1 : 0;
  const today = localDate(scope.now, scope.timeZone);
  const monday = addDays(today, 1 - weekdayOf(today) + 7 * weeks);
  const days = scope.workingDays
    .map((day) => addDays(monday, day - 1))
    .sort()
    .filter((date) => date > today);
  const part = partWord.exec(how)?.[1]?.toLowerCase();
  const spoken = part || how === '' ? null : hearPiece(how, scope);
  const time = part ? partsOfDay[part] : (spoken?.times[0]?.time ?? '10:00');
  const times = days.map((date) => ({ date, time: time ?? '10:00' }));
  const isPlain = part !== undefined || (spoken?.doubt === 'no-day' && /[:apm]/i.test(how));
  const doubt = how === '' ? 'no-time' : isPlain ? null : 'unread';
  return { typed, times, doubt: days.length === 0 ? 'past' : doubt, hasDay: true, hasTime: how !== '' };
}

export function parse(said: string, { now, timeZone }: SayingScope): ParsedResult[] {
  // The reference is the zone's wall clock taken for UTC, so that no zone's rules take part in the reading.
  const instant = new Date(`${localDate(now, timeZone)}T${localTime(now, timeZone)}:00Z`);
  return en.parse(said, { instant, timezone: 0 }, { forwardDate: true }).filter(isOnCalendar);
}

/** "12345678 days" is a date that no calendar shows, and that no clock of ours can hold. */
const isOnCalendar = ({ start, end }: ParsedResult) =>
  [start, end].every((at) => !at || inRange(at.get('year')));
const inRange = (year: number | null) => year !== null && year >= 1 && year <= 9999;

export const hasDay = ({ start }: ParsedResult) => start.isCertain('day') || start.isCertain('weekday');

const two = (value: number | null) => String(value ?? 0).padStart(2, '0');

export function dateOf({ start }: ParsedResult): LocalDate {
  return `${String(start.get('year')).padStart(4, '0')}-${two(start.get('month'))}-${two(start.get('day'))}`;
}

/** A zone that was said, as in "3pm UTC", counts; the result is the wall clock of the scope's own zone. */
function inZone(result: ParsedResult, { timeZone }: SayingScope): WallTime {
  const { start } = result;
  const wall = { date: dateOf(result), time: `${two(start.get('hour'))}:${two(start.get('minute'))}` };
  const offset = start.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null;
  if (offset === null) return wall;
  const at = new Date(Date.parse(`${wall.date}T${wall.time}:00Z`) - offset * 60_000);
  return { date: localDate(at, timeZone), time: localTime(at, timeZone) };
}

function minutesBetween({ start, end }: ParsedResult): number {
  const of = (at: typeof start) => (at.get('hour') ?? 0) * 60 + (at.get('minute') ?? 0);
  return end ? of(end) - of(start) : 0;
}

/** What no date or time was found in, without the words that carry no meaning. */
export function leftover(said: string, results: readonly ParsedResult[]): string {
  return results
    .reduce((rest, { text }) => rest.replace(text, ' '), said)
    .replace(/\b(?:on|at|from|the|maybe|perhaps|o'?clock)\b|[.,()!?–-]+(?=\s|$)/gi, ' ')
    .trim();
}

/** "3" or "10-11": an hour without a sign of which half of the day. */
function bareNumber(rest: string): { time: LocalTime; minutes?: number } | null {
  const match = /^(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?$/.exec(rest);
  if (!match) return null;
  const [from, to] = [Number(match[1]), match[2] === undefined ? null : Number(match[2])];
  if (from > 23 || (to !== null && to > 24)) return null;
  const hours = to === null ? null : (to - from + 12) % 12 || 12;
  const time = likelyHour(`${two(from)}:00`);
  return { time, ...(hours === null ? {} : { minutes: hours * 60 }) };
}

/** Of the two hours that a number can be, the one in which people meet. */
function likelyHour(time: LocalTime): LocalTime {
  const hour = Number(time.slice(0, 2));
  return hour >= 1 && hour < 8 ? `${two(hour + 12)}${time.slice(2)}` : time;
}

/** 09:00, 9:30, 15:00, 9am and noon are clear; "at 9" and "3:30" are not. */
function isUnclearHour({ start }: ParsedResult, said: string): boolean {
  const hour = start.get('hour') ?? 0;
  if (hour > 12 || hour === 0 || /\d\s*[ap]\.?m\b|noon|midday|\b0\d[:.]\d\d|T\d\d:/i.test(said)) return false;
  return hour < 8 || !/\b\d{1,2}[:.]\d\d\b/.test(said);
}

/** 5/6 is the fifth of June to some and the sixth of May to others. */
export function isUnclearDate(said: string): boolean {
  const match = /\b(\d{1,2})[/.](\d{1,2})\b(?!\s*(?:[ap]m|:))/.exec(said);
  return match !== null && match[1] !== match[2] && Number(match[1]) <= 12 && Number(match[2]) <= 12;
}
