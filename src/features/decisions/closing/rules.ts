import type { Ballot } from '../counting/ballots/rules.ts';
import { type QuorumState, quorumState, type Turnout } from '../counting/quorum/rules.ts';
import { type Count, type CountedUnder, count } from '../counting/rules.ts';
import type { Terms } from '../terms/rules.ts';

/** How a decision came to be closed. */
export type ClosedBy = 'deadline' | 'everybody-answered' | 'staff';

/** What stands on the record as the outcome, before anybody puts it in words. */
export type Outcome = {
  readonly ending: Count['ending'] | 'not-quorate' | 'too-few';
  readonly closedBy: ClosedBy;
  readonly voices: number;
  readonly answered: number;
  readonly needed: number;
  readonly shortSectors: QuorumState['shortSectors'];
  /** Left out when the result may not be told. */
  readonly count?: Count;
};

type Cast = {
  readonly terms: Terms;
  readonly ballots: readonly Ballot[];
  readonly turnout: Turnout;
  readonly under: CountedUnder;
  readonly closedBy: ClosedBy;
};

/** Quorum first, then how few an anonymous result may be told for, then the count. */
export function outcomeOf({ terms, ballots, turnout, under, closedBy }: Cast): Outcome {
  const quorum = quorumState(terms.quorum, turnout);
  const known = {
    closedBy,
    voices: turnout.voices,
    answered: turnout.answered,
    needed: quorum.needed,
    shortSectors: quorum.shortSectors,
  };
  if (terms.anonymous && ballots.length < terms.fewest) return { ...known, ending: 'too-few' };
  const counted = count(ballots, under);
  return { ...known, ending: quorum.reached ? counted.ending : 'not-quorate', count: counted };
}

const dayMs = 86_400_000;

/** When a decision without quorum closes after its one extension; null when it has none left. */
export function extendedUntil(
  terms: Terms,
  was: { closesAt: Date; extendedFrom: Date | null },
  now: Date,
): Date | null {
  if (terms.extensionDays === 0 || was.extendedFrom !== null) return null;
  // A worker that comes late must not shorten the extension: it runs from whichever is later.
  const from = Math.max(was.closesAt.getTime(), now.getTime());
  return new Date(from + terms.extensionDays * dayMs);
}
