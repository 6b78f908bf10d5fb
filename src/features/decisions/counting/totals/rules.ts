import type { Ballot } from '../ballots/rules.ts';
import { drawLot } from '../lot/rules.ts';

/** What happens when several options come out level: nothing is decided, or a lot that anybody can repeat. */
export const ties = ['undecided', 'lot'] as const;
export type Ties = (typeof ties)[number];

export type Leader =
  | { readonly found: 'one'; readonly option: number; readonly byLot: boolean }
  | { readonly found: 'tie'; readonly options: readonly number[] }
  /** Nobody chose anything. */
  | { readonly found: 'none' };

/** Plurality: how much weight chose each option. */
export function choicesOf(ballots: readonly Ballot[], options: number): bigint[] {
  const totals = Array<bigint>(options).fill(0n);
  for (const { mark, weight } of ballots) {
    if (mark.mark === 'option') totals[mark.option] = (totals[mark.option] ?? 0n) + weight;
  }
  return totals;
}

/** Score and dot vote: the points each option got, each ballot's points counted by its weight. */
export function pointsOf(ballots: readonly Ballot[], options: number): bigint[] {
  const totals = Array<bigint>(options).fill(0n);
  for (const { mark, weight } of ballots) {
    if (mark.mark !== 'points') continue;
    for (const [option, points] of mark.points.entries())
      totals[option] = (totals[option] ?? 0n) + BigInt(points) * weight;
  }
  return totals;
}

/** The option with the highest total. */
export function leaderOf(totals: readonly bigint[], ifTied: Ties, seed: string): Leader {
  const [most = 0n] = [...totals].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  if (most === 0n) return { found: 'none' };
  const options = totals.flatMap((each, option) => (each === most ? [option] : []));
  const [only] = options;
  if (options.length === 1 && only !== undefined) return { found: 'one', option: only, byLot: false };
  if (ifTied === 'lot') return { found: 'one', option: drawLot(seed, options), byLot: true };
  return { found: 'tie', options };
}
