import { addDays, addMonths, type LocalDate, weekdayOf } from './wall-clock.ts';

/** A school term or any other stretch that no rule gives. */
export type Term = { readonly name: string; readonly startsOn: LocalDate; readonly endsOn: LocalDate };

export const frequencies = ['weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly', 'terms'] as const;
export type Frequency = (typeof frequencies)[number];

/** How time is cut into periods. */
export type Calendar = {
  readonly frequency: Frequency;
  /** The month in which a year begins, 1 to 12: for quarters, half-years and years. */
  readonly startMonth: number;
  /** For terms: in order, none overlapping another. */
  readonly terms: readonly Term[];
};

/** Both dates belong to it. The key names it for ever: `2026-W47`, `2026-11`, `2026-Q4`, `FY2026`, a term's name. */
export type Period = { readonly key: string; readonly startsOn: LocalDate; readonly endsOn: LocalDate };

const monthsIn: Partial<Record<Frequency, number>> = {
  monthly: 1,
  quarterly: 3,
  'half-yearly': 6,
  yearly: 12,
};

/** The period a date lies in, or null between terms. */
export function periodOn(calendar: Calendar, date: LocalDate): Period | null {
  const { frequency, terms } = calendar;
  if (frequency === 'terms') {
    const term = terms.find(({ startsOn, endsOn }) => startsOn <= date && date <= endsOn);
    return term ? periodOfTerm(term) : null;
  }
  if (frequency === 'weekly') return weekOf(date);
  return monthsPeriod(calendar, date, monthsIn[frequency] ?? 1);
}

/** The first period that begins after a date, or null when no term does. */
export function periodAfter(calendar: Calendar, date: LocalDate): Period | null {
  if (calendar.frequency === 'terms') {
    const term = calendar.terms.find(({ startsOn }) => startsOn > date);
    return term ? periodOfTerm(term) : null;
  }
  const here = periodOn(calendar, date);
  return here && periodOn(calendar, addDays(here.endsOn, 1));
}

/** The first period that ends on a date or later: what can be asked for next. */
export function periodEndingFrom(calendar: Calendar, date: LocalDate): Period | null {
  return periodOn(calendar, date) ?? periodAfter(calendar, date);
}

const periodOfTerm = ({ name, startsOn, endsOn }: Term): Period => ({ key: name, startsOn, endsOn });

/** ISO 8601: a week belongs to the year that holds its Thursday. */
function weekOf(date: LocalDate): Period {
  const startsOn = addDays(date, 1 - weekdayOf(date));
  const year = addDays(startsOn, 3).slice(0, 4);
  const fourth = `${year}-01-04`;
  const first = addDays(fourth, 1 - weekdayOf(fourth));
  const week = daysBetween(first, startsOn) / 7 + 1;
  return { key: `${year}-W${two(week)}`, startsOn, endsOn: addDays(startsOn, 6) };
}

/** A year that does not begin in January is named by the calendar year in which it ends. */
function monthsPeriod({ frequency, startMonth }: Calendar, date: LocalDate, months: number): Period {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const yearStarts = month >= startMonth ? year : year - 1;
  const into = (month - startMonth + 12) % 12;
  const index = Math.floor(into / months);
  const startsOn = addMonths(`${yearStarts}-${two(startMonth)}-01`, index * months);
  const endsOn = addDays(addMonths(startsOn, months), -1);
  const name = startMonth === 1 ? String(yearStarts) : `FY${yearStarts + 1}`;
  const part = { monthly: '', quarterly: `-Q${index + 1}`, 'half-yearly': `-H${index + 1}`, yearly: '' };
  const key = frequency === 'monthly' ? startsOn.slice(0, 7) : `${name}${part[frequency as 'yearly']}`;
  return { key, startsOn, endsOn };
}

export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

const two = (count: number) => String(count).padStart(2, '0');
