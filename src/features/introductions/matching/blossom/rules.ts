import { createRequire } from 'node:module';

/** Two of `0 … n − 1` and what it costs to put them together, a whole number from 0 on. */
export type Edge = readonly [a: number, b: number, cost: number];
export type Pair = readonly [a: number, b: number];

/**
 * Edmonds' weighted matching in general graphs, in the form Joris van Rantwijk gave it. Sloppy-mode CommonJS
 * without types. It gives, for each vertex, its partner or −1.
 */
type MaxWeightMatching = (
  edges: readonly (readonly [number, number, number])[],
  maxCardinality: boolean,
) => readonly (number | undefined)[];
const maxWeightMatching = createRequire(import.meta.url)('edmonds-blossom-fixed') as MaxWeightMatching;

/**
 * The algorithm adds and halves doubled weights; below this bound every number in it is a whole number that a
 * double holds exactly, so "cheapest" is exact.
 */
export const mostWeight = 2 ** 49;

/** As many pairs as possible and, among those, the cheapest: exactly, not approximately. */
export function cheapestMatching(edges: readonly Edge[]): Pair[] {
  if (edges.length === 0) return [];
  const most = edges.reduce((high, [, , cost]) => Math.max(high, cost), 0);
  if (most > mostWeight) throw new Error(`A pair's cost of ${most} is beyond ${mostWeight}`);
  const mates = maxWeightMatching(
    edges.map(([a, b, cost]) => [a, b, most - cost]),
    true,
  );
  const pairs: Pair[] = [];
  for (const [a, b] of mates.entries()) if (b !== undefined && b > a) pairs.push([a, b]);
  return pairs;
}
