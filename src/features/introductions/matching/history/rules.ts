/**
 * Who met whom, at the level of organisations: how often, and in which round last. Pairs are kept under both
 * organisations' ids, so history outlives every person who represented them.
 */
export type Met = { readonly times: number; readonly lastRound: number };
export type History = ReadonlyMap<string, Met>;

/** An unordered pair of ids as one key. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

export function metBefore(history: History, a: string, b: string): Met | null {
  return history.get(pairKey(a, b)) ?? null;
}

/** The history after a round in which these groups met: everybody in a group met everybody else in it. */
export function withGroups(
  history: History,
  groups: readonly (readonly string[])[],
  round: number,
): Map<string, Met> {
  const next = new Map(history);
  for (const [a, b] of groups.flatMap(pairsInside)) {
    const key = pairKey(a, b);
    next.set(key, { times: (next.get(key)?.times ?? 0) + 1, lastRound: round });
  }
  return next;
}

export function pairsInside<T>(group: readonly T[]): (readonly [T, T])[] {
  return group.flatMap((a, index) => group.slice(index + 1).map((b) => [a, b] as const));
}
