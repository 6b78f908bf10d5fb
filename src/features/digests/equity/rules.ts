/** What one partner took part in, over a stretch of time. */
export type Share = {
  readonly partnerId: string;
  readonly name: string;
  readonly sector: string;
  readonly sizeBand: string;
  /** Introductions to other partners. */
  readonly introduced: number;
  readonly spotlighted: number;
  /** Asks that reached its people. */
  readonly reminded: number;
  /** Its voices in decisions, and how many of them said something. */
  readonly voices: number;
  readonly voted: number;
  readonly roles: number;
};

export const groupings = ['sector', 'size'] as const;
export type Grouping = (typeof groupings)[number];

export type GroupShare = Omit<Share, 'partnerId' | 'name' | 'sector' | 'sizeBand'> & {
  /** As it was written first; empty: not said. */
  readonly group: string;
  readonly partners: number;
  /** Partners of the group that were never introduced in that time. */
  readonly neverIntroduced: number;
};

/** Sums by sector or by size; the largest group first, what is not said last. */
export function sharesBy(shares: readonly Share[], by: Grouping): GroupShare[] {
  const groups = new Map<string, GroupShare>();
  for (const share of shares) {
    const name = (by === 'sector' ? share.sector : share.sizeBand).trim();
    const key = name.toLowerCase();
    const before = groups.get(key);
    groups.set(key, {
      group: before?.group ?? name,
      partners: (before?.partners ?? 0) + 1,
      introduced: (before?.introduced ?? 0) + share.introduced,
      neverIntroduced: (before?.neverIntroduced ?? 0) + (share.introduced === 0 ? 1 : 0),
      spotlighted: (before?.spotlighted ?? 0) + share.spotlighted,
      reminded: (before?.reminded ?? 0) + share.reminded,
      voices: (before?.voices ?? 0) + share.voices,
      voted: (before?.voted ?? 0) + share.voted,
      roles: (before?.roles ?? 0) + share.roles,
    });
  }
  return [...groups.values()].sort(
    (a, b) =>
      Number(a.group === '') - Number(b.group === '') ||
      b.partners - a.partners ||
      (a.group < b.group ? -1 : 1),
  );
}

/** For each partner of a group, in tenths: what makes groups of different sizes comparable. */
export const tenthsEach = (count: number, partners: number): number =>
  partners === 0 ? 0 : Math.round((count * 10) / partners);

/** Of those who could, in whole percent; null where nobody could. */
export const percentOf = (done: number, of: number): number | null =>
  of === 0 ? null : Math.round((done * 100) / of);
