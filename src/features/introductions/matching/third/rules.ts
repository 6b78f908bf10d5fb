import type { Pair } from '../blossom/rules.ts';
import { type Board, fitOf, isBarred, isNew, lastMet, timesMet } from '../board/rules.ts';
import { worstFit } from '../fit/rules.ts';
import { compare, keepingThePlan, planSeed } from '../keeping/rules.ts';
import { longestOddPlan, mostOddRounds, type OddRound, pairsOf, type Three } from '../odd-plan/rules.ts';
import { pairAsNew, pairWithRepeats } from '../pairs/rules.ts';
import { without } from '../plan/rules.ts';
import { mixed } from '../seeded/rules.ts';

/**
 * An odd round: everybody is paired and one joins a pair, chosen by the same history as pairs are. Whoever
 * joins must be new to both; to find out whether that is possible, pairs inside somebody's circle of new
 * partners are favoured, and one matching per candidate proves it or rules them out.
 */
type WithThird = { readonly pairs: readonly Pair[]; readonly third: number; readonly joins: Pair };

/** Up to this many organisations every group of three is tried when a repeat is forced. */
const mostExhaustive = 15;
/** Pairs looked at, over all candidates, when a repeat is forced in a larger round. */
const mostWork = 1_500_000;

/** @param recentThirds who was in a group of three lately: they come last */
export function pairWithThird(
  board: Board,
  who: readonly number[],
  recentThirds: ReadonlySet<number>,
): WithThird | null {
  const newPartners = countNew(board, who);
  const candidates = inTurn(board, who, newPartners, recentThirds);
  // Three at once use up two new partners each: those who have the most left can best afford it.
  const most = who.length * worstFit * 2;
  const left = ([a, b]: Pair) => (newPartners.get(a) ?? 0) + (newPartners.get(b) ?? 0);
  for (const third of candidates) {
    const rest = who.filter((one) => one !== third);
    // Favouring nobody: pairs alone would be planned to their own end, and these rounds have another one.
    const plain = pairAsNew(board, rest, () => true);
    const inside = (a: number, b: number) => isNew(board, a, third) && isNew(board, b, third);
    const found = plain && (joining(plain, inside) ? plain : pairAsNew(board, rest, inside));
    const fitting = found?.filter(([a, b]) => inside(a, b)) ?? [];
    const joins = cheapest(
      fitting,
      (pair) => fitOf(board, pair[0], third) + fitOf(board, pair[1], third) - left(pair) * most,
    );
    if (found && joins) return keptInPlan(board, who, { pairs: found, third, joins }, recentThirds);
  }
  return who.length <= mostExhaustive
    ? leastRepeating(board, who, candidates)
    : fewRepeats(board, who, candidates);
}

/** Rounds of a plan that are looked at. */
const mostLooks = 4;

/** A round of the plan spares whoever was one of three lately; then fit decides. */
function keptInPlan(
  board: Board,
  who: readonly number[],
  cheapest: WithThird,
  recentThirds: ReadonlySet<number>,
): WithThird {
  const n = who.length;
  const newPairs = who.flatMap((a, at) =>
    who.flatMap((b, to): Pair[] => (to > at && isNew(board, a, b) ? [[at, to]] : [])),
  );
  const position = new Map(who.map((one, at) => [one, at]));
  const at = (one: number) => position.get(one) ?? 0;
  const threeOf = ({ third, joins }: WithThird) => [third, ...joins].map(at).sort((a, b) => a - b);
  const cheapestRound: OddRound = {
    three: threeOf(cheapest) as unknown as Three,
    pairs: cheapest.pairs
      .filter((pair) => pair !== cheapest.joins)
      .map(([a, b]): Pair => [Math.min(at(a), at(b)), Math.max(at(a), at(b))]),
  };
  const one = (place: number) => who[place] ?? 0;
  const kept = keepingThePlan(cheapestRound, {
    most: mostOddRounds(n, newPairs),
    looks: mostLooks,
    after: (round) => longestOddPlan(planSeed, n, without(newPairs, pairsOf(round)))?.length ?? null,
    plan: () => longestOddPlan(planSeed, n, newPairs),
    costOf: (round) => [
      round.three.filter((place) => recentThirds.has(one(place))).length,
      pairsOf(round).reduce((sum, [a, b]) => sum + fitOf(board, one(a), one(b)), 0),
    ],
  });
  if (kept === cheapestRound) return cheapest;
  const [a, b, third] = kept.three;
  const joins: Pair = [one(a), one(b)];
  const pairs = kept.pairs.map(([c, d]): Pair => [one(c), one(d)]);
  return { pairs: [...pairs, joins], third: one(third), joins };
}

function countNew(board: Board, who: readonly number[]): Map<number, number> {
  return new Map(
    who.map((one) => [one, who.filter((other) => other !== one && isNew(board, one, other)).length]),
  );
}

/** Those with the most new partners first; those who were one of three lately are spared. */
function inTurn(
  board: Board,
  who: readonly number[],
  newPartners: ReadonlyMap<number, number>,
  recentThirds: ReadonlySet<number>,
): number[] {
  const rank = (one: number) => [
    recentThirds.has(one) ? 1 : 0,
    -(newPartners.get(one) ?? 0),
    mixed(board.seed, one, 3),
  ];
  return [...who].sort((a, b) => compare(rank(a), rank(b)));
}

/** Every group of three with the best rest: exact, for small rounds. */
function leastRepeating(
  board: Board,
  who: readonly number[],
  candidates: readonly number[],
): WithThird | null {
  let best: { found: WithThird; cost: readonly number[] } | null = null;
  for (const third of candidates) {
    for (const [at, a] of who.entries()) {
      for (const b of who.slice(at + 1)) {
        if (a === third || b === third || [a, b].some((one) => isBarred(board, one, third))) continue;
        if (isBarred(board, a, b)) continue;
        const rest = who.filter((one) => one !== third && one !== a && one !== b);
        const paired = pairWithRepeats(board, rest);
        if (paired.left.length > 0) continue;
        const joins: Pair = [a, b];
        const found = { pairs: [...paired.pairs, joins], third, joins };
        const cost = historyCost(board, found);
        if (!best || compare(cost, best.cost) < 0) best = { found, cost };
      }
    }
  }
  return best?.found ?? null;
}

/** For each candidate the best pairs, then the best pair to join. */
function fewRepeats(board: Board, who: readonly number[], candidates: readonly number[]): WithThird | null {
  let best: { found: WithThird; cost: readonly number[] } | null = null;
  const mostCandidates = Math.max(3, Math.floor(mostWork / (who.length * who.length)));
  for (const third of candidates.slice(0, mostCandidates)) {
    const rest = who.filter((one) => one !== third);
    const { pairs, left } = pairWithRepeats(board, rest);
    if (left.length > 0) continue;
    const open = pairs.filter(([a, b]) => !isBarred(board, a, third) && !isBarred(board, b, third));
    for (const joins of open) {
      const found = { pairs, third, joins };
      const cost = historyCost(board, found);
      if (!best || compare(cost, best.cost) < 0) best = { found, cost };
    }
  }
  return best?.found ?? null;
}

/** Repeats, how often those met before, how lately, fit: compared in this order. */
function historyCost(board: Board, { pairs, third, joins }: WithThird): readonly number[] {
  const all: Pair[] = [...pairs, [joins[0], third], [joins[1], third]];
  const repeats = all.filter(([a, b]) => timesMet(board, a, b) > 0);
  const sum = (of: (a: number, b: number) => number, over: readonly Pair[]) =>
    over.reduce((total, [a, b]) => total + of(a, b), 0);
  return [
    repeats.length,
    sum((a, b) => timesMet(board, a, b), repeats),
    sum((a, b) => lastMet(board, a, b), repeats),
    sum((a, b) => fitOf(board, a, b), all),
  ];
}

function joining(pairs: readonly Pair[], inside: (a: number, b: number) => boolean): boolean {
  return pairs.some(([a, b]) => inside(a, b));
}

function cheapest(pairs: readonly Pair[], costOf: (pair: Pair) => number): Pair | null {
  let best: Pair | null = null;
  for (const pair of pairs) if (!best || costOf(pair) < costOf(best)) best = pair;
  return best;
}
