import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inRounds } from '../../src/core/rounds.ts';
import { until } from '../support/until.ts';

/** Rounds that end when the test says so. */
function heldRounds(of: { atOnce?: number; most?: number; slowAfterMs?: number } = {}) {
  const rounds: { keys: string[]; end(): void; fail(error: Error): void }[] = [];
  const ask = inRounds<string, string>({
    keyOf: (each) => each,
    ...{ atOnce: of.atOnce ?? 1, slowAfterMs: of.slowAfterMs ?? 60_000 },
    most: of.most ?? 10,
    run: (round) =>
      new Promise((resolve, reject) => {
        rounds.push({
          keys: [...round],
          end: () => resolve(round.map((each) => each.toUpperCase())),
          fail: reject,
        });
      }),
  });
  return { rounds, ask };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked for alone goes at once, and what comes meanwhile goes together', async () => {
  const { rounds, ask } = heldRounds();
  const first = ask('a');
  await turn();
  const others = [ask('b'), ask('c')];
  await turn();
  expect(rounds.map(({ keys }) => keys)).toEqual([['a']]);
  rounds[0]?.end();
  expect(await first).toBe('A');
  await turn();
  expect(rounds.map(({ keys }) => keys)).toEqual([['a'], ['b', 'c']]);
  rounds[1]?.end();
  expect(await Promise.all(others)).toEqual(['B', 'C']);
});

test('two of the same key never share a round', async () => {
  const { rounds, ask } = heldRounds();
  void ask('a');
  void ask('a');
  void ask('b');
  await turn();
  rounds[0]?.end();
  await turn();
  expect(rounds.map(({ keys }) => keys)).toEqual([['a', 'b'], ['a']]);
});

test('a round that hangs holds up the others for a moment only, and one that fails fails alone', async () => {
  const { rounds, ask } = heldRounds({ atOnce: 2, slowAfterMs: 20 });
  void ask('hangs');
  await turn();
  const failing = ask('fails');
  const beside = ask('beside');
  await turn();
  expect(rounds.map(({ keys }) => keys)).toEqual([['hangs']]);
  await until('the next has begun beside it', () => rounds.length === 2);
  const third = ask('next');
  rounds[1]?.fail(new Error('The connection broke'));
  await expect(failing).rejects.toThrow('The connection broke');
  await expect(beside).rejects.toThrow('The connection broke');
  await turn();
  rounds[2]?.end();
  expect(await third).toBe('NEXT');
  expect(rounds.map(({ keys }) => keys)).toEqual([['hangs'], ['fails', 'beside'], ['next']]);
});

test('however many rounds hang, no more than may be are under way', async () => {
  const { rounds, ask } = heldRounds({ atOnce: 2, slowAfterMs: 1 });
  void ask('a');
  await until('a is under way', () => rounds.length === 1);
  void ask('b');
  await until('b is under way', () => rounds.length === 2);
  const last = ask('c');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(rounds).toHaveLength(2);
  rounds[0]?.end();
  await until('c is under way', () => rounds.length === 3);
  rounds[2]?.end();
  expect(await last).toBe('C');
});

test('each gets its own result, however many come and whatever the size of the rounds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      async (numbers, most) => {
        const ask = inRounds<number, number>({
          keyOf: String,
          ...{ atOnce: 2, slowAfterMs: 0 },
          most,
          run: async (round) => {
            expect(round.length).toBeLessThanOrEqual(most);
            expect(new Set(round).size).toBe(round.length);
            await turn();
            return round.map((each) => each * 2);
          },
        });
        expect(await Promise.all(numbers.map(ask))).toEqual(numbers.map((each) => each * 2));
      },
    ),
    { numRuns: 50 },
  );
});
