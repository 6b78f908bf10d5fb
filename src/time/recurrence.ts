import ICAL from 'ical.js';
import { isWorkingDay } from './contact-hours.ts';
import {
  addDays,
  atWallClock,
  isLocalDate,
  type LocalDate,
  type LocalTime,
  weekdayOf,
} from './wall-clock.ts';

/** Something that comes again and again at one time of the wall clock, whatever the clocks do in between. */
export type Recurrence = {
  /** RFC 5545, such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`. */
  readonly rule: string;
  readonly startsOn: LocalDate;
  readonly time: LocalTime;
  readonly timeZone: string;
  /** Calendar dates of the rule on which it does not take place. */
  readonly except: readonly LocalDate[];
  readonly onHolidays: HolidayChoice;
};

/** `move`: to the next working day that is none of its own days. */
export const holidayChoices = ['skip', 'move', 'keep'] as const;
export type HolidayChoice = (typeof holidayChoices)[number];

export type Occurrence = {
  /** The date by the rule, which names it, moved or not. */
  readonly occurrence: LocalDate;
  readonly date: LocalDate;
  readonly at: Date;
};

export type Days = { readonly workingDays: readonly number[]; readonly holidays: readonly LocalDate[] };

/** A rule that matches next to nothing must not be followed for ever. */
const mostSteps = 1_000;
const mostDaysMoved = 14;

/** The dates of a rule from its start, without end. Calendar dates only: no zone can shift them. */
export function* datesOf({ rule, startsOn }: Pick<Recurrence, 'rule' | 'startsOn'>): Generator<LocalDate> {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(startsOn));
  for (let next = iterator.next(); next; next = iterator.next()) {
    const [year, month, day] = [next.year, next.month, next.day].map((part) => String(part).padStart(2, '0'));
    yield `${String(year).padStart(4, '0')}-${month}-${day}`;
  }
}

/** The next occurrences strictly after an instant, soonest first. */
export function occurrencesAfter(of: Recurrence, after: Date, most: number, days: Days): Occurrence[] {
  const found: Occurrence[] = [];
  const own = new Set<LocalDate>();
  let steps = 0;
  for (const occurrence of datesOf(of)) {
    steps += 1;
    if (found.length >= most || steps > mostSteps) break;
    own.add(occurrence);
    if (of.except.includes(occurrence)) continue;
    const date = heldOn(of, occurrence, days);
    if (date === null) continue;
    const at = atWallClock(date, of.time, of.timeZone);
    if (at > after) found.push({ occurrence, date, at });
  }
  return found.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Where an occurrence takes place once holidays are minded; null when it falls out. */
function heldOn(of: Recurrence, occurrence: LocalDate, days: Days): LocalDate | null {
  if (!days.holidays.includes(occurrence) || of.onHolidays === 'keep') return occurrence;
  if (of.onHolidays === 'skip') return null;
  for (let day = 1; day <= mostDaysMoved; day += 1) {
    const date = addDays(occurrence, day);
    if (isWorkingDay(date, days)) return date;
  }
  return null;
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const places: Readonly<Record<string, number>> = {
  ...{ first: 1, '1st': 1, second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, last: -1 },
};

/**
 * Reads "every week", "every 2 weeks on Tuesday", "first Tuesday of the month", "monthly". Without a weekday it
 * is that of the first date. Null when it cannot be read.
 */
export function parseRule(typed: string, startsOn: LocalDate): string | null {
  const said = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  if (!isLocalDate(startsOn)) return null;
  const day = names.findIndex((name) =>
    new RegExp(`\\b${name.slice(0, 3)}(?:${name.slice(3)})?s?\\b`).test(said),
  );
  const weekday = weekdays[day === -1 ? weekdayOf(startsOn) - 1 : day];
  const place = Object.entries(places).find(([word]) => new RegExp(`\\b${word}\\b`).test(said))?.[1];
  if (place !== undefined && /month/.test(said)) return `FREQ=MONTHLY;BYDAY=${place}${weekday}`;
  const each = /^(?:every|each)\s+(?:(\d{1,2})|(other|second))?\s*(day|week|month|year)s?\b/.exec(said);
  const plain = /^(daily|weekly|fortnightly|biweekly|monthly|yearly)\b/.exec(said)?.[1];
  const onlyDay = /^(?:every |each )?\w+$/.test(said) && day !== -1;
  const unit = each?.[3] ?? unitOf(plain) ?? (onlyDay ? 'week' : null);
  const interval = each?.[1]
    ? Number(each[1])
    : each?.[2] || /^(fortnightly|biweekly)$/.test(plain ?? '')
      ? 2
      : 1;
  if (!unit || interval < 1) return null;
  const every = interval === 1 ? '' : `;INTERVAL=${interval}`;
  switch (unit) {
    case 'day':
      return `FREQ=DAILY${every}`;
    case 'week':
      return `FREQ=WEEKLY${every};BYDAY=${weekday}`;
    case 'month':
      return `FREQ=MONTHLY${every};${dayOfMonth(startsOn)}`;
    default:
      return `FREQ=YEARLY${every};BYMONTH=${Number(startsOn.slice(5, 7))};${dayOfMonth(startsOn)}`;
  }
}

/** The last day of a month means the last day of every month; a 29th or 30th falls out where there is none. */
function dayOfMonth(startsOn: LocalDate): string {
  const day = Number(startsOn.slice(8));
  return addDays(startsOn, 1).endsWith('-01') ? 'BYMONTHDAY=-1' : `BYMONTHDAY=${day}`;
}

function unitOf(plain: string | undefined): string | null {
  if (plain === undefined) return null;
  return { daily: 'day', monthly: 'month', yearly: 'year' }[plain] ?? 'week';
}
