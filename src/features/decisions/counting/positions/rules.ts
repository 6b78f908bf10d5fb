import { abstained, type Ballot, type Position } from '../ballots/rules.ts';
import { reaches, type Threshold } from '../fraction/rules.ts';

/** How much weight stands behind each position. */
type Stances = Readonly<Record<Position | 'abstain', bigint>>;

export function stancesOf(ballots: readonly Ballot[]): Stances {
  const stances = { yes: 0n, aside: 0n, unsure: 0n, no: 0n, block: 0n, abstain: abstained(ballots) };
  for (const { mark, weight } of ballots) {
    if (mark.mark === 'position') stances[mark.position] += weight;
  }
  return stances;
}

/** Consent: passes unless somebody objects. Standing aside, abstaining and silence are no objection. */
export function consents(ballots: readonly Ballot[]): boolean {
  return !ballots.some(({ mark }) => mark.mark === 'position' && mark.position === 'block');
}

/**
 * Consensus minus n: passes when somebody agrees and at most n voices block. A block is a voice, whatever its
 * weight. Standing aside and abstaining are neither.
 */
export function consensus(ballots: readonly Ballot[], minus: number): boolean {
  const said = (position: Position) =>
    ballots.filter(({ mark }) => mark.mark === 'position' && mark.position === position).length;
  return said('yes') > 0 && said('block') <= minus;
}

/** What a share is a share of: those who said yes or no, all who answered, or everybody who may vote. */
export const bases = ['yes-and-no', 'answers', 'electorate'] as const;
export type Base = (typeof bases)[number];

export function passesShare(
  ballots: readonly Ballot[],
  { threshold, base, electorateWeight }: { threshold: Threshold; base: Base; electorateWeight: bigint },
): boolean {
  const { yes, no, abstain } = stancesOf(ballots);
  const whole = base === 'yes-and-no' ? yes + no : base === 'answers' ? yes + no + abstain : electorateWeight;
  return yes > 0n && reaches(yes, whole, threshold);
}
