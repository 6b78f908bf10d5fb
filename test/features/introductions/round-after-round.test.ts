import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cheapestMatching, type Edge } from '../../../src/features/introductions/matching/blossom/rules.ts';
import { type Organisation, usualWeights } from '../../../src/features/introductions/matching/fit/rules.ts';
import { type History, withGroups } from '../../../src/features/introductions/matching/history/rules.ts';
import { countRepeats, drawRound } from '../../../src/features/introductions/matching/rules.ts';
import { organisation, organisations, round } from '../../support/matching.ts';

describe('the matching library', () => {
  const graph = fc.integer({ min: 2, max: 8 }).chain((n) =>
    fc.tuple(
      fc.constant(n),
      fc.uniqueArray(
        fc.tuple(
          fc.nat({ max: n - 1 }),
          fc.nat({ max: n - 1 }),
          fc.oneof(
            fc.nat({ max: 3 }),
            fc.nat({ max: 2 ** 30 }).map((cost) => cost * 2 ** 18),
          ),
        ),
        { selector: ([a, b]) => (a < b ? `${a} ${b}` : `${b} ${a}`), maxLength: 28 },
      ),
    ),
  );

  test('finds the most pairs and, among those, the cheapest, as an exhaustive search does', () => {
    fc.assert(
      fc.property(graph, ([n, drawn]) => {
        const edges = drawn
          .filter(([a, b]) => a !== b)
          .map(([a, b, cost]): Edge => [Math.min(a, b), Math.max(a, b), cost]);
        const costs = new Map(edges.map(([a, b, cost]) => [`${a} ${b}`, cost]));
        const found = cheapestMatching(edges);
        expect(new Set(found.flat()).size).toBe(found.length * 2);
        const cost = found.reduce((sum, [a, b]) => sum + (costs.get(`${a} ${b}`) ?? Number.NaN), 0);
        expect([found.length, cost]).toEqual(exhaustively(n, costs));
      }),
      { numRuns: 600 },
    );
  });

  function exhaustively(n: number, costs: ReadonlyMap<string, number>): [number, number] {
    let best: [number, number] = [0, 0];
    (function look(at: number, taken: number, pairs: number, cost: number) {
      if (at === n) {
        if (pairs > best[0] || (pairs === best[0] && cost < best[1])) best = [pairs, cost];
        return;
      }
      look(at + 1, taken, pairs, cost);
      if (taken & (1 << at)) return;
      for (let to = at + 1; to < n; to += 1) {
        const more = costs.get(`${at} ${to}`);
        if (more !== undefined && !(taken & (1 << to)))
          look(at + 1, taken | (1 << at) | (1 << to), pairs + 1, cost + more);
      }
    })(0, 0, 0, 0);
    return best;
  }
});

describe('round after round', () => {
  const sectorsOnly = { needs: 0, sectors: 1, sizes: 0, languages: 0, hours: 0 };

  /** Rounds until somebody meets somebody again. */
  function roundsWithoutRepeat(all: readonly Organisation[], weights = usualWeights): number {
    let history: History = new Map();
    for (let number = 1; number <= all.length; number += 1) {
      const state = round({ organisations: all, history, round: number, seed: `seed ${number}`, weights });
      const drawn = drawRound(state);
      if (countRepeats(state, drawn).again > 0) return number - 1;
      history = withGroups(
        history,
        drawn.groups.map(({ ids }) => ids),
        number,
      );
    }
    return all.length;
  }

  test('a stable membership meets completely before anybody repeats', () => {
    for (const n of [2, 4, 6, 8, 10, 12, 16, 24, 40])
      expect(roundsWithoutRepeat(organisations(n))).toBe(n - 1);
  });

  test('even where fit alone would split it into two halves of odd size with nobody left between them', () => {
    for (const n of [6, 10, 14, 22, 30]) {
      const halves = Array.from({ length: n }, (_, number) =>
        organisation(number, { sector: `sector ${number % 2}` }),
      );
      expect(roundsWithoutRepeat(halves, sectorsOnly)).toBe(n - 1);
    }
  });

  test('an odd membership of up to seven gets as many rounds without a repeat as any choice would give', () => {
    for (const n of [3, 5, 7]) expect(roundsWithoutRepeat(organisations(n))).toBe(mostOddRounds(n));
  });

  test('a larger odd one gets as many as there can be, and being one of three goes round', () => {
    // The pairs there are, by the pairs that a round with one group of three uses up.
    const bound = (n: number) => Math.floor((n * (n - 1)) / (n + 3));
    for (const n of [9, 11, 13, 15, 21]) expect(roundsWithoutRepeat(organisations(n))).toBe(bound(n));
    let history: History = new Map();
    const thirds: string[][] = [];
    for (let number = 1; number <= 4; number += 1) {
      const recentThirds = thirds.slice(-3).flat();
      const state = round({ organisations: organisations(13), history, round: number, recentThirds });
      const groups = drawRound(state).groups.map(({ ids }) => ids);
      thirds.push([...(groups.find((ids) => ids.length === 3) ?? [])]);
      history = withGroups(history, groups, number);
    }
    expect(new Set(thirds.flat()).size).toBeGreaterThan(8);
  });

  /** The most rounds of one group of three and pairs in which nobody meets anybody twice: every way is looked at. */
  function mostOddRounds(n: number): number {
    const used = new Set<number>();
    const key = (a: number, b: number) => Math.min(a, b) * n + Math.max(a, b);
    function using(pairs: readonly number[], then: () => number): number {
      if (pairs.some((pair) => used.has(pair))) return 0;
      for (const pair of pairs) used.add(pair);
      const found = then();
      for (const pair of pairs) used.delete(pair);
      return found;
    }
    function pairUp(left: readonly number[], threeWas: number): number {
      const [a, ...others] = left;
      if (a === undefined) return 1 + nextRound(threeWas);
      const ways = others.map((b) => {
        const rest = others.filter((one) => one !== b);
        return using([key(a, b)], () => pairUp(rest, threeWas));
      });
      return Math.max(0, ...ways);
    }
    /** Groups of three in rising order, because the order of rounds does not matter. */
    function nextRound(after: number): number {
      const all = Array.from({ length: n }, (_, at) => at);
      const ways = all.flatMap((a) =>
        all.slice(a + 1).flatMap((b) =>
          all.slice(b + 1).map((c) => {
            const three = (a * n + b) * n + c;
            const rest = all.filter((one) => one !== a && one !== b && one !== c);
            return three <= after ? 0 : using([key(a, b), key(a, c), key(b, c)], () => pairUp(rest, three));
          }),
        ),
      );
      return Math.max(0, ...ways);
    }
    return nextRound(-1);
  }

  test('a thousand organisations and more still get rounds without a repeat', () => {
    for (const n of [600, 1301]) {
      let history: History = new Map();
      for (let number = 1; number <= 2; number += 1) {
        const state = round({ organisations: organisations(n), history, round: number });
        const drawn = drawRound(state);
        expect(countRepeats(state, drawn).again).toBe(0);
        expect(drawn.groups.flatMap(({ ids }) => ids)).toHaveLength(n);
        history = withGroups(
          history,
          drawn.groups.map(({ ids }) => ids),
          number,
        );
      }
    }
  }, 120_000);
});
