import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Cell,
  choosePicked,
  choosePublic,
  contributorsTo,
  reveals,
  type Shown,
  type Source,
} from '../../../src/features/measures/suppression/rules.ts';

const breakdowns = [
  { name: 'Gender', groups: ['girls', 'boys'] },
  { name: 'Age', groups: ['small', 'middle', 'big'] },
];
const anyGroups = (groups: readonly string[]) =>
  fc.record({
    given: fc.subarray([...groups], { minLength: 0 }),
    isWhole: fc.boolean(),
  });
const anySource = fc
  .record({ gender: anyGroups(['girls', 'boys']), age: anyGroups(['small', 'middle', 'big']) })
  .map(({ gender, age }) => ({
    groups: { Gender: gender.given, Age: age.given },
    whole: [
      ...(gender.isWhole && gender.given.length > 0 ? ['Gender'] : []),
      ...(age.isWhole && age.given.length > 0 ? ['Age'] : []),
    ],
  }));
const anySources = fc
  .array(anySource, { minLength: 0, maxLength: 24 })
  .map((all): Source[] => all.map((each, index) => ({ ...each, partner: `p${index}`, version: 1 })));

/**
 * An adversary of its own: plain Gaussian elimination over fractions, on every unknown as it stands, with the sums
 * that hold by definition among what is known. It says whose figures some sum of what is known leaves alone.
 */
function foundOut(shown: readonly Shown[], insider: string | null): Set<string> {
  const unknowns = new Map<string, { index: number; partner: string }>();
  const indexOf = (partner: string, ...rest: (string | number)[]) => {
    const key = [partner, ...rest].join('|');
    const known = unknowns.get(key) ?? { index: unknowns.size, partner };
    unknowns.set(key, known);
    return known.index;
  };
  type Fractions = Map<number, [bigint, bigint]>;
  const outputs: Fractions[] = [];
  const laws = new Map<string, Fractions>();
  for (const { sources, cells } of shown) {
    for (const cell of cells) {
      const row: Fractions = new Map();
      for (const source of sources) {
        const { partner, version, groups } = source;
        if (cell === 'total') row.set(indexOf(partner, version), [1n, 1n]);
        else if (groups[cell.breakdown]?.includes(cell.group))
          row.set(indexOf(partner, version, cell.breakdown, cell.group), [1n, 1n]);
      }
      outputs.push(row);
    }
    for (const { partner, version, groups, whole } of sources) {
      for (const breakdown of whole) {
        const law: Fractions = new Map([[indexOf(partner, version), [-1n, 1n]]]);
        for (const group of groups[breakdown] ?? [])
          law.set(indexOf(partner, version, breakdown, group), [1n, 1n]);
        laws.set(`${partner}|${version}|${breakdown}`, law);
      }
    }
  }
  const partnerOf = [...unknowns.values()].map(({ partner }) => partner);
  const rank = (rows: readonly Fractions[], skip: ReadonlySet<string>): number => {
    const left = rows
      .map((row) => new Map([...row].filter(([index]) => !skip.has(partnerOf[index] ?? ''))))
      .filter((row) => row.size > 0);
    const pivots: { at: number; row: Fractions }[] = [];
    for (let row of left) {
      row = new Map(row);
      for (const { at, row: pivot } of pivots) {
        const [n, d] = row.get(at) ?? [0n, 1n];
        if (n === 0n) continue;
        const [pn, pd] = pivot.get(at) ?? [1n, 1n];
        for (const [index, [vn, vd]] of pivot) {
          const [on, od] = row.get(index) ?? [0n, 1n];
          // old - (n/d)/(pn/pd) * v
          const [tn, td] = [n * pd * vn, d * pn * vd];
          const [sum, below] = [on * td - tn * od, od * td];
          const divisor = gcd(sum < 0n ? -sum : sum, below < 0n ? -below : below) || 1n;
          if (sum === 0n) row.delete(index);
          else row.set(index, [sum / divisor, below / divisor]);
        }
      }
      const [at] = row.keys();
      if (at !== undefined) pivots.push({ at, row });
    }
    return pivots.length;
  };
  const knownLaws = [...laws.values()];
  const all = [...outputs, ...knownLaws];
  const outside = insider === null ? [] : [insider];
  // The laws are nobody's figure: what a partner's own laws give must not count as found out.
  const found = new Set<string>();
  for (const partner of new Set(partnerOf)) {
    if (partner === insider) continue;
    const without = new Set([...outside, partner]);
    const own = knownLaws.filter((law) => [...law.keys()].some((index) => partnerOf[index] === partner));
    const gained = rank(all, new Set(outside)) - rank(all, without);
    if (gained > rank(own, new Set())) found.add(partner);
  }
  return found;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

test('no sum or difference of what is public leaves one partner alone, not even to another partner', () => {
  let shownCells = 0;
  fc.assert(
    fc.property(anySources, fc.integer({ min: 3, max: 6 }), (sources, smallest) => {
      const cells = choosePublic(sources, breakdowns, smallest, []);
      shownCells += cells.length;
      if (cells.length === 0) return;
      const shown = [{ sources, cells }];
      expect([...foundOut(shown, null)]).toEqual([]);
      for (const insider of ['p0', 'p5', 'p11']) expect([...foundOut(shown, insider)]).toEqual([]);
      for (const cell of cells) expect(contributorsTo(sources, cell)).toBeGreaterThanOrEqual(smallest);
    }),
    { numRuns: 150 },
  );
  expect(shownCells).toBeGreaterThan(100);
});

test('nor over time, when figures come late and are put right between one publication and the next', () => {
  let second = 0;
  fc.assert(
    fc.property(
      anySources,
      fc.integer({ min: 0, max: 24 }),
      fc.array(fc.integer({ min: 0, max: 23 }), { maxLength: 8 }),
      (sources, early, corrected) => {
        const first = sources.slice(0, early);
        const later = sources.map((source, index) =>
          corrected.includes(index) ? { ...source, version: 2 } : source,
        );
        const before: Shown[] = [{ sources: first, cells: choosePublic(first, breakdowns, 5, []) }];
        const after = choosePublic(later, breakdowns, 5, before);
        second += after.length;
        const all = [...before, { sources: later, cells: after }];
        expect([...foundOut(all, null)]).toEqual([]);
        expect([...foundOut(all, 'p3')]).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
  expect(second).toBeGreaterThan(20);
});

test('the quick judge and the slow adversary agree', () => {
  const anyCells = fc.subarray<Cell>([
    'total',
    ...breakdowns.flatMap(({ name, groups }) => groups.map((group) => ({ breakdown: name, group }))),
  ]);
  fc.assert(
    fc.property(anySources, anyCells, (sources, cells) => {
      const shown = [{ sources: sources.slice(0, 9), cells }];
      const insiders = [null, ...sources.slice(0, 9).map(({ partner }) => partner)];
      const found = insiders.some((insider) => foundOut(shown, insider).size > 0);
      expect(reveals(shown)).toBe(found);
    }),
    { numRuns: 150 },
  );
});

const plain = (count: number, from = 0): Source[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ partner: `p${from + index}`, version: 1, groups: {}, whole: [] },
  }));

test('fewer than five partners show no total, five do', () => {
  expect(choosePublic(plain(4), [], 5, [])).toEqual([]);
  expect(choosePublic(plain(5), [], 5, [])).toEqual(['total']);
});

test('one late figure keeps the new total back, five late ones do not', () => {
  const before = [{ sources: plain(6), cells: ['total'] as Cell[] }];
  expect(choosePublic(plain(7), [], 5, before)).toEqual([]);
  expect(choosePublic(plain(11), [], 5, before)).toEqual(['total']);
});

test('a group that would be left over is kept back together with another', () => {
  const groups = (...given: string[]) => ({ groups: { Age: given }, whole: ['Age'] });
  const sources = Array.from(
    { length: 12 },
    (_, index): Source => ({
      partner: `p${index}`,
      version: 1,
      ...(index < 6 ? groups('small') : index < 11 ? groups('middle') : groups('big')),
    }),
  );
  // "big" is one partner's: shown beside "small" and "middle", the total would give it away.
  const cells = choosePublic(sources, [{ name: 'Age', groups: ['small', 'middle', 'big'] }], 5, []);
  expect(cells).toEqual(['total', { breakdown: 'Age', group: 'small' }]);
});

test('choices are counted only where neither those who picked one nor the others are few', () => {
  const of = (counts: Record<string, number>) => choosePicked(new Map(Object.entries(counts)), 5);
  expect(of({ yes: 10, no: 0 })).toEqual([]);
  expect(of({ yes: 8, no: 6 })).toHaveLength(2);
  expect(of({ yes: 9, no: 8, maybe: 1 })).toEqual([{ choice: 'yes', count: 9 }]);
});
