import { cheapestMatching, type Edge, mostWeight, type Pair } from '../blossom/rules.ts';
import { type Board, fitOf, isBarred, isNew, lastMet, timesMet } from '../board/rules.ts';
import { worstFit } from '../fit/rules.ts';
import { keepingThePlan, planSeed } from '../keeping/rules.ts';
import { scarcity, scarcityLevels } from '../look-ahead/rules.ts';
import { longestPlan, without } from '../plan/rules.ts';
import { mixedPair } from '../seeded/rules.ts';

/** Up to this many organisations every new pair is looked at; beyond, candidates first, then more of them. */
const mostDense = 400;
const firstCandidates = 12;
/** With at most this many new partners left for somebody, the remaining rounds are planned to the end. */
const planFrom = 12;
/** Among pairs that fit equally, the seed decides. */
const chance = 4;
const fitLevels = (worstFit + 1) * chance;

type Paired = { readonly pairs: readonly Pair[]; readonly left: readonly number[] };

/** Whether a pair is favoured above fit and look-ahead: see the third of an odd round. */
type Favoured = (a: number, b: number) => boolean;

/**
 * Pairs among `who` that are all new to each other and cost the least, or null when they cannot all be paired
 * that way. Exact: null is proof that some pair would have to meet again.
 */
export function pairAsNew(board: Board, who: readonly number[], favoured?: Favoured): readonly Pair[] | null {
  if (who.length % 2 === 1) return null;
  if (who.length === 0) return [];
  const scarce = scarcity(board, who);
  const favour = favoured ? fitLevels * scarcityLevels * (who.length / 2) : 0;
  const perScarcity = scarce ? fitLevels * (who.length / 2) : 0;
  const costOf = (a: number, b: number) =>
    fitOf(board, a, b) * chance +
    (mixedPair(board.seed, a, b) % chance) +
    (scarce ? scarce(a, b) * perScarcity : 0) +
    (favoured && !favoured(a, b) ? favour * (who.length / 2) : 0);

  const found = cheapestWidening(board, who, costOf);
  if (!found || favoured || who.length > mostDense) return found;
  return keptInPlan(board, who, found);
}

/** The cheapest full matching over candidates, over ever more of them until one is found or all were tried. */
function cheapestWidening(
  board: Board,
  who: readonly number[],
  costOf: (a: number, b: number) => number,
): readonly Pair[] | null {
  const whole = { a: (at: number) => who[at] ?? 0 };
  for (let each = firstCandidates; ; each *= 2) {
    const dense = who.length <= mostDense || each >= who.length;
    const edges = dense ? allEdges(board, who, costOf) : candidateEdges(board, who, costOf, each);
    const found = cheapestMatching(edges);
    if (found.length * 2 === who.length) return found.map(([a, b]) => [whole.a(a), whole.a(b)] as const);
    if (dense) return null;
  }
}

function allEdges(board: Board, who: readonly number[], costOf: (a: number, b: number) => number): Edge[] {
  const edges: Edge[] = [];
  for (const [at, a] of who.entries()) {
    for (let to = at + 1; to < who.length; to += 1) {
      const b = who[to] ?? 0;
      if (isNew(board, a, b)) edges.push([at, to, costOf(a, b)]);
    }
  }
  return edges;
}

/** For everybody, their `each` cheapest new partners. Chance breaks ties, so that not all choose the same. */
function candidateEdges(
  board: Board,
  who: readonly number[],
  costOf: (a: number, b: number) => number,
  each: number,
): Edge[] {
  const n = who.length;
  const chosen = new Set<number>();
  const edges: Edge[] = [];
  // Cost, luck and position in one whole number below 2^53, so that numbers are sorted and nothing is called.
  const ranked = new Float64Array(n);
  for (const [at, a] of who.entries()) {
    let count = 0;
    for (let to = 0; to < n; to += 1) {
      const b = who[to] ?? 0;
      if (at === to || !isNew(board, a, b)) continue;
      const luck = mixedPair(board.seed, a, b) >>> 24;
      ranked[count] = (costOf(a, b) * luckLevels + luck) * n + to;
      count += 1;
    }
    const nearest = ranked.subarray(0, count).sort();
    for (let place = 0; place < Math.min(each, count); place += 1) {
      const rank = nearest[place] ?? 0;
      const to = rank % n;
      const key = at < to ? at * n + to : to * n + at;
      if (chosen.has(key)) continue;
      chosen.add(key);
      edges.push([Math.min(at, to), Math.max(at, to), Math.floor(rank / n / luckLevels)]);
    }
  }
  return edges;
}

const luckLevels = 256;

/** Near the end a round is taken only when the rounds after it can still be planned. */
function keptInPlan(board: Board, who: readonly number[], cheapest: readonly Pair[]): readonly Pair[] {
  const newPairs: Pair[] = [];
  const degrees = new Map<number, number>();
  for (const [at, a] of who.entries()) {
    for (const b of who.slice(at + 1)) {
      if (!isNew(board, a, b)) continue;
      newPairs.push([a, b]);
      degrees.set(a, (degrees.get(a) ?? 0) + 1);
      degrees.set(b, (degrees.get(b) ?? 0) + 1);
    }
  }
  const most = Math.min(...who.map((a) => degrees.get(a) ?? 0));
  if (most > planFrom || most <= 1) return cheapest;

  const planned = (pairs: readonly Pair[], rounds: number) =>
    longestPlan(planSeed, who.length, pairs, rounds);
  return keepingThePlan(cheapest, {
    most,
    looks: most,
    after: (round, wanted) => planned(without(newPairs, round), wanted).length,
    plan: () => planned(newPairs, most),
    costOf: (round) => [round.reduce((sum, [a, b]) => sum + fitOf(board, a, b), 0)],
  });
}

/**
 * Everybody paired where that is possible, with repeats where they are forced: as few as possible, pairs that
 * met fewer times first, then those who met least recently, then fit. Who must sit out is `left`; those in
 * `waited` sit out last.
 */
export function pairWithRepeats(
  board: Board,
  who: readonly number[],
  waited: ReadonlySet<number> = new Set(),
): Paired {
  const edges: Edge[] = [];
  const levels = levelsFor(board, who);
  for (const [at, a] of who.entries()) {
    for (let to = at + 1; to < who.length; to += 1) {
      const b = who[to] ?? 0;
      if (!isBarred(board, a, b)) edges.push([at, to, repeatCost(board, a, b, levels)]);
    }
  }
  let found = cheapestMatching(edges);
  if (found.length * 2 < who.length && waited.size > 0) {
    // Somebody has to sit out: first of all not those who did before.
    const isWaiting = (at: number) => (waited.has(who[at] ?? -1) ? 0 : 1);
    const perWait = 2 ** 32;
    found = cheapestMatching(
      edges.map(
        ([a, b, cost]): Edge => [
          a,
          b,
          (isWaiting(a) + isWaiting(b)) * perWait + Math.floor(cost / levels.perRepeat) * 2 ** 16,
        ],
      ),
    );
  }
  const pairs = found.map(([a, b]) => [who[a] ?? 0, who[b] ?? 0] as const);
  const placed = new Set(pairs.flat());
  return { pairs, left: who.filter((one) => !placed.has(one)) };
}

const mostTimes = 15;

type Levels = {
  readonly fit: number;
  readonly recency: number;
  readonly perRecency: number;
  readonly perTime: number;
  readonly perRepeat: number;
};

/**
 * The steps of the ladder, each larger than everything below it over a whole round, and all together small
 * enough to be exact. Larger rounds get coarser recency and fit.
 */
function levelsFor(board: Board, who: readonly number[]): Levels {
  const pairs = Math.ceil(who.length / 2);
  for (const [recency, fit] of [
    [Math.max(64, board.round), 256],
    [64, 256],
    [64, 64],
    [32, 16],
    [16, 4],
  ] as const) {
    const perRecency = fit * pairs;
    const perTime = perRecency * recency * pairs;
    const perRepeat = perTime * mostTimes * pairs;
    if (perRepeat * 2 < mostWeight) return { fit, recency, perRecency, perTime, perRepeat };
  }
  throw new Error(`A round of ${who.length} is too large to be paired at once`);
}

function repeatCost(board: Board, a: number, b: number, levels: Levels): number {
  const fit = Math.floor((fitOf(board, a, b) * (levels.fit - 1)) / worstFit);
  const times = timesMet(board, a, b);
  if (times === 0) return fit;
  const age = Math.max(1, board.round - lastMet(board, a, b));
  const recency = Math.floor(
    ((levels.recency - 1) * Math.max(0, board.round - age)) / Math.max(1, board.round),
  );
  return (
    levels.perRepeat + Math.min(times - 1, mostTimes - 1) * levels.perTime + recency * levels.perRecency + fit
  );
}
