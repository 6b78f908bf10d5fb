import { cheapestMatching } from './blossom/rules.ts';
import { type Board, isBarred, makeBoard } from './board/rules.ts';
import type { Organisation, Weights } from './fit/rules.ts';
import { type History, metBefore, pairKey, pairsInside } from './history/rules.ts';
import { groupUp } from './larger/rules.ts';
import { pairAsNew, pairWithRepeats } from './pairs/rules.ts';
import { mixedPair, seedOf, shuffled } from './seeded/rules.ts';
import { pairWithThird } from './third/rules.ts';

/**
 * Who is introduced to whom in one round. Pure and replayable: the same state and seed give the same groups.
 *
 * For pairs, in this order: rules (must not meet, must meet), nobody left out, no repeat while a repeat-free
 * round exists, later rounds kept possible, fit. Forced repeats: as few as can be, spread over pairs, the
 * least recent first.
 */
export type RoundState = {
  readonly organisations: readonly Organisation[];
  readonly history: History;
  /** The ordinal of this round; those in `history` are smaller. */
  readonly round: number;
  readonly seed: string;
  readonly groupSize: number;
  readonly weights: Weights;
  readonly newAgainAfter: number | null;
  readonly mustMeet: readonly (readonly [string, string])[];
  readonly mustNotMeet: readonly (readonly [string, string])[];
  /** Groups that staff fixed: taken as they are. */
  readonly locked: readonly (readonly string[])[];
  /** Who sat out last time goes first; who was one of three lately comes last for that. */
  readonly waited: readonly string[];
  readonly recentThirds: readonly string[];
};

export type DrawnRound = {
  readonly groups: readonly DrawnGroup[];
  readonly sittingOut: readonly string[];
};

type DrawnGroup = {
  readonly ids: readonly string[];
  readonly locked: boolean;
  /** Fixed by a must-meet rule. */
  readonly ruled: boolean;
};

/** More organisations than this are matched in blocks, each exactly. */
const mostAtOnce = 1200;
const blockSize = 500;

export function drawRound(state: RoundState): DrawnRound {
  const taken = new Set(state.locked.flat());
  const lockedGroups = state.locked.map((ids) => ({ ids, locked: true, ruled: false }));
  const ruledPairs = mustPairs(state, taken);
  for (const id of ruledPairs.flat()) taken.add(id);
  const rest = state.organisations.filter(({ id }) => !taken.has(id));
  const ruled = ruledPairs.map((ids) => ({ ids, locked: false, ruled: true }));

  const drawn = rest.length > mostAtOnce ? drawInBlocks(state, rest) : drawTogether(state, rest);
  const groups = drawn.groups.map((ids) => ({ ids, locked: false, ruled: false }));
  const all = [...lockedGroups, ...ruled, ...groups];
  return takingIn(state, all, drawn.left);
}

type Drawn = { readonly groups: readonly (readonly string[])[]; readonly left: readonly string[] };

function drawTogether(state: RoundState, organisations: readonly Organisation[]): Drawn {
  const board = boardOf(state, organisations);
  const who = Array.from({ length: board.n }, (_, index) => index);
  const named = (group: readonly number[]) => group.map((at) => board.ids[at] ?? '');
  if (state.groupSize > 2 && board.n >= 3) return largerGroups(board, who, state.groupSize);
  const at = positions(board);

  if (board.n % 2 === 1 && board.n >= 3) {
    const found = pairWithThird(board, who, at(state.recentThirds));
    if (found) {
      const { pairs, third, joins } = found;
      const groups = pairs.map((pair) => named(isSame(pair, joins) ? [...pair, third] : pair));
      return { groups, left: [] };
    }
  }
  const fresh = pairAsNew(board, who);
  if (fresh) return { groups: fresh.map(named), left: [] };
  const { pairs, left } = pairWithRepeats(board, who, at(state.waited));
  return { groups: pairs.map(named), left: named(left) };
}

function largerGroups(board: Board, who: readonly number[], size: number): Drawn {
  const groups: string[][] = [];
  const left: string[] = [];
  const named = (at: number) => board.ids[at] ?? '';
  for (const group of groupUp(board, who, size)) {
    // A rule that no split kept: whoever is against somebody before them in the group is taken out.
    const kept: number[] = [];
    for (const one of group) {
      if (kept.some((other) => isBarred(board, one, other))) left.push(named(one));
      else kept.push(one);
    }
    if (kept.length > 1) groups.push(kept.map(named));
    else left.push(...kept.map(named));
  }
  return { groups, left };
}

/**
 * Thousands of organisations: seeded blocks of some hundreds, each matched exactly. A block that would need a
 * repeat is put together with another and matched anew, at last with all others: so a repeat is accepted only
 * where the whole leaves no way around it.
 */
function drawInBlocks(state: RoundState, organisations: readonly Organisation[]): Drawn {
  const order = shuffled(seedOf(`${state.seed} blocks`), organisations.length);
  const count = Math.round(organisations.length / blockSize);
  const waiting = Array.from({ length: count }, (_, block) => {
    // Even blocks, so that at most one of them is left with a group of three.
    const from = 2 * Math.floor((block * organisations.length) / (2 * count));
    const to =
      block === count - 1
        ? organisations.length
        : 2 * Math.floor(((block + 1) * organisations.length) / (2 * count));
    return order.slice(from, to).flatMap((at) => organisations[at] ?? []);
  });
  const finished: { block: readonly Organisation[]; drawn: Drawn }[] = [];
  for (let block = waiting.pop(); block; block = waiting.pop()) {
    const drawn = drawTogether(state, block);
    const wanting = drawn.left.length > 0 || drawn.groups.some((group) => isRepeat(state, group));
    const other = wanting ? (waiting.pop() ?? finished.pop()?.block) : undefined;
    if (other) waiting.push([...block, ...other]);
    else finished.push({ block, drawn });
  }
  return {
    groups: finished.flatMap(({ drawn }) => drawn.groups),
    left: finished.flatMap(({ drawn }) => drawn.left),
  };
}

function isRepeat(state: RoundState, group: readonly string[]): boolean {
  return pairsInside(group).some(([a, b]) => {
    const met = metBefore(state.history, a, b);
    return (
      met !== null && (state.newAgainAfter === null || state.round - met.lastRound <= state.newAgainAfter)
    );
  });
}

function boardOf(state: RoundState, organisations: readonly Organisation[]): Board {
  const { history, weights, round, newAgainAfter } = state;
  const seed = seedOf(state.seed);
  return makeBoard({
    organisations,
    history,
    mustNot: state.mustNotMeet,
    weights,
    round,
    seed,
    newAgainAfter,
  });
}

/**
 * Pairs that a rule wants to meet and who have not since: as many at once as possible; the others follow in
 * later rounds.
 */
function mustPairs(state: RoundState, taken: ReadonlySet<string>): (readonly [string, string])[] {
  const ids = state.organisations.map(({ id }) => id).filter((id) => !taken.has(id));
  const position = new Map(ids.map((id, index) => [id, index]));
  const barred = new Set(state.mustNotMeet.map(([a, b]) => pairKey(a, b)));
  const seed = seedOf(state.seed);
  const edges = state.mustMeet.flatMap(([one, other]) => {
    const a = position.get(one);
    const b = position.get(other);
    if (a === undefined || b === undefined || a === b || barred.has(pairKey(one, other))) return [];
    return [[a, b, mixedPair(seed, a, b) % 1024] as const];
  });
  return cheapestMatching(edges).map(([a, b]) => [ids[a] ?? '', ids[b] ?? ''] as const);
}

/** Whoever is left joins the group that suits them best, one to a group, unless a rule keeps them apart. */
function takingIn(state: RoundState, groups: readonly DrawnGroup[], left: readonly string[]): DrawnRound {
  const barred = new Set(state.mustNotMeet.map(([a, b]) => pairKey(a, b)));
  const full = new Set<DrawnGroup>();
  let all = [...groups];
  const sittingOut: string[] = [];
  for (const id of left) {
    const open = all.filter(
      (group) =>
        !group.locked && !full.has(group) && group.ids.every((other) => !barred.has(pairKey(id, other))),
    );
    const cost = (group: DrawnGroup) =>
      group.ids.reduce((sum, other) => sum + (metBefore(state.history, id, other)?.times ?? 0), 0);
    const best = open.reduce<DrawnGroup | null>(
      (found, group) => (found && cost(found) <= cost(group) ? found : group),
      null,
    );
    if (!best) {
      sittingOut.push(id);
      continue;
    }
    const grown = { ...best, ids: [...best.ids, id] };
    full.add(grown);
    all = all.map((group) => (group === best ? grown : group));
  }
  return { groups: all, sittingOut };
}

/** How many pairs of a round are new to each other and how many meet again. */
export function countRepeats(state: RoundState, { groups }: DrawnRound): { fresh: number; again: number } {
  const pairs = groups.flatMap(({ ids }) => pairsInside(ids));
  const again = pairs.filter((pair) => isRepeat(state, pair)).length;
  return { fresh: pairs.length - again, again };
}

function positions(board: Board): (ids: readonly string[]) => Set<number> {
  const at = new Map(board.ids.map((id, index) => [id, index]));
  return (ids) => new Set(ids.flatMap((id) => at.get(id) ?? []));
}

function isSame(one: readonly [number, number], other: readonly [number, number]): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
