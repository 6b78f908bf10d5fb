import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ballot } from '../../../src/features/decisions/counting/ballots/rules.ts';
import { runOff } from '../../../src/features/decisions/counting/runoff/rules.ts';
import { countTransferable, oneVote } from '../../../src/features/decisions/counting/transferable/rules.ts';

const seed = 'a seed';

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
