import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitCost,
  type Organisation,
  usualWeights,
} from '../../../src/features/introductions/matching/fit/rules.ts';
import {
  type History,
  type Met,
  pairKey,
  pairsInside,
} from '../../../src/features/introductions/matching/history/rules.ts';
import { groupSizes } from '../../../src/features/introductions/matching/larger/rules.ts';
import {
  countRepeats,
  drawRound,
  type RoundState,
} from '../../../src/features/introductions/matching/rules.ts';
import { id, organisation, organisations, round } from '../../support/matching.ts';

/** A history in which each pair met so many times, the last time in a round before the tenth. */
const historyOf = (n: number, most: number) =>
  fc
    .array(
      fc.tuple(
        fc.nat({ max: n - 1 }),
        fc.nat({ max: n - 1 }),
        fc.integer({ min: 1, max: most }),
        fc.integer({ min: 1, max: 9 }),
      ),
      {
        maxLength: (n * (n - 1)) / 2,
      },
    )
    .map((entries) => {
      const history = new Map<string, Met>();
      for (const [a, b, times, lastRound] of entries) {
        if (a !== b) history.set(pairKey(id(a), id(b)), { times, lastRound });
      }
      return history;
    });

/** Every way to split people into groups of these sizes. */
function* splits(left: readonly number[], sizes: readonly number[]): Generator<number[][]> {
  const [first, ...others] = left;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const size of new Set(sizes)) {
    const rest = [...sizes];
    rest.splice(rest.indexOf(size), 1);
    for (const mates of combinations(others, size - 1)) {
      const remaining = others.filter((one) => !mates.includes(one));
      for (const more of splits(remaining, rest)) yield [[first, ...mates], ...more];
    }
  }
}

function* combinations(from: readonly number[], size: number): Generator<number[]> {
  if (size === 0) yield [];
  for (const [index, one] of from.entries()) {
    if (size > 0) for (const rest of combinations(from.slice(index + 1), size - 1)) yield [one, ...rest];
  }
}

/** The fewest repeats any split has, found by looking at all of them. */
function fewestRepeats(n: number, sizes: readonly number[], history: History): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (const split of splits([...Array(n).keys()], sizes)) {
    const repeats = split.flatMap(pairsInside).filter(([a, b]) => history.has(pairKey(id(a), id(b)))).length;
    fewest = Math.min(fewest, repeats);
  }
  return fewest;
}

describe('a round', () => {
  test('repeats no pair while any repeat-free round exists, and as few as possible when none does', () => {
    for (const n of [2, 4, 6, 8]) {
      fc.assert(
        fc.property(historyOf(n, 3), fc.string(), (history, seed) => {
          const state = round({ organisations: organisations(n), history, seed });
          const drawn = drawRound(state);
          expect(drawn.groups.flatMap(({ ids }) => ids).sort()).toEqual(
            state.organisations.map((one) => one.id),
          );
          expect(countRepeats(state, drawn).again).toBe(fewestRepeats(n, Array(n / 2).fill(2), history));
        }),
        { numRuns: 150 },
      );
    }
  });

  test('with an odd number has one group of three, chosen by the same rule', () => {
    for (const n of [3, 5, 7, 9]) {
      fc.assert(
        fc.property(historyOf(n, 3), fc.string(), (history, seed) => {
          const state = round({ organisations: organisations(n), history, seed });
          const drawn = drawRound(state);
          const sizes = [3, ...Array((n - 3) / 2).fill(2)];
          expect(drawn.sittingOut).toEqual([]);
          expect(drawn.groups.map(({ ids }) => ids.length).sort((a, b) => b - a)).toEqual(sizes);
          expect(countRepeats(state, drawn).again).toBe(fewestRepeats(n, sizes, history));
        }),
        { numRuns: 80 },
      );
    }
  });

  test('in groups of three to five has no repeat inside any group while that is possible', () => {
    const sized = fc.tuple(fc.integer({ min: 6, max: 9 }), fc.integer({ min: 3, max: 5 }));
    fc.assert(
      fc.property(
        sized.chain(([n, size]) => fc.tuple(fc.constant(n), fc.constant(size), historyOf(n, 1))),
        ([n, groupSize, history]) => {
          const state = round({ organisations: organisations(n), history, groupSize });
          const drawn = drawRound(state);
          const sizes = drawn.groups.map(({ ids }) => ids.length);
          expect(sizes.sort()).toEqual(groupSizes(n, groupSize).sort());
          const fewest = fewestRepeats(n, sizes, history);
          if (fewest === 0) expect(countRepeats(state, drawn).again).toBe(0);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('forces those to meet again who met least often, and of those the least recent', () => {
    const history = new Map<string, Met>();
    for (const [a, b] of pairsInside([0, 1, 2, 3]))
      history.set(pairKey(id(a), id(b)), { times: 1, lastRound: 9 });
    const met = (a: number, b: number, times: number, lastRound: number) =>
      history.set(pairKey(id(a), id(b)), { times, lastRound });
    met(0, 1, 1, 2);
    met(2, 3, 1, 3);
    const drawn = drawRound(round({ organisations: organisations(4), history }));
    expect(drawn.groups.map(({ ids }) => ids)).toEqual([
      [id(0), id(1)],
      [id(2), id(3)],
    ]);
    met(0, 1, 2, 1);
    const spread = drawRound(round({ organisations: organisations(4), history }));
    expect(spread.groups.map(({ ids }) => ids)).not.toContainEqual([id(0), id(1)]);
  });

  test('never brings together whom a rule keeps apart, even if somebody has to sit out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 2, max: 5 }),
        fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 })), { maxLength: 20 }),
        (n, groupSize, rules) => {
          const mustNotMeet = rules.filter(([a, b]) => a !== b).map(([a, b]) => [id(a), id(b)] as const);
          const apart = new Set(mustNotMeet.map(([a, b]) => pairKey(a, b)));
          const drawn = drawRound(round({ organisations: organisations(n), groupSize, mustNotMeet }));
          for (const { ids } of drawn.groups) {
            for (const [a, b] of pairsInside(ids)) expect(apart.has(pairKey(a, b))).toBe(false);
          }
          const everybody = [...drawn.groups.flatMap(({ ids }) => ids), ...drawn.sittingOut];
          expect(everybody.sort()).toEqual(organisations(n).map((one) => one.id));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('brings together whom a rule wants to meet, and leaves locked groups as they are', () => {
    const drawn = drawRound(
      round({ organisations: organisations(9), mustMeet: [[id(0), id(7)]], locked: [[id(1), id(2), id(3)]] }),
    );
    expect(drawn.groups).toContainEqual({ ids: [id(1), id(2), id(3)], locked: true, ruled: false });
    expect(drawn.groups).toContainEqual({ ids: [id(0), id(7)], locked: false, ruled: true });
  });

  test('lets whoever sat out go first', () => {
    // Nobody but 0 may meet anybody: one of the others gets 0, and the group of three is ruled out.
    const mustNotMeet = pairsInside([1, 2, 3]).map(([a, b]) => [id(a), id(b)] as const);
    for (const waiting of [1, 2, 3]) {
      const drawn = drawRound(round({ organisations: organisations(4), mustNotMeet, waited: [id(waiting)] }));
      expect(drawn.groups.map(({ ids }) => ids)).toEqual([[id(0), id(waiting)]]);
      expect(drawn.sittingOut).toHaveLength(2);
    }
  });

  test('counts a pair as new again after as many rounds as the coalition chose', () => {
    const history = new Map([[pairKey(id(0), id(1)), { times: 1, lastRound: 4 }]]);
    const again = (newAgainAfter: number | null) => {
      const state = round({ organisations: organisations(2), history, newAgainAfter });
      return countRepeats(state, drawRound(state)).again;
    };
    expect([again(null), again(6), again(5)]).toEqual([1, 1, 0]);
  });

  test('is the same again for the same state and seed, in whatever order it was read, and another for another seed', () => {
    const alike = Array.from({ length: 12 }, (_, number) => organisation(number));
    const groups = (state: RoundState) => JSON.stringify(drawRound(state).groups);
    const first = groups(round({ organisations: alike }));
    expect(groups(round({ organisations: [...alike].reverse() }))).toBe(first);
    const seeds = ['a', 'b', 'c', 'd'].map((seed) => groups(round({ organisations: alike, seed })));
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  test('prefers what fits: a met need, another sector, a common language, the same hours', () => {
    const cost = (one: Partial<Organisation>, other: Partial<Organisation>) =>
      fitCost(organisation(0, one), organisation(1, other), usualWeights);
    expect(cost({ needs: ['space'] }, { offers: ['space'] })).toBeLessThan(
      cost({ needs: ['space'] }, { offers: ['food'] }),
    );
    expect(cost({ sector: 'arts' }, { sector: 'food' })).toBeLessThan(
      cost({ sector: 'arts' }, { sector: 'arts' }),
    );
    expect(cost({ languages: ['Cree'] }, { languages: ['Cree'] })).toBeLessThan(
      cost({ languages: ['Cree'] }, { languages: ['French'] }),
    );
    expect(cost({}, {})).toBeLessThan(cost({}, { utcOffsetMinutes: 600 }));
    expect(cost({ utcOffsetMinutes: -690 }, { utcOffsetMinutes: 720 })).toBe(
      cost({}, { utcOffsetMinutes: 30 }),
    );
  });
});
