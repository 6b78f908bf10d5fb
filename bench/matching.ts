/**
 * npm run bench -- matching [--quick]: how long introductions go on without a repeat, and what a round costs in
 * time, against random shuffling and stable matching of random halves with 100 tries, with the same seeds.
 */
import { performance } from 'node:perf_hooks';
import { cheapestMatching, type Edge } from '../src/features/introductions/matching/blossom/rules.ts';
import { fitCost, usualWeights, worstFit } from '../src/features/introductions/matching/fit/rules.ts';
import { type Met, pairKey } from '../src/features/introductions/matching/history/rules.ts';
import { drawRound, type RoundState } from '../src/features/introductions/matching/rules.ts';
import { mixed, seedOf, shuffled } from '../src/features/introductions/matching/seeded/rules.ts';
import { round as roundOf } from '../test/support/matching.ts';
import { randomPairs, stablePairs } from './matching-parts/baselines.ts';
import { inventOrganisation } from './matching-parts/organisations.ts';

const seed = 'common thread';
/** Each round one in so many organisations leaves and as many join. */
const churnOneIn = 10;

type Method = 'ours' | 'random' | 'stable';
type Run = {
  readonly method: Method;
  readonly n: number;
  readonly rounds: number;
  /** Rounds before the first repeat. */
  readonly withoutRepeat: number;
  readonly repeats: number;
  /** Repeats in rounds where nobody would have had to repeat. */
  readonly avoidable: number;
  /** The pair that met most often. */
  readonly mostTimes: number;
  /** Mean fit from 0 to 1 over the first tenth of the rounds. */
  readonly earlyFit: number;
  readonly msPerRound: number;
  readonly msWorst: number;
};

function simulate(method: Method, n: number, rounds: number, churning: boolean): Run {
  let organisations = Array.from({ length: n }, (_, number) => inventOrganisation(seed, number));
  let joined = n;
  const history = new Map<string, Met>();
  const tally = { withoutRepeat: -1, repeats: 0, avoidable: 0, mostTimes: 0, fit: 0, fitPairs: 0 };
  let spent = 0;
  let msWorst = 0;

  for (let round = 1; round <= rounds; round += 1) {
    if (churning && round > 1) {
      const leaving = new Set(shuffled(mixed(seedOf(seed), round, 9), n).slice(0, Math.ceil(n / churnOneIn)));
      organisations = organisations.filter((_, at) => !leaving.has(at));
      while (organisations.length < n) {
        organisations.push(inventOrganisation(seed, joined));
        joined += 1;
      }
    }
    const state = roundOf({ organisations, history, round, seed: `${seed} ${round}` });
    const started = performance.now();
    const pairs = pairsBy(method, state);
    const ms = performance.now() - started;
    spent += ms;
    msWorst = Math.max(msWorst, ms);

    const repeats = pairs.filter(([a, b]) => history.has(pairKey(a, b))).length;
    if (repeats > 0 && tally.withoutRepeat < 0) tally.withoutRepeat = round - 1;
    tally.repeats += repeats;
    if (repeats > 0) tally.avoidable += avoidable(state, repeats);
    if (round <= Math.max(1, rounds / 20)) addFit(state, pairs, tally);
    for (const [a, b] of pairs) {
      const key = pairKey(a, b);
      const times = (history.get(key)?.times ?? 0) + 1;
      history.set(key, { times, lastRound: round });
      tally.mostTimes = Math.max(tally.mostTimes, times);
    }
  }
  return {
    method,
    n,
    rounds,
    withoutRepeat: tally.withoutRepeat < 0 ? rounds : tally.withoutRepeat,
    repeats: tally.repeats,
    avoidable: tally.avoidable,
    mostTimes: tally.mostTimes,
    earlyFit: 1 - tally.fit / Math.max(1, tally.fitPairs) / worstFit,
    msPerRound: spent / rounds,
    msWorst,
  };
}

function pairsBy(method: Method, state: RoundState): (readonly [string, string])[] {
  const ids = state.organisations.map(({ id }) => id);
  switch (method) {
    case 'ours':
      return drawRound(state).groups.map(({ ids: [a = '', b = ''] }) => [a, b]);
    case 'random':
      return randomPairs(ids, seedOf(state.seed));
    case 'stable':
      return stablePairs(ids, state.history, seedOf(state.seed));
    default:
      return method satisfies never;
  }
}

/**
 * Looked up apart from the method under test: how many of these repeats nobody had to accept. A few new partners
 * of each usually prove that nobody had to; only else are all pairs looked at.
 */
function avoidable({ organisations, history }: RoundState, repeats: number): number {
  const n = organisations.length;
  const pairs = Math.floor(n / 2);
  for (const each of [8, n]) {
    const edges: Edge[] = [];
    for (const [a, one] of organisations.entries()) {
      let found = 0;
      for (let step = 1; step < n && found < each; step += 1) {
        const b = (a + step) % n;
        if (history.has(pairKey(one.id, organisations[b]?.id ?? ''))) continue;
        edges.push([Math.min(a, b), Math.max(a, b), 0]);
        found += 1;
      }
    }
    const matched = cheapestMatching(edges).length;
    if (matched === pairs || each === n) return repeats - (pairs - matched);
  }
  return 0;
}

function addFit(
  { organisations }: RoundState,
  pairs: readonly (readonly [string, string])[],
  tally: { fit: number; fitPairs: number },
) {
  const byId = new Map(organisations.map((one) => [one.id, one]));
  for (const [first, second] of pairs) {
    const a = byId.get(first);
    const b = byId.get(second);
    if (!a || !b) continue;
    tally.fit += fitCost(a, b, usualWeights);
    tally.fitPairs += 1;
  }
}

function print(kind: string, run: Run) {
  const share = run.withoutRepeat / (kind === 'stable' ? Math.min(run.n - 1, run.rounds) : run.rounds);
  console.log(
    [
      kind.padEnd(8),
      String(run.n).padStart(5),
      run.method.padEnd(7),
      `${run.rounds} rounds`.padStart(12),
      `${run.withoutRepeat} without repeat (${share.toFixed(3)})`.padStart(28),
      `${run.repeats} repeats`.padStart(15),
      `${run.avoidable} avoidable`.padStart(17),
      `most often ${run.mostTimes}`.padStart(14),
      `early fit ${run.earlyFit.toFixed(2)}`.padStart(15),
      `${run.msPerRound.toFixed(1)} ms a round, worst ${run.msWorst.toFixed(0)}`.padStart(32),
    ].join(' '),
  );
}

export async function run(options: readonly string[]): Promise<Record<string, unknown>> {
  const quick = options.includes('--quick');
  const roundsShare: Record<string, number> = {};
  const msPerRound: Record<string, number> = {};
  const repeats: Record<Method, number> = { ours: 0, random: 0, stable: 0 };
  let avoidableRepeatsUnderChurn = 0;

  // So many would take a lifetime of rounds: the first ones tell the time a round takes.
  for (const [n, rounds] of quick
    ? []
    : ([
        [1000, 12],
        [5000, 3],
      ] as const)) {
    for (const churning of [false, true]) {
      for (const method of n === 1000
        ? (['ours', 'random', 'stable'] as const)
        : (['ours', 'random'] as const)) {
        const large = simulate(method, n, rounds, churning);
        print(churning ? 'churning' : 'stable', large);
        if (method !== 'ours') continue;
        if (churning) avoidableRepeatsUnderChurn += large.avoidable;
        else msPerRound[n] = Math.round(large.msPerRound * 10) / 10;
      }
    }
  }
  for (const n of quick ? [10, 50, 100] : [10, 50, 100, 300]) {
    for (const method of ['ours', 'random', 'stable'] as const) {
      const stable = simulate(method, n, 2 * n, false);
      print('stable', stable);
      repeats[method] += stable.repeats;
      if (method === 'ours') {
        roundsShare[n] = Number((stable.withoutRepeat / (n - 1)).toFixed(3));
        msPerRound[n] = Math.round(stable.msPerRound * 10) / 10;
      }
    }
    for (const method of ['ours', 'random', 'stable'] as const) {
      const churn = simulate(method, n, Math.min(2 * n, 100), true);
      print('churning', churn);
      if (method === 'ours') avoidableRepeatsUnderChurn += churn.avoidable;
    }
  }
  const against = (method: Method) => Number((repeats.ours / repeats[method]).toFixed(3));
  return {
    roundsShare,
    avoidableRepeatsUnderChurn,
    msPerRound,
    repeatsVsRandom: against('random'),
    repeatsVsStable: against('stable'),
  };
}
