import type { Ballot } from '../ballots/rules.ts';
import { drawLot } from '../lot/rules.ts';

/**
 * Ranked choice for several seats: the single transferable vote of the Scottish Local Government Elections
 * Order 2007 (SSI 2007/42, schedule 1, rules 45 to 52), which is the weighted inclusive Gregory method with
 * the Droop quota. Values are whole hundred-thousandths of a vote, because rule 48(3) calculates to five
 * decimal places "any remainder being ignored".
 */
export const oneVote = 100_000n;

/** Papers that travelled together: equal rankings that arrived at one candidate at one value. */
type Parcel = { readonly order: readonly number[]; readonly papers: bigint; readonly value: bigint };

type Stage = {
  readonly did:
    | { readonly did: 'first-preferences' }
    | { readonly did: 'surplus'; readonly of: number; readonly byLot: boolean }
    | { readonly did: 'exclusion'; readonly of: number; readonly byLot: boolean };
  /** In hundred-thousandths, at the end of the stage. */
  readonly votes: readonly bigint[];
  /** Deemed elected at the end of this stage, in order. */
  readonly elected: readonly number[];
};

type TransferableCount = {
  /** In whole votes. */
  readonly quota: bigint;
  readonly stages: readonly Stage[];
  /** In the order of election. Fewer than the seats only when there are fewer candidates. */
  readonly elected: readonly number[];
};

export function countTransferable(
  ballots: readonly Ballot[],
  { candidates, seats, seed }: { candidates: number; seats: number; seed: string },
): TransferableCount {
  const piles: Parcel[][] = Array.from({ length: candidates }, () => []);
  const continuing = new Set(Array.from({ length: candidates }, (_, candidate) => candidate));
  const elected: number[] = [];
  const surpluses = new Set<number>();
  const stages: Stage[] = [];
  let valid = 0n;

  const transfer = (parcels: readonly Parcel[], carried: (parcel: Parcel) => bigint) => {
    for (const parcel of parcels) {
      const next = parcel.order.find((candidate) => continuing.has(candidate));
      // A paper without a next available preference is not transferable and leaves the count.
      if (next !== undefined) piles[next]?.push({ ...parcel, value: carried(parcel) });
    }
  };

  for (const { mark, weight } of ballots) {
    if (mark.mark !== 'ranking') continue;
    valid += weight;
    piles[mark.order[0] ?? 0]?.push({ order: mark.order, papers: weight, value: oneVote });
  }
  const quota = valid / BigInt(seats + 1) + 1n;
  const credited: bigint[] = piles.map(worth);

  /** Rules 47 and 52(1): who has the quota is elected, and so is whoever is left when seats are left for all. */
  function endStage(did: Stage['did']): boolean {
    const reached = [...continuing].filter((candidate) => (credited[candidate] ?? 0n) >= quota * oneVote);
    const inOrder = reached.sort((a, b) => compare(credited[b] ?? 0n, credited[a] ?? 0n));
    for (const candidate of inOrder) {
      continuing.delete(candidate);
      if ((credited[candidate] ?? 0n) > quota * oneVote) surpluses.add(candidate);
    }
    const now = [...inOrder];
    if (continuing.size + elected.length + now.length <= seats) {
      const rest = [...continuing].sort((a, b) => compare(credited[b] ?? 0n, credited[a] ?? 0n));
      for (const candidate of rest) continuing.delete(candidate);
      now.push(...rest);
    }
    elected.push(...now);
    stages.push({ did, votes: [...credited], elected: now });
    return elected.length >= seats || continuing.size === 0;
  }

  /** Rules 49 and 51: the tie is settled by the latest earlier stage that tells the tied apart, else by lot. */
  function settle(tied: readonly number[], highest: boolean): { candidate: number; byLot: boolean } {
    let left = [...tied];
    for (let index = stages.length - 1; index >= 0 && left.length > 1; index -= 1) {
      const votes = left.map((candidate) => stages[index]?.votes[candidate] ?? 0n);
      const [best] = votes.sort((a, b) => (highest ? compare(b, a) : compare(a, b)));
      left = left.filter((candidate) => (stages[index]?.votes[candidate] ?? 0n) === best);
    }
    const [only] = left;
    if (left.length === 1 && only !== undefined) return { candidate: only, byLot: false };
    return { candidate: drawLot(seed, left), byLot: true };
  }

  let finished = endStage({ did: 'first-preferences' });
  while (!finished) {
    const [most] = [...surpluses].map((candidate) => credited[candidate] ?? 0n).sort((a, b) => compare(b, a));
    if (most !== undefined) {
      const { candidate, byLot } = settle(
        [...surpluses].filter((each) => credited[each] === most),
        true,
      );
      const surplus = most - quota * oneVote;
      surpluses.delete(candidate);
      transfer(piles[candidate] ?? [], ({ value }) => (surplus * value) / most);
      piles[candidate] = [];
      for (const each of continuing) credited[each] = worth(piles[each] ?? []);
      credited[candidate] = quota * oneVote;
      finished = endStage({ did: 'surplus', of: candidate, byLot });
      continue;
    }
    const [fewest = 0n] = [...continuing].map((candidate) => credited[candidate] ?? 0n).sort(compare);
    const { candidate, byLot } = settle(
      [...continuing].filter((each) => credited[each] === fewest),
      false,
    );
    continuing.delete(candidate);
    transfer(piles[candidate] ?? [], ({ value }) => value);
    piles[candidate] = [];
    for (const each of [...continuing, candidate]) credited[each] = worth(piles[each] ?? []);
    finished = endStage({ did: 'exclusion', of: candidate, byLot });
  }
  return { quota, stages, elected: elected.slice(0, seats) };
}

function worth(parcels: readonly Parcel[]): bigint {
  return parcels.reduce((total, { papers, value }) => total + papers * value, 0n);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
