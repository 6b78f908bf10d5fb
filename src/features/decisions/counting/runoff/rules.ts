import type { Ballot } from '../ballots/rules.ts';
import { drawLot } from '../lot/rules.ts';
import type { Leader, Ties } from '../totals/rules.ts';

/**
 * Ranked choice for one seat: instant-runoff voting as Alaska Statutes 15.15.350(d) describe it. Each round
 * counts every ballot for its highest-ranked continuing option. More than half of the ballots still active
 * elects; otherwise, while more than two options continue, the one with fewest votes is defeated and a new
 * round begins. With two left the greater number elects. A tie for the fewest is settled by lot.
 */
type Round = {
  /** By option; null once it has been defeated. */
  readonly votes: readonly (bigint | null)[];
  /** Ballots that rank no continuing option. */
  readonly exhausted: bigint;
  readonly defeated: number | null;
  readonly byLot: boolean;
};

type Runoff = { readonly rounds: readonly Round[]; readonly leader: Leader };

export function runOff(ballots: readonly Ballot[], options: number, ifTied: Ties, seed: string): Runoff {
  const ranked = ballots.filter((each) => each.mark.mark === 'ranking');
  const continuing = new Set(Array.from({ length: options }, (_, option) => option));
  const rounds: Round[] = [];

  for (;;) {
    const votes: (bigint | null)[] = Array.from({ length: options }, (_, option) =>
      continuing.has(option) ? 0n : null,
    );
    let exhausted = 0n;
    for (const { mark, weight } of ranked) {
      const next = mark.mark === 'ranking' ? mark.order.find((option) => continuing.has(option)) : undefined;
      if (next === undefined) exhausted += weight;
      else votes[next] = (votes[next] ?? 0n) + weight;
    }
    const end = (leader: Leader): Runoff => {
      rounds.push({ votes, exhausted, defeated: null, byLot: false });
      return { rounds, leader };
    };
    const active = votes.reduce<bigint>((total, each) => total + (each ?? 0n), 0n);
    if (active === 0n) return end({ found: 'none' });
    const majority = votes.findIndex((each) => each !== null && each * 2n > active);
    if (majority >= 0) return end({ found: 'one', option: majority, byLot: false });
    if (continuing.size <= 2) {
      // Nobody has more than half of what is active, so the two are level.
      const level = [...continuing];
      if (ifTied === 'undecided') return end({ found: 'tie', options: level });
      return end({ found: 'one', option: drawLot(seed, level), byLot: true });
    }
    const fewest = votes.reduce<bigint>(
      (least, each) => (each !== null && each < least ? each : least),
      active,
    );
    const lowest = [...continuing].filter((option) => votes[option] === fewest);
    const defeated = lowest.length === 1 && lowest[0] !== undefined ? lowest[0] : drawLot(seed, lowest);
    continuing.delete(defeated);
    rounds.push({ votes, exhausted, defeated, byLot: lowest.length > 1 });
  }
}
