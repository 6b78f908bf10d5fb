import type { Rule } from '../terms/rules.ts';
import { abstained, type Ballot, type Mark } from './ballots/rules.ts';
import { consensus, consents, passesShare, stancesOf } from './positions/rules.ts';
import { runOff } from './runoff/rules.ts';
import { choicesOf, type Leader, leaderOf, pointsOf } from './totals/rules.ts';
import { countTransferable, oneVote } from './transferable/rules.ts';

/** What a count comes to, before the quorum is asked. Numbers are decimal text, so that JSON keeps them exact. */
export type Count = {
  readonly ending: 'passed' | 'not-passed' | 'chosen' | 'tied' | 'nobody-chose' | 'heard';
  /** The options that won, in order; for a tie the ones that are level. */
  readonly chosen: readonly number[];
  /** Whether a lot settled anything. */
  readonly byLot: boolean;
  /** Weight or points by position or option, in the order of the card, abstentions last. */
  readonly totals: readonly { readonly key: string; readonly votes: string }[];
  /** Rounds of a run-off or stages of a transferable count, for those who count again by hand. */
  readonly rounds?: readonly { readonly votes: readonly (string | null)[]; readonly note: string }[];
  readonly quota?: string;
};

export type CountedUnder = {
  readonly rule: Rule;
  /** How many options there are; 0 for a proposal. */
  readonly options: number;
  /** The weight of everybody who may vote. */
  readonly electorateWeight: bigint;
  /** For lots. */
  readonly seed: string;
};

/** Counts the ballots under a rule. The order of the ballots makes no difference. */
export function count(ballots: readonly Ballot[], under: CountedUnder): Count {
  const { rule, options, seed } = under;
  const abstain = { key: 'abstain', votes: String(abstained(ballots)) };
  const stances = stancesOf(ballots);
  const stanceTotals = positionsOf(rule).map((key) => ({ key, votes: String(stances[key]) }));
  const onProposal = (ending: Count['ending']): Count => ({
    ending,
    chosen: [],
    byLot: false,
    totals: [...stanceTotals, abstain],
  });
  const byOption = (totals: readonly (bigint | null)[]) => [
    ...totals.map((votes, option) => ({ key: String(option), votes: String(votes ?? 0n) })),
    abstain,
  ];

  switch (rule.rule) {
    case 'consent':
      return onProposal(consents(ballots) ? 'passed' : 'not-passed');
    case 'consensus':
      return onProposal(consensus(ballots, rule.minus) ? 'passed' : 'not-passed');
    case 'share': {
      const { threshold, base } = rule;
      const { electorateWeight } = under;
      const passed = passesShare(ballots, { threshold, base, electorateWeight });
      return onProposal(passed ? 'passed' : 'not-passed');
    }
    case 'advice':
    case 'sense':
      return onProposal('heard');
    case 'plurality': {
      const totals = choicesOf(ballots, options);
      return { ...led(leaderOf(totals, rule.ties, seed)), totals: byOption(totals) };
    }
    case 'score':
    case 'dots': {
      const totals = pointsOf(ballots, options);
      return { ...led(leaderOf(totals, rule.ties, seed)), totals: byOption(totals) };
    }
    case 'runoff': {
      const { rounds, leader } = runOff(ballots, options, rule.ties, seed);
      const drawn = rounds.some((round) => round.byLot);
      const result = led(leader);
      return {
        ...result,
        byLot: result.byLot || drawn,
        totals: byOption(rounds[0]?.votes ?? []),
        rounds: rounds.map(({ votes, defeated }) => ({
          votes: votes.map((each) => (each === null ? null : String(each))),
          note: defeated === null ? 'end' : `defeated ${defeated}`,
        })),
      };
    }
    case 'transferable': {
      const counted = countTransferable(ballots, { candidates: options, seats: rule.seats, seed });
      const first = counted.stages[0]?.votes.map((each) => each / oneVote) ?? [];
      const nobody = !ballots.some(({ mark }) => mark.mark === 'ranking');
      return {
        ending: nobody ? 'nobody-chose' : 'chosen',
        chosen: nobody ? [] : counted.elected,
        byLot: counted.stages.some(({ did }) => did.did !== 'first-preferences' && did.byLot),
        totals: byOption(first),
        quota: String(counted.quota),
        rounds: counted.stages.map(({ did, votes }) => ({
          votes: votes.map(decimal),
          note: did.did === 'first-preferences' ? did.did : `${did.did} ${did.of}`,
        })),
      };
    }
    default:
      return rule satisfies never;
  }
}

function led(leader: Leader): Pick<Count, 'ending' | 'chosen' | 'byLot'> {
  if (leader.found === 'one') return { ending: 'chosen', chosen: [leader.option], byLot: leader.byLot };
  if (leader.found === 'tie') return { ending: 'tied', chosen: leader.options, byLot: false };
  return { ending: 'nobody-chose', chosen: [], byLot: false };
}

/** Hundred-thousandths of a vote as people write them. */
export function decimal(votes: bigint): string {
  const [whole, rest] = [votes / oneVote, votes % oneVote];
  return rest === 0n ? String(whole) : `${whole}.${String(rest).padStart(5, '0')}`;
}

/** What a voice may say to a proposal under each rule; none for rules that choose among options. */
export function positionsOf(rule: Rule) {
  switch (rule.rule) {
    case 'consent':
    case 'consensus':
      return ['yes', 'aside', 'block'] as const;
    case 'share':
    case 'advice':
      return ['yes', 'no'] as const;
    case 'sense':
      return ['yes', 'unsure', 'no'] as const;
    default:
      return [] as const;
  }
}

/** What a ballot must hold under a rule. */
export function markKind(rule: Rule): Mark['mark'] {
  switch (rule.rule) {
    case 'plurality':
      return 'option';
    case 'runoff':
    case 'transferable':
      return 'ranking';
    case 'score':
    case 'dots':
      return 'points';
    default:
      return 'position';
  }
}

/** Whether a mark may stand on a ballot under this rule with this many options. */
export function fits(mark: Mark, rule: Rule, options: number): boolean {
  if (mark.mark === 'abstain') return true;
  if (mark.mark !== markKind(rule)) return false;
  switch (mark.mark) {
    case 'position':
      return (positionsOf(rule) as readonly string[]).includes(mark.position);
    case 'option':
      return mark.option < options;
    case 'ranking':
      return mark.order.every((each) => each < options) && new Set(mark.order).size === mark.order.length;
    case 'points': {
      if (mark.points.length !== options) return false;
      if (rule.rule === 'score') return mark.points.every((each) => each <= rule.most);
      return rule.rule === 'dots' && mark.points.reduce((a, b) => a + b, 0) <= rule.dots;
    }
    default:
      return mark satisfies never;
  }
}
