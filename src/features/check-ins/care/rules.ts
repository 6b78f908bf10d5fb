import { foldName } from '../../../core/fold-name.ts';
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
type Clock = {
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

/** How many labels one partner carries, and letters of one. */
export const tagLimits = { most: 8, each: 40 };

/** What a coalition set: by tier, and by tag under its folded name. */
export type Rhythms = {
  readonly tiers: ReadonlyMap<Tier, Rhythm>;
  readonly tags: ReadonlyMap<string, Rhythm & { readonly tag: string }>;
};

/** A partner's rhythm, and where it comes from. */
export type FoundRhythm = Rhythm & {
  readonly from: 'own' | 'tag' | 'tier';
  readonly tags: readonly string[];
};

/**
 * A partner's own days come first. Else those of its tags, of several the shortest of each interval: one promise to
 * call often is not undone by another label. Else its tier's, else the usual ones of that tier.
 */
export function rhythmOf(
  care: {
    tier: Tier;
    idealDays: number | null;
    longestDays: number | null;
    tags: readonly string[];
  } | null,
  { tiers: ofTiers, tags: ofTags }: Rhythms,
): FoundRhythm {
  const tier = care?.tier ?? 'usual';
  const tagged = (care?.tags ?? []).flatMap((tag) => ofTags.get(foldName(tag)) ?? []);
  const usual =
    tagged.length > 0
      ? {
          idealDays: Math.min(...tagged.map(({ idealDays }) => idealDays)),
          longestDays: Math.min(...tagged.map(({ longestDays }) => longestDays)),
        }
      : (ofTiers.get(tier) ?? usualRhythms[tier]);
  const own = care !== null && (care.idealDays !== null || care.longestDays !== null);
  return {
    idealDays: care?.idealDays ?? usual.idealDays,
    longestDays: care?.longestDays ?? usual.longestDays,
    from: own ? 'own' : tagged.length > 0 ? 'tag' : 'tier',
    tags: tagged.map(({ tag }) => tag),
  };
}

/** The tags after some were added and some taken off; the same word in another case is the same tag. */
export function changedTags(
  before: readonly string[],
  change: { add: readonly string[]; remove: readonly string[] },
): string[] {
  const gone = new Set(change.remove.map(foldName));
  const tags = new Map<string, string>();
  for (const tag of [...before, ...change.add]) {
    const key = foldName(tag);
    if (key !== '' && !gone.has(key) && !tags.has(key)) tags.set(key, tag);
  }
  return [...tags.values()];
}
