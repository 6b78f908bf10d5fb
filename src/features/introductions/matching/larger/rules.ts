import { type Board, fitOf, isBarred, isNew, lastMet, timesMet } from '../board/rules.ts';
import { pairsInside } from '../history/rules.ts';
import { mixed, shuffled } from '../seeded/rules.ts';

/**
 * Groups of three to five. Splitting into such groups at the least cost is NP-hard, so there is no exact
 * method to call: several seeded starts are improved by exchanging people between groups for as long as that
 * helps, every pair inside counted; and a small round is searched through for a split without any repeat
 * before one is accepted that has some.
 */
type Groups = readonly (readonly number[])[];

const starts = 8;
/** Positions the exhaustive search may look at: it is complete up to about twelve organisations. */
const mostSteps = 300_000;
const mostSearched = 15;

const barredCost = 2 ** 46;
const repeatCost = 2 ** 33;
const timeCost = 2 ** 26;
const roundCost = 2 ** 10;

/** How many go into each group: as equal as possible, none smaller than two. */
export function groupSizes(n: number, size: number): number[] {
  const count = Math.max(1, Math.min(Math.floor(n / 2), Math.round(n / size)));
  const sizes = Array.from({ length: count }, (_, index) => Math.floor((n + index) / count));
  return sizes.filter((each) => each >= 2);
}

export function groupUp(board: Board, who: readonly number[], size: number): Groups {
  const sizes = groupSizes(who.length, size);
  let best: number[][] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  const rounds = Math.max(1, Math.min(starts, Math.floor(2000 / Math.max(1, who.length))));
  for (let start = 0; start < rounds && bestCost >= repeatCost / 2; start += 1) {
    const groups = startingGroups(board, who, sizes, start);
    const cost = improve(board, groups);
    if (cost < bestCost) [best, bestCost] = [groups, cost];
  }
  if (bestCost >= repeatCost / 2 && who.length <= mostSearched) {
    const searched = searchNew(board, who, sizes);
    if (searched) return searched;
  }
  return best;
}

/** What a pair costs inside a group; a whole number. */
function pairCost(board: Board, a: number, b: number): number {
  if (isBarred(board, a, b)) return barredCost;
  const times = timesMet(board, a, b);
  const history =
    times === 0
      ? 0
      : repeatCost + Math.min(times - 1, 15) * timeCost + Math.min(lastMet(board, a, b), 2 ** 14) * roundCost;
  return history + fitOf(board, a, b);
}

/** Groups filled one after another, each time with whoever costs that group least. */
function startingGroups(
  board: Board,
  who: readonly number[],
  sizes: readonly number[],
  start: number,
): number[][] {
  const left = new Set(shuffled(mixed(board.seed, 17, start), who.length).map((at) => who[at] ?? 0));
  return sizes.map((size) => {
    const group: number[] = [];
    while (group.length < size && left.size > 0) {
      let best = -1;
      let bestCost = Number.POSITIVE_INFINITY;
      for (const one of left) {
        const cost = costWith(board, one, group, -1);
        if (cost < bestCost) [best, bestCost] = [one, cost];
        if (group.length === 0) break;
      }
      left.delete(best);
      group.push(best);
    }
    return group;
  });
}

/** Exchanges two people of different groups while that makes the whole cheaper. Returns the whole's cost. */
function improve(board: Board, groups: number[][]): number {
  for (let better = true; better; ) {
    better = false;
    for (const [index, one] of groups.entries()) {
      for (const other of groups.slice(index + 1)) {
        for (let at = 0; at < one.length; at += 1) {
          for (let to = 0; to < other.length; to += 1) {
            if (exchange(board, one, at, other, to)) better = true;
          }
        }
      }
    }
  }
  return groups
    .flatMap((group) => pairsInside(group))
    .reduce((sum, [a, b]) => sum + pairCost(board, a, b), 0);
}

function exchange(board: Board, one: number[], at: number, other: number[], to: number): boolean {
  const a = one[at] ?? 0;
  const b = other[to] ?? 0;
  const before = costWith(board, a, one, at) + costWith(board, b, other, to);
  const after = costWith(board, b, one, at) + costWith(board, a, other, to);
  if (after >= before) return false;
  one[at] = b;
  other[to] = a;
  return true;
}

/** What somebody costs with everybody in a group, leaving out one position. */
function costWith(board: Board, who: number, group: readonly number[], except: number): number {
  let cost = 0;
  for (let index = 0; index < group.length; index += 1) {
    if (index !== except) cost += pairCost(board, who, group[index] ?? 0);
  }
  return cost;
}

/** A split in which all are new to each other, by trying all of them; null when there is none, or no time. */
function searchNew(board: Board, who: readonly number[], sizes: readonly number[]): Groups | null {
  let steps = 0;
  const descending = [...sizes].sort((a, b) => b - a);

  function fill(
    done: readonly (readonly number[])[],
    group: readonly number[],
    left: readonly number[],
  ): Groups | null {
    steps += 1;
    if (steps > mostSteps) return null;
    const size = descending[done.length];
    if (size === undefined) return done;
    if (group.length === size) return fill([...done, group], [], left);
    // Within a group people are taken in order, so that each set is tried once.
    const from = group.length === 0 ? 0 : left.findIndex((one) => one > (group.at(-1) ?? -1));
    if (from < 0) return null;
    for (const one of left.slice(from)) {
      if (!group.every((other) => isNew(board, one, other))) continue;
      const found = fill(
        done,
        [...group, one],
        left.filter((other) => other !== one),
      );
      if (found) return found;
      // Sizes are equal from here on: whoever comes first must be in some group, so in this one.
      if (group.length === 0 && descending.at(-1) === size) return null;
    }
    return null;
  }
  return fill(
    [],
    [],
    [...who].sort((a, b) => a - b),
  );
}
