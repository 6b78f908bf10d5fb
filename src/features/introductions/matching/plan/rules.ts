import { cheapestMatching, type Edge, type Pair } from '../blossom/rules.ts';
import { mixedPair } from '../seeded/rules.ts';

/**
 * The end of a cycle, when few new pairs are left and one careless round would leave some of them unusable:
 * rounds are then planned to the end. A plan is a list of rounds that use no pair twice.
 */
type Plan = readonly (readonly Pair[])[];

/** How often another way is tried before a plan is taken for the longest. */
const tries = 40;
/** How often one is tried near the end, where a whole rest depends on it. */
const lastTries = 12;
const noise = 1024;

/**
 * As many repeat-free rounds as can be found in these pairs, at most `most`. The same pairs and seed give the
 * same plan, so that what one round counted on is found again by the next.
 */
export function longestPlan(seed: number, n: number, pairs: readonly Pair[], most: number): Plan {
  let best: Plan = [];
  for (let attempt = 0; attempt < tries && best.length < most; attempt += 1) {
    const plan = tryPlan(seed, n, pairs, most, attempt);
    if (plan.length > best.length) best = plan;
  }
  return best;
}

function tryPlan(seed: number, n: number, pairs: readonly Pair[], most: number, attempt: number): Plan {
  const rounds: (readonly Pair[])[] = [];
  let left = pairs;
  while (rounds.length < most) {
    const wanted = most - rounds.length;
    const cycles = wanted === 2 ? evenCycles(n, left) : null;
    if (cycles) return [...rounds, ...cycles];
    const found = wanted === 2 ? null : nextRound(seed, n, left, attempt, wanted);
    if (!found) return wanted === 2 ? [...rounds, ...oneMore(seed, n, left, attempt)] : rounds;
    rounds.push(found);
    left = without(left, found);
  }
  return rounds;
}

/** A round whose rest, with three rounds to go, is looked at before it is taken. */
function nextRound(
  seed: number,
  n: number,
  pairs: readonly Pair[],
  attempt: number,
  wanted: number,
): readonly Pair[] | null {
  let any: readonly Pair[] | null = null;
  for (let again = 0; again < (wanted === 3 ? lastTries : 1); again += 1) {
    const salt = attempt * 64 + again;
    const found = cheapestMatching(
      pairs.map(([a, b]): Edge => [a, b, mixedPair(seed, a, b, salt * 512 + wanted) % noise]),
    );
    if (found.length * 2 < n) return null;
    any = found;
    if (wanted !== 3 || evenCycles(n, without(pairs, found))) return found;
  }
  return any;
}

function oneMore(seed: number, n: number, pairs: readonly Pair[], attempt: number): Plan {
  const found = nextRound(seed, n, pairs, attempt, 1);
  return found ? [found] : [];
}

/** Two rounds out of pairs that form even cycles through everybody; null where they do not. */
function evenCycles(n: number, pairs: readonly Pair[]): Plan | null {
  if (pairs.length !== n) return null;
  const nextTo = new Map<number, number[]>();
  for (const [a, b] of pairs) {
    nextTo.set(a, [...(nextTo.get(a) ?? []), b]);
    nextTo.set(b, [...(nextTo.get(b) ?? []), a]);
  }
  if (nextTo.size !== n || [...nextTo.values()].some((both) => both.length !== 2)) return null;
  const rounds: [Pair[], Pair[]] = [[], []];
  const seen = new Set<number>();
  for (const start of nextTo.keys()) {
    if (seen.has(start)) continue;
    let [from, at, length] = [-1, start, 0];
    do {
      seen.add(at);
      const [one = start, other = start] = nextTo.get(at) ?? [];
      const to = one === from ? other : one;
      rounds[length % 2 === 0 ? 0 : 1].push(at < to ? [at, to] : [to, at]);
      [from, at, length] = [at, to, length + 1];
    } while (at !== start);
    if (length % 2 === 1) return null;
  }
  return rounds;
}

export function without(pairs: readonly Pair[], used: readonly Pair[]): Pair[] {
  const gone = new Set(used.map(([a, b]) => `${a} ${b}`));
  return pairs.filter(([a, b]) => !gone.has(`${a} ${b}`)) as Pair[];
}
