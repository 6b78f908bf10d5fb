import { fitCost, numbered, type Organisation, type Weights } from '../fit/rules.ts';
import type { History } from '../history/rules.ts';

/**
 * Everything matching needs to know about every pair, by position: organisations are numbered in the order of
 * their ids, so that the same state gives the same board however it was read.
 */
export type Board = {
  readonly n: number;
  readonly ids: readonly string[];
  readonly seed: number;
  readonly round: number;
  /** n × n: how often two met; 0 is new to each other. */
  readonly times: Uint16Array;
  /** n × n: the round of their last meeting. */
  readonly last: Int32Array;
  /** n × n: 1 where two must not meet. */
  readonly barred: Uint8Array;
  /** n × n: 0 to `worstFit`. */
  readonly fit: Uint8Array;
};

export function makeBoard(of: {
  organisations: readonly Organisation[];
  history: History;
  mustNot: readonly (readonly [string, string])[];
  weights: Weights;
  round: number;
  seed: number;
  /** A pair that met more than this many rounds ago counts as new; null: never. */
  newAgainAfter: number | null;
}): Board {
  const sorted = [...of.organisations].sort((a, b) => (a.id < b.id ? -1 : 1));
  const n = sorted.length;
  const ids = sorted.map(({ id }) => id);
  const position = new Map(ids.map((id, index) => [id, index]));
  const times = new Uint16Array(n * n);
  const last = new Int32Array(n * n);
  const barred = new Uint8Array(n * n);
  const fit = new Uint8Array(n * n);

  for (const [key, met] of of.history) {
    const space = key.indexOf(' ');
    const a = position.get(key.slice(0, space));
    const b = position.get(key.slice(space + 1));
    if (a === undefined || b === undefined) continue;
    if (of.newAgainAfter !== null && of.round - met.lastRound > of.newAgainAfter) continue;
    times[a * n + b] = times[b * n + a] = met.times;
    last[a * n + b] = last[b * n + a] = met.lastRound;
  }
  for (const [one, other] of of.mustNot) {
    const a = position.get(one);
    const b = position.get(other);
    if (a !== undefined && b !== undefined) barred[a * n + b] = barred[b * n + a] = 1;
  }
  const cards = numbered(sorted);
  for (const [a, first] of cards.entries()) {
    for (let b = a + 1; b < n; b += 1) {
      const second = cards[b];
      if (second) fit[a * n + b] = fit[b * n + a] = fitCost(first, second, of.weights);
    }
  }
  return { n, ids, seed: of.seed, round: of.round, times, last, barred, fit };
}

export function timesMet({ times, n }: Board, a: number, b: number): number {
  return times[a * n + b] ?? 0;
}

export function lastMet({ last, n }: Board, a: number, b: number): number {
  return last[a * n + b] ?? 0;
}

export function isBarred({ barred, n }: Board, a: number, b: number): boolean {
  return barred[a * n + b] === 1;
}

export function fitOf({ fit, n }: Board, a: number, b: number): number {
  return fit[a * n + b] ?? 0;
}

/** Whether two may be introduced and have not met. */
export function isNew(board: Board, a: number, b: number): boolean {
  return timesMet(board, a, b) === 0 && !isBarred(board, a, b);
}
