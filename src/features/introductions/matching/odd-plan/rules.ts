import { cheapestMatching, type Edge, type Pair } from '../blossom/rules.ts';
import { without } from '../plan/rules.ts';
import { mixed } from '../seeded/rules.ts';

/**
 * Rounds of an odd membership, each one group of three and pairs, planned so that nobody meets anybody twice. What
 * ends such rounds too early is that no three are left who are all new to each other. So the groups of three of
 * all rounds are set aside first, and pairs are made of what remains.
 */
export type OddRound = { readonly three: Three; readonly pairs: readonly Pair[] };
export type Three = readonly [number, number, number];

/** What one plan may cost in all its tries, in pairs looked at: some tenths of a second. */
const mostWork = 3_000_000;
const mostTries = 40;
/** Groups of three that are compared before one is set aside. */
const compared = 60;

/** The pairs that a round makes. Three at once are three pairs. */
export const pairsOf = ({ three: [a, b, c], pairs }: OddRound): Pair[] => [...pairs, [a, b], [b, c], [a, c]];

/** More rounds than this there cannot be: everybody needs a new partner in each, and each uses up (n + 3) / 2 pairs. */
export function mostOddRounds(n: number, newPairs: readonly Pair[]): number {
  return Math.min(Math.floor(newPairs.length / ((n + 3) / 2)), ...degreesOf(n, newPairs));
}

/**
 * As many rounds as can be found in these pairs of 0 … n − 1. The same pairs and seed give the same plan, so that what
 * one round counted on is found again by the next. Null where looking would take too long.
 */
export function longestOddPlan(
  seed: number,
  n: number,
  newPairs: readonly Pair[],
): readonly OddRound[] | null {
  const most = mostOddRounds(n, newPairs);
  const tries = Math.min(mostTries, Math.floor(mostWork / Math.max(1, most * n * newPairs.length)));
  if (tries === 0) return null;
  const threes = threesIn(n, newPairs);
  let best: readonly OddRound[] = [];
  // Aiming lower leaves more pairs to choose from, so each aim gets its own tries.
  for (let aim = most; aim > best.length; aim -= 1) {
    for (let attempt = 0; attempt < tries && best.length < aim; attempt += 1) {
      const salt = mixed(seed, aim, attempt);
      const plan = pairUp(salt, n, newPairs, setAside(salt, n, newPairs, threes, aim));
      if (plan.length > best.length) best = plan;
    }
  }
  return best;
}

/** One group of three for each round, no two of them with a pair in common, and nobody more often than they can afford. */
function setAside(
  salt: number,
  n: number,
  newPairs: readonly Pair[],
  threes: readonly Three[],
  rounds: number,
): Three[] {
  // Being one of three uses up a partner more than the round itself does.
  const spare = degreesOf(n, newPairs).map((degree) => degree - rounds);
  const used = new Set<number>();
  const key = (a: number, b: number) => a * n + b;
  const chosen: Three[] = [];
  while (chosen.length < rounds) {
    let best: Three | null = null;
    let most = 0;
    for (let look = 0; look < compared; look += 1) {
      const three = threes[mixed(salt, chosen.length, look, 7) % threes.length];
      if (!three) return chosen;
      const [a, b, c] = three;
      if (used.has(key(a, b)) || used.has(key(b, c)) || used.has(key(a, c))) continue;
      const left = three.map((one) => spare[one] ?? 0);
      const least = Math.min(...left);
      const evenness = 10 * least + left.reduce((sum, each) => sum + each, 0);
      if (least > 0 && evenness > most) [best, most] = [three, evenness];
    }
    if (!best) return chosen;
    const [a, b, c] = best;
    for (const pair of [key(a, b), key(b, c), key(a, c)]) used.add(pair);
    for (const one of best) spare[one] = (spare[one] ?? 0) - 1;
    chosen.push(best);
  }
  return chosen;
}

/** Pairs for everybody else beside each group of three, as long as there are any. */
function pairUp(
  salt: number,
  n: number,
  newPairs: readonly Pair[],
  threes: readonly Three[],
): readonly OddRound[] {
  let left = without(
    newPairs,
    threes.flatMap((three) => pairsOf({ three, pairs: [] })),
  );
  let waiting = threes;
  const rounds: OddRound[] = [];
  for (;;) {
    const round = nextRound(salt, n, left, waiting);
    if (!round) return rounds;
    rounds.push(round);
    left = without(left, round.pairs);
    waiting = waiting.filter((three) => three !== round.three);
  }
}

function nextRound(
  salt: number,
  n: number,
  left: readonly Pair[],
  threes: readonly Three[],
): OddRound | null {
  for (const three of threes) {
    const open = left.filter(([a, b]) => !three.includes(a) && !three.includes(b));
    const pairs = cheapestMatching(
      open.map(([a, b]): Edge => [a, b, mixed(salt, a, b, threes.length) % 1024]),
    );
    if (pairs.length * 2 === n - 3) return { three, pairs };
  }
  return null;
}

function threesIn(n: number, newPairs: readonly Pair[]): Three[] {
  const after = Array.from({ length: n }, () => new Set<number>());
  for (const [a, b] of newPairs) after[a]?.add(b);
  return newPairs.flatMap(([a, b]) =>
    [...(after[b] ?? [])].filter((c) => after[a]?.has(c)).map((c): Three => [a, b, c]),
  );
}

function degreesOf(n: number, pairs: readonly Pair[]): number[] {
  const degrees = Array.from({ length: n }, () => 0);
  for (const one of pairs.flat()) degrees[one] = (degrees[one] ?? 0) + 1;
  return degrees;
}
