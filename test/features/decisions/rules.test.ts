import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ballot, type Mark, positions } from '../../../src/features/decisions/counting/ballots/rules.ts';
import {
  leastReaching,
  parseShare,
  reaches,
  shareText,
} from '../../../src/features/decisions/counting/fraction/rules.ts';
import { bases } from '../../../src/features/decisions/counting/positions/rules.ts';
import {
  neededVoices,
  type Quorum,
  quorumState,
} from '../../../src/features/decisions/counting/quorum/rules.ts';
import { count, fits, markKind, positionsOf } from '../../../src/features/decisions/counting/rules.ts';
import { runOff } from '../../../src/features/decisions/counting/runoff/rules.ts';
import { countTransferable, oneVote } from '../../../src/features/decisions/counting/transferable/rules.ts';
import {
  cappedWeights,
  presetRule,
  presets,
  type Rule,
  rule,
} from '../../../src/features/decisions/terms/rules.ts';

const opener = { id: '0190b6a0-0000-7000-8000-000000000001', name: 'Ana' };
const anyRule = fc.constantFrom(...presets).map((preset) => presetRule(preset, opener));
const optionCount = 4;
const seed = 'a seed';

const anyShare = fc
  .record({ parts: fc.integer({ min: 0, max: 100 }), of: fc.integer({ min: 1, max: 100 }) })
  .filter(({ parts, of }) => parts <= of);
const anyThreshold = fc.record({ share: anyShare, strictly: fc.boolean() });

function anyMark(of: Rule): fc.Arbitrary<Mark> {
  const abstain: fc.Arbitrary<Mark> = fc.constant({ mark: 'abstain' });
  const all = Array.from({ length: optionCount }, (_, option) => option);
  switch (markKind(of)) {
    case 'option':
      return fc.oneof(
        abstain,
        fc.record({ mark: fc.constant('option' as const), option: fc.constantFrom(...all) }),
      );
    case 'ranking':
      return fc.oneof(
        abstain,
        fc.shuffledSubarray(all, { minLength: 1 }).map((order): Mark => ({ mark: 'ranking', order })),
      );
    case 'points':
      return fc.oneof(
        abstain,
        fc
          .array(fc.constantFrom(0, 1), { minLength: optionCount, maxLength: optionCount })
          .map((points): Mark => ({ mark: 'points', points })),
      );
    default:
      return fc.oneof(
        abstain,
        fc.constantFrom(...positionsOf(of)).map((position): Mark => ({ mark: 'position', position })),
      );
  }
}

const anyElection = anyRule.chain((of) =>
  fc.record({
    of: fc.constant(of),
    ballots: fc.array(fc.record({ mark: anyMark(of), weight: fc.integer({ min: 1, max: 9 }).map(BigInt) }), {
      maxLength: 12,
    }),
  }),
);

const underRule = (of: Rule, ballots: readonly Ballot[]) => ({
  rule: of,
  options: positionsOf(of).length === 0 ? optionCount : 0,
  electorateWeight: ballots.reduce((total, { weight }) => total + weight, 5n),
  seed,
});

test('every ready rule is one that can be stored, and takes the marks it offers', () => {
  for (const preset of presets) {
    const made = presetRule(preset, opener);
    expect(rule.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    expect(fits({ mark: 'abstain' }, made, optionCount)).toBe(true);
    const elsewhere = positions.filter((each) => !(positionsOf(made) as readonly string[]).includes(each));
    for (const position of elsewhere)
      expect(fits({ mark: 'position', position }, made, optionCount)).toBe(false);
  }
  expect(rule.safeParse({ rule: 'coin' }).success).toBe(false);
});

test('shuffling the ballots changes nothing, under any rule', () => {
  fc.assert(
    fc.property(
      anyElection.chain(({ of, ballots }) =>
        fc.record({
          of: fc.constant(of),
          ballots: fc.constant(ballots),
          shuffled: fc.shuffledSubarray(ballots, { minLength: ballots.length }),
        }),
      ),
      ({ of, ballots, shuffled }) => {
        expect(count(shuffled, underRule(of, ballots))).toEqual(count(ballots, underRule(of, ballots)));
      },
    ),
  );
});

test('splitting a weight into several ballots that say the same changes no total', () => {
  fc.assert(
    fc.property(anyElection, ({ of, ballots }) => {
      // A consent or consensus counts voices as well as weights, so only its totals are compared.
      const split = ballots.flatMap(({ mark, weight }) =>
        Array.from({ length: Number(weight) }, () => ({ mark, weight: 1n })),
      );
      const [whole, parts] = [ballots, split].map((each) => count(each, underRule(of, ballots)));
      expect(parts?.totals).toEqual(whole?.totals);
      if (of.rule !== 'consensus') expect(parts).toEqual(whole);
    }),
  );
});

test('the totals add up to what was cast, and hold whole numbers only', () => {
  fc.assert(
    fc.property(anyElection, ({ of, ballots }) => {
      const { totals } = count(ballots, underRule(of, ballots));
      for (const { votes } of totals) expect(votes).toMatch(/^\d+$/);
      const told = totals.reduce((total, { votes }) => total + BigInt(votes), 0n);
      const cast = ballots.reduce((total, { mark, weight }) => {
        const points = mark.mark === 'points' ? mark.points.reduce((a, b) => a + b, 0) : 1;
        return total + weight * BigInt(points);
      }, 0n);
      expect(told).toBe(cast);
    }),
  );
});

test('no count uses a number that is not whole', () => {
  const folder = path.resolve(import.meta.dirname, '../../../src/features/decisions/counting');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(6);
  for (const file of files) {
    const source = readFileSync(path.join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(source, file).not.toMatch(/parseFloat|toFixed|Math\.(round|floor|ceil)|\b\d+\.\d+\b/);
  }
});

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

/** Every way in which up to five voices can answer with one of these, or keep silent. */
function everyElectorate(answers: readonly (Mark | null)[]): Ballot[][] {
  let all: Ballot[][] = [[]];
  let sofar = all;
  for (let voices = 1; voices <= 5; voices += 1) {
    sofar = sofar.flatMap((ballots) =>
      answers.map((mark) => (mark === null ? ballots : [...ballots, { mark, weight: 1n }])),
    );
    all = [...all, ...sofar];
  }
  return all;
}

const said = (ballots: readonly Ballot[], position: string) =>
  ballots.filter(({ mark }) => mark.mark === 'position' && mark.position === position).length;

test('consent and consensus minus n, for every electorate of up to five', () => {
  const answers: (Mark | null)[] = [
    null,
    { mark: 'abstain' },
    ...(['yes', 'aside', 'block'] as const).map((position): Mark => ({ mark: 'position', position })),
  ];
  const electorates = everyElectorate(answers);
  expect(electorates.length).toBe(1 + 5 + 25 + 125 + 625 + 3125);
  for (const ballots of electorates) {
    const ending = (of: Rule) => count(ballots, underRule(of, ballots)).ending;
    expect(ending({ rule: 'consent' })).toBe(said(ballots, 'block') === 0 ? 'passed' : 'not-passed');
    for (const minus of [0, 1, 2]) {
      const passes = said(ballots, 'yes') >= 1 && said(ballots, 'block') <= minus;
      expect(ending({ rule: 'consensus', minus })).toBe(passes ? 'passed' : 'not-passed');
    }
  }
});

test('majorities and shares, for every electorate of up to five and every base', () => {
  const answers: (Mark | null)[] = [
    null,
    { mark: 'abstain' },
    { mark: 'position', position: 'yes' },
    { mark: 'position', position: 'no' },
  ];
  const electorates = everyElectorate(answers);
  for (const ballots of electorates) {
    const [yes, no] = [said(ballots, 'yes'), said(ballots, 'no')];
    for (const base of bases) {
      const whole = base === 'yes-and-no' ? yes + no : base === 'answers' ? ballots.length : 5;
      for (const [parts, of] of [
        [1, 2],
        [2, 3],
        [3, 4],
        [1, 1],
      ] as const) {
        for (const strictly of [true, false]) {
          const made: Rule = { rule: 'share', threshold: { share: { parts, of }, strictly }, base };
          const { ending } = count(ballots, { rule: made, options: 0, electorateWeight: 5n, seed });
          const enough = strictly ? yes * of > whole * parts : yes * of >= whole * parts;
          expect(ending).toBe(yes > 0 && enough ? 'passed' : 'not-passed');
        }
      }
    }
  }
});

test('a run-off elects whoever more than half rank first, and never a loser against everybody', () => {
  const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 });
  fc.assert(
    fc.property(fc.array(orders, { minLength: 1, maxLength: 15 }), (all) => {
      const ballots = all.map((order): Ballot => ({ mark: { mark: 'ranking', order }, weight: 1n }));
      const { rounds, leader } = runOff(ballots, 4, 'lot', seed);
      expect(leader.found).toBe('one');
      for (const { votes, exhausted } of rounds) {
        const told = votes.reduce<bigint>((total, each) => total + (each ?? 0n), exhausted);
        expect(told).toBe(BigInt(all.length));
      }
      const first = (option: number) => all.filter((order) => order[0] === option).length;
      const majority = [0, 1, 2, 3].find((option) => first(option) * 2 > all.length);
      if (majority !== undefined) expect(leader).toMatchObject({ option: majority });
      const beats = (a: number, b: number) =>
        all.filter((order) => before(order, a, b)).length > all.filter((order) => before(order, b, a)).length;
      const loser = [0, 1, 2, 3].find((a) => [0, 1, 2, 3].every((b) => b === a || beats(b, a)));
      if (loser !== undefined) expect(leader).not.toMatchObject({ option: loser });
    }),
  );
});

function before(order: readonly number[], a: number, b: number): boolean {
  const [at, bt] = [order.indexOf(a), order.indexOf(b)];
  return at >= 0 && (bt < 0 || at < bt);
}

test('a transferable count fills its seats, creates no votes and gives a solid group what it has quotas for', () => {
  const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 1 });
  fc.assert(
    fc.property(
      fc.array(orders, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 4 }),
      (all, seats) => {
        const ballots = all.map((order): Ballot => ({ mark: { mark: 'ranking', order }, weight: 1n }));
        const { stages, elected, quota } = countTransferable(ballots, { candidates: 5, seats, seed });
        expect(elected.length).toBe(seats);
        expect(new Set(elected).size).toBe(seats);
        let left = BigInt(all.length) * oneVote;
        for (const { votes } of stages) {
          const told = votes.reduce((a, b) => a + b, 0n);
          expect(told).toBeLessThanOrEqual(left);
          left = told;
        }
        // Droop proportionality for one: who is first on a quota of ballots is elected.
        for (const option of [0, 1, 2, 3, 4]) {
          const first = all.filter((order) => order[0] === option).length;
          if (BigInt(first) >= quota) expect(elected).toContain(option);
        }
      },
    ),
  );
});

test('a tie for exclusion is settled by the latest stage that tells the tied apart, and else by the lot', () => {
  const pile = (weight: number, ...order: number[]): Ballot => ({
    mark: { mark: 'ranking', order },
    weight: BigInt(weight),
  });
  // 0 and 1 meet at 5 votes once 2 is excluded; 0 had fewer before, so 0 goes.
  const told = countTransferable([pile(4, 0), pile(5, 1), pile(1, 2, 0), pile(9, 3), pile(8, 4)], {
    candidates: 5,
    seats: 2,
    seed,
  });
  expect(told.stages[2]?.did).toEqual({ did: 'exclusion', of: 0, byLot: false });
  const level = countTransferable([pile(4, 0), pile(4, 1), pile(9, 2)], { candidates: 3, seats: 2, seed });
  expect(level.stages[2]?.did).toMatchObject({ did: 'exclusion', byLot: true });
  expect(level.elected).toEqual(
    countTransferable([pile(9, 2), pile(4, 1), pile(4, 0)], { candidates: 3, seats: 2, seed }).elected,
  );
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
