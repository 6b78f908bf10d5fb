import { seeded } from '../test/support/seeded.ts';

/** Numbers that look random and are the same for the same seed. */
export type Random = {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** Of these, each as likely as its weight says. */
  weighted<T extends { readonly weight: number }>(from: readonly T[]): T;
};

export function makeRandom(seed: number): Random {
  const next = seeded(seed);
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    weighted(from) {
      const all = from.reduce((sum, { weight }) => sum + weight, 0);
      let left = next() * all;
      for (const each of from) {
        left -= each.weight;
        if (left < 0) return each;
      }
      const last = from.at(-1);
      if (!last) throw new Error('There is nothing to pick from');
      return last;
    },
  };
}
