import { foldName } from '../../../core/fold-name.ts';
import type { Id } from '../../../core/ids.ts';
import type { Calendar, Frequency, Term } from '../../../time/periods.ts';
import { isLocalDate } from '../../../time/wall-clock.ts';

export type MeasureId = Id<'measure'>;

export const kinds = ['number', 'percent', 'choice', 'text'] as const;
export type Kind = (typeof kinds)[number];
export const directions = ['up', 'down', 'neither'] as const;
export type Direction = (typeof directions)[number];

export type Breakdown = { readonly name: string; readonly groups: readonly string[] };

export type Measure = {
  readonly id: MeasureId;
  readonly name: string;
  readonly purpose: string;
  readonly calculation: string;
  readonly kind: Kind;
  readonly unit: string;
  readonly direction: Direction;
  readonly choices: readonly string[];
  readonly breakdowns: readonly Breakdown[];
  /** Exact decimals. */
  readonly least: string | null;
  readonly most: string | null;
  readonly calendar: Calendar;
  readonly dueDays: number;
  readonly dueTime: string;
  readonly graceDays: number;
  readonly lockDays: number | null;
  readonly leadDays: number | null;
  readonly smallest: number;
  readonly everyPartner: boolean;
  readonly state: 'draft' | 'asking' | 'closed';
};

export const measureLimits = {
  name: 70,
  purpose: 300,
  calculation: 600,
  unit: 20,
  choices: 12,
  choice: 40,
  breakdowns: 3,
  groups: 8,
  terms: 24,
  dueDays: 180,
  graceDays: 60,
  lockDays: 365,
  leadDays: 60,
} as const;

/** Under two a total would be somebody's figure. */
export const leastSmallest = 3;

/** `Gender: girls, boys; Age: 0 to 5, 6 to 12` */
export function parseBreakdowns(typed: string): readonly Breakdown[] | 'unclear' | 'too-many' {
  const found: Breakdown[] = [];
  for (const part of typed.split(/[;\n]/).map((each) => each.trim())) {
    if (part === '') continue;
    const at = part.indexOf(':');
    const name = part.slice(0, at).trim();
    const groups = [
      ...new Map(
        part
          .slice(at + 1)
          .split(',')
          .map((group) => group.trim().replace(/\s+/g, ' '))
          .filter((group) => foldName(group) !== '')
          .map((group) => [foldName(group), group]),
      ).values(),
    ];
    // A group's name is read up to the last colon of a line, and after the slash behind its breakdown's name.
    const unreadable = [name, ...groups].some((each) => /[:/]/.test(each));
    if (at < 1 || foldName(name) === '' || groups.length < 2 || unreadable) return 'unclear';
    if (found.some((known) => foldName(known.name) === foldName(name))) return 'unclear';
    found.push({ name, groups });
  }
  const tooMany =
    found.length > measureLimits.breakdowns ||
    found.some(
      ({ name, groups }) =>
        groups.length > measureLimits.groups ||
        [name, ...groups].some((each) => each.length > measureLimits.choice),
    );
  return tooMany ? 'too-many' : found;
}

export const typedBreakdowns = (breakdowns: readonly Breakdown[]): string =>
  breakdowns.map(({ name, groups }) => `${name}: ${groups.join(', ')}`).join('; ');

/** `Autumn 2026: 2026-09-01 to 2026-12-18`, one a line; in order, none overlapping another. */
function parseTerms(typed: string): readonly Term[] | 'unclear' | 'overlap' | 'too-many' {
  const terms: Term[] = [];
  for (const line of typed.split(/[;\n]/).map((each) => each.trim())) {
    if (line === '') continue;
    const match = /^(.{1,40}?)\s*:\s*(\S+)\s+(?:to|-|–)\s+(\S+)$/.exec(line);
    const [, name = '', startsOn = '', endsOn = ''] = match ?? [];
    if (!isLocalDate(startsOn) || !isLocalDate(endsOn) || endsOn < startsOn || foldName(name) === '')
      return 'unclear';
    // The name is the period's key.
    if (name.startsWith('once-') || terms.some((each) => foldName(each.name) === foldName(name)))
      return 'unclear';
    terms.push({ name, startsOn, endsOn });
  }
  terms.sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  if (terms.some((term, index) => term.startsOn <= (terms[index - 1]?.endsOn ?? ''))) return 'overlap';
  return terms.length > measureLimits.terms ? 'too-many' : terms.length === 0 ? 'unclear' : terms;
}

export const typedTerms = (terms: readonly Term[]): string =>
  terms.map(({ name, startsOn, endsOn }) => `${name}: ${startsOn} to ${endsOn}`).join('\n');

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A month by its number or English name. */
function parseMonth(typed: string): number | null {
  const trimmed = typed.trim().toLowerCase();
  const number = Number(trimmed);
  if (/^\d{1,2}$/.test(trimmed) && number >= 1 && number <= 12) return number;
  const index = trimmed.length >= 3 ? months.indexOf(trimmed.slice(0, 3)) : -1;
  return index < 0 ? null : index + 1;
}

/** What a form's calendar field means for a frequency. */
export function parseCalendar(
  frequency: Frequency,
  typed: string,
): Calendar | 'terms-missing' | 'unclear' | 'overlap' | 'too-many' | 'month' {
  if (frequency === 'terms') {
    if (typed.trim() === '') return 'terms-missing';
    const terms = parseTerms(typed);
    return typeof terms === 'string' ? terms : { frequency, startMonth: 1, terms };
  }
  const startMonth = typed.trim() === '' ? 1 : parseMonth(typed);
  return startMonth === null ? 'month' : { frequency, startMonth, terms: [] };
}
