import type { CoalitionId, PartnerId } from '../../../core/ids.ts';
import type { Group } from '../groups/rules.ts';
import type { History } from '../matching/history/rules.ts';
import { type DrawnRound, drawRound } from '../matching/rules.ts';
import { absenceOf, avoidedPairs, type Candidate, organisationOf, representatives } from '../people/rules.ts';
import type { Programme } from '../programme/rules.ts';

/** Kinds of timers; public names, never reused. */
export const headsUpKind = 'introductions.heads-up';
export const drawKind = 'introductions.draw';
export const sendKind = 'introductions.send';
/** The one programme of a coalition, as the subject of its timers. */
export const programmeSubject = 'programme';

type Proposal = {
  readonly groups: readonly { readonly members: readonly Candidate[]; readonly ruled: boolean }[];
  readonly sittingOut: readonly Candidate[];
};

export type ProposalState = {
  readonly coalitionId: CoalitionId;
  readonly programme: Programme;
  readonly candidates: readonly Candidate[];
  readonly history: History;
  readonly rules: readonly {
    readonly kind: 'must' | 'must-not';
    readonly oneId: PartnerId;
    readonly otherId: PartnerId;
    readonly done: boolean;
  }[];
  /** Groups that stay as they are. */
  readonly locked: readonly Group[];
  readonly waited: readonly PartnerId[];
  readonly recentThirds: readonly PartnerId[];
  readonly round: { readonly number: number; readonly draw: number; readonly sendAt: Date };
};

/** Those who can be introduced when the round goes out, one for each partner, without those in locked groups. */
export function takingPart(state: ProposalState): Candidate[] {
  const placed = new Set(state.locked.flatMap(({ seats }) => seats.map(({ partner }) => partner.id)));
  const present = state.candidates.filter(
    (one) => absenceOf(one, state.programme, state.round.sendAt) === null && !placed.has(one.partner.id),
  );
  return [...representatives(present).values()];
}

/** Who is to be introduced to whom. The same state gives the same proposal; `draw` makes it another. */
export function propose(state: ProposalState): Proposal {
  const present = takingPart(state);
  const byPartner = new Map(present.map((one) => [one.partner.id as string, one]));
  const pairs = (kind: 'must' | 'must-not') =>
    state.rules
      .filter((rule) => rule.kind === kind && !rule.done)
      .map(({ oneId, otherId }) => [oneId, otherId] as const);
  const drawn = drawRound({
    organisations: present.map((one) => organisationOf(one, state.round.sendAt)),
    history: state.history,
    round: state.round.number,
    seed: `${state.coalitionId} ${state.round.number} ${state.round.draw}`,
    groupSize: state.programme.groupSize,
    weights: state.programme.weights,
    newAgainAfter: state.programme.newAgainAfter,
    mustMeet: pairs('must'),
    mustNotMeet: [...pairs('must-not'), ...avoidedPairs(present)],
    locked: [],
    waited: state.waited,
    recentThirds: state.recentThirds,
  });
  return proposalOf(drawn, byPartner);
}

function proposalOf(drawn: DrawnRound, byPartner: ReadonlyMap<string, Candidate>): Proposal {
  const found = (ids: readonly string[]) => ids.flatMap((id) => byPartner.get(id) ?? []);
  return {
    groups: drawn.groups.map(({ ids, ruled }) => ({ members: found(ids), ruled })),
    sittingOut: found(drawn.sittingOut),
  };
}
