import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  leastReaching,
  parseShare,
  reaches,
  shareText,
} from '../../../src/features/decisions/counting/fraction/rules.ts';
import {
  neededVoices,
  type Quorum,
  quorumState,
} from '../../../src/features/decisions/counting/quorum/rules.ts';
import { cappedWeights } from '../../../src/features/decisions/terms/rules.ts';

const anyShare = fc
  .record({ parts: fc.integer({ min: 0, max: 100 }), of: fc.integer({ min: 1, max: 100 }) })
  .filter(({ parts, of }) => parts <= of);
const anyThreshold = fc.record({ share: anyShare, strictly: fc.boolean() });

test('a threshold is reached exactly from its least number on', () => {
  fc.assert(
    fc.property(anyThreshold, fc.integer({ min: 1, max: 500 }), (threshold, whole) => {
      const least = leastReaching(BigInt(whole), threshold);
      for (let part = 0; part <= whole; part += 1) {
        expect(reaches(BigInt(part), BigInt(whole), threshold)).toBe(BigInt(part) >= least);
      }
    }),
  );
});

test('shares are read as people write them, and exactly', () => {
  expect(parseShare('two-thirds')).toEqual({ parts: 2, of: 3 });
  expect(parseShare('66.7%')).toEqual({ parts: 667, of: 1000 });
  expect(parseShare('66,7 %')).toEqual({ parts: 667, of: 1000 });
  expect(parseShare('4/6')).toEqual({ parts: 2, of: 3 });
  for (const wrong of ['101%', '3/2', '1/0', 'most', '0.5', '-1%', '60 percent'])
    expect(parseShare(wrong)).toBeNull();
  fc.assert(
    fc.property(anyShare, ({ parts, of }) => {
      const known = parseShare(`${parts}/${of}`);
      expect(known && parseShare(shareText(known))).toEqual(known);
    }),
  );
});

test('one more answer never breaks a quorum, and an abstention counts only where it is said to', () => {
  const anyQuorum: fc.Arbitrary<Quorum> = fc.record({
    from: fc.oneof(
      fc.constant({ by: 'none' as const }),
      fc.record({ by: fc.constant('number' as const), voices: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ by: fc.constant('share' as const), threshold: anyThreshold }),
    ),
    perSector: fc.integer({ min: 0, max: 3 }),
    abstaining: fc.boolean(),
  });
  const anySectors = fc.array(
    fc
      .record({ voices: fc.nat(6), answered: fc.nat(6), abstained: fc.nat(6) })
      .filter(({ voices, answered, abstained }) => abstained <= answered && answered < voices),
    { minLength: 1, maxLength: 4 },
  );
  const turnoutOf = (sectors: readonly { voices: number; answered: number; abstained: number }[]) => ({
    voices: sectors.reduce((total, each) => total + each.voices, 0),
    answered: sectors.reduce((total, each) => total + each.answered, 0),
    abstained: sectors.reduce((total, each) => total + each.abstained, 0),
    sectors: sectors.map((each, index) => ({ ...each, sector: `s${index}` })),
  });
  fc.assert(
    fc.property(anyQuorum, anySectors, (of, sectors) => {
      const before = quorumState(of, turnoutOf(sectors));
      const [first, ...rest] = sectors;
      if (!first) return;
      const after = quorumState(of, turnoutOf([{ ...first, answered: first.answered + 1 }, ...rest]));
      if (before.reached) expect(after.reached).toBe(true);
      expect(after.counted).toBe(before.counted + 1);
      const abstention = { ...first, answered: first.answered + 1, abstained: first.abstained + 1 };
      const abstaining = quorumState(of, turnoutOf([abstention, ...rest]));
      expect(abstaining.counted).toBe(before.counted + (of.abstaining ? 1 : 0));
    }),
  );
});

test('“more than half” and “at least half” differ at exactly half', () => {
  const half = { parts: 1, of: 2 };
  const needed = (strictly: boolean, voices: number) =>
    neededVoices(
      { from: { by: 'share', threshold: { share: half, strictly } }, perSector: 0, abstaining: true },
      voices,
    );
  expect([needed(true, 10), needed(false, 10)]).toEqual([6, 5]);
  expect([needed(true, 11), needed(false, 11)]).toEqual([6, 6]);
});

test('no capped weight is above its share of all that was stated, and none is nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 9 }),
      anyShare,
      (all, cap) => {
        const ids = all.map((_, index) => `v${index}`);
        const stated = Object.fromEntries(ids.map((id, index) => [id, all[index] ?? 1]));
        const whole = all.reduce((a, b) => a + b, 0);
        for (const [id, weight] of cappedWeights(ids, { stated, cap })) {
          expect(weight).toBeGreaterThanOrEqual(1);
          expect(weight).toBeLessThanOrEqual(stated[id] ?? 0);
          if (weight > 1) expect(weight * cap.of).toBeLessThanOrEqual(whole * cap.parts);
        }
      },
    ),
  );
});
