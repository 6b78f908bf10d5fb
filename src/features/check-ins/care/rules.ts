import { addDays, type LocalDate } from '../../../time/wall-clock.ts';

export const tiers = ['close', 'usual', 'light'] as const;
export type Tier = (typeof tiers)[number];

/** Days between real contacts: what is aimed at, and what is too long. */
export type Rhythm = { readonly idealDays: number; readonly longestDays: number };

export const usualRhythms: Readonly<Record<Tier, Rhythm>> = {
  close: { idealDays: 14, longestDays: 30 },
  usual: { idealDays: 30, longestDays: 60 },
  light: { idealDays: 90, longestDays: 180 },
};
export const rhythmRange = { least: 1, most: 730 };

/** A partner's clock. It starts when they join and anew with every real contact; nothing else moves it. */
export type Clock = {
  readonly joinedOn: LocalDate;
  /** Null: never. */
  readonly lastOn: LocalDate | null;
  readonly rhythm: Rhythm;
};

export type Standing = {
  /** Days since the last real contact, or since joining. */
  readonly days: number;
  readonly state: 'fine' | 'due' | 'overdue';
  /** The day from which on it is due, and the day after which it is overdue. */
  readonly dueOn: LocalDate;
  readonly overdueAfter: LocalDate;
};

export function standingOf({ joinedOn, lastOn, rhythm }: Clock, today: LocalDate): Standing {
  const start = lastOn !== null && lastOn > joinedOn ? lastOn : joinedOn;
  const dueOn = addDays(start, rhythm.idealDays);
  const overdueAfter = addDays(start, Math.max(rhythm.idealDays, rhythm.longestDays));
  const state = today > overdueAfter ? 'overdue' : today >= dueOn ? 'due' : 'fine';
  return { days: daysBetween(start, today), state, dueOn, overdueAfter };
}

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** Whoever is longest past the longest interval first; then whoever is longest past the ideal one. */
export function mostOverdueFirst(a: Standing, b: Standing): number {
  return compare(a.overdueAfter, b.overdueAfter) || compare(a.dueOn, b.dueOn) || b.days - a.days;
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** A partner's own intervals where it has some, else its tier's. */
export function rhythmOf(
  care: { tier: Tier; idealDays: number | null; longestDays: number | null } | null,
  rhythms: ReadonlyMap<Tier, Rhythm>,
): Rhythm {
  const tier = care?.tier ?? 'usual';
  const usual = rhythms.get(tier) ?? usualRhythms[tier];
  return {
    idealDays: care?.idealDays ?? usual.idealDays,
    longestDays: care?.longestDays ?? usual.longestDays,
  };
}
