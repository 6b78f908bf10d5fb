import { type History, metBefore } from '../../src/features/introductions/matching/history/rules.ts';
import { shuffled } from '../../src/features/introductions/matching/seeded/rules.ts';

type Pairs = (readonly [string, string])[];

/** The simplest method in use: shuffle, then take two by two. */
export function randomPairs(ids: readonly string[], seed: number): Pairs {
  const order = shuffled(seed, ids.length).map((at) => ids[at] ?? '');
  const pairs: Pairs = [];
  for (let at = 0; at + 1 < order.length; at += 2) pairs.push([order[at] ?? '', order[at + 1] ?? '']);
  return pairs;
}

/**
 * A method common in open source: split into random halves, marry them stably, each preferring whom they met
 * least; of 100 such tries keep the one whose most often repeated pair met least (and, among those, the one
 * with the fewest repeats). Stops early only where no try could be better.
 */
export function stablePairs(ids: readonly string[], history: History, seed: number, tries = 100): Pairs {
  const n = ids.length;
  const times = new Uint16Array(n * n);
  for (let a = 0; a < n; a += 1) {
    for (let b = a + 1; b < n; b += 1) {
      times[a * n + b] = times[b * n + a] = metBefore(history, ids[a] ?? '', ids[b] ?? '')?.times ?? 0;
    }
  }
  let best: { pairs: [number, number][]; worst: number; repeats: number } | null = null;
  for (let attempt = 0; attempt < tries && best?.worst !== 0; attempt += 1) {
    const order = shuffled(seed + attempt * 7919, n);
    const pairs = marry(order.slice(0, n >> 1), order.slice(n >> 1, 2 * (n >> 1)), times, n);
    const met = pairs.map(([a, b]) => times[a * n + b] ?? 0);
    const worst = Math.max(0, ...met);
    const repeats = met.filter((count) => count > 0).length;
    if (!best || worst < best.worst || (worst === best.worst && repeats < best.repeats)) {
      best = { pairs, worst, repeats };
    }
  }
  return (best?.pairs ?? []).map(([a, b]) => [ids[a] ?? '', ids[b] ?? '']);
}

/** Gale and Shapley: one half proposes in order of preference, the other keeps the best it has been offered. */
function marry(
  proposers: readonly number[],
  others: readonly number[],
  times: Uint16Array,
  n: number,
): [number, number][] {
  const met = (a: number, b: number) => times[a * n + b] ?? 0;
  const wishes = new Map(proposers.map((a) => [a, [...others].sort((x, y) => met(a, x) - met(a, y))]));
  const asked = new Map(proposers.map((a) => [a, 0]));
  const held = new Map<number, number>();
  const free = [...proposers];
  for (let a = free.pop(); a !== undefined; a = free.pop()) {
    const turn = asked.get(a) ?? 0;
    asked.set(a, turn + 1);
    const b = wishes.get(a)?.[turn];
    if (b === undefined) continue;
    const rival = held.get(b);
    if (rival === undefined) held.set(b, a);
    else if (met(a, b) < met(rival, b)) {
      held.set(b, a);
      free.push(rival);
    } else free.push(a);
  }
  return [...held].map(([b, a]) => [a, b]);
}
