import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ballot, type Mark, positions } from '../../../src/features/decisions/counting/ballots/rules.ts';
import { bases } from '../../../src/features/decisions/counting/positions/rules.ts';
import { count, fits, markKind, positionsOf } from '../../../src/features/decisions/counting/rules.ts';
import { presetRule, presets, type Rule, rule } from '../../../src/features/decisions/terms/rules.ts';

const opener = { id: '0190b6a0-0000-7000-8000-000000000001', name: 'Ana' };
const anyRule = fc.constantFrom(...presets).map((preset) => presetRule(preset, opener));
const optionCount = 4;
const seed = 'a seed';

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
