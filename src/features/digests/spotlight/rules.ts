import type { PartnerId } from '../../../core/ids.ts';

/** What a partner did lately, counted from rows. */
type Activity = {
  readonly announcements: number;
  /** Contacts in which the coalition gave them something. */
  readonly gives: number;
  readonly spotlightAnswers: number;
};

/** "Lately": how far back contributions count. */
export const latelyDays = 90;

/** How much a partner has been heard lately. Every kind of contribution counts the same. */
export function contributionsOf(activity: Activity): number {
  return activity.announcements + activity.gives + activity.spotlightAnswers;
}

export type Candidate = {
  readonly partnerId: PartnerId;
  /** Empty: unknown, which clashes with nothing. */
  readonly sector: string;
  readonly contributions: number;
  readonly joinedAt: Date;
};

/** What became of a partner's turn, oldest first. */
export type PastTurn = {
  readonly partnerId: PartnerId;
  readonly sector: string;
  readonly round: number;
  readonly state: 'shown' | 'declined' | 'postponed' | 'passed' | 'withdrawn';
};

/** A turn put off this often in one round is over for the round: otherwise one partner could stop everybody. */
export const mostPutOff = 2;

type SectorReason = 'mixed' | 'crowded' | 'only-sector' | 'unknown';

export type Pick = {
  readonly candidate: Candidate;
  readonly round: number;
  /** How often they put their turn off in this round. */
  readonly putOff: number;
  readonly sectorReason: SectorReason;
};

/**
 * Whose turn it is, and whose after that: everyone once before anyone twice, those who put off their turn
 * last, sectors mixed, quieter partners first. A round ends when everybody in it had a turn; whoever joins is
 * part of the round that is running.
 *
 * @param excluded partners that cannot have this one turn, because they had their chance at it
 * @param most how many turns to look ahead
 */
export function spotlightOrder(
  candidates: readonly Candidate[],
  past: readonly PastTurn[],
  excluded: ReadonlySet<PartnerId> = new Set(),
  most = 1,
): Pick[] {
  const order: Pick[] = [];
  const sectors = past.filter(({ state }) => state === 'shown').map(({ sector }) => sector);
  let { round, waiting } = runningRound(candidates, past);
  while (order.length < most) {
    // The first pick is for a turn that some had their chance at; those behind it are not.
    const open =
      order.length === 0 ? waiting.filter(({ candidate }) => !excluded.has(candidate.partnerId)) : waiting;
    const picked = pickOne(open, sectors.slice(-2));
    if (!picked) break;
    order.push({ ...picked, round });
    sectors.push(picked.candidate.sector);
    waiting = waiting.filter(({ candidate }) => candidate !== picked.candidate);
    if (waiting.length === 0) {
      if (order.length >= candidates.length) break;
      round += 1;
      waiting = freshRound(candidates, past);
    }
  }
  return order;
}

type Waiting = {
  readonly candidate: Candidate;
  readonly putOff: number;
  /** Which turn was their last, counted from the first of all; -1: none yet. */
  readonly lastShown: number;
};

/** The round that is running, and who has not had their turn in it. */
export function runningRound(
  candidates: readonly Candidate[],
  past: readonly PastTurn[],
): { round: number; waiting: readonly Waiting[] } {
  const round = past.reduce((latest, turn) => Math.max(latest, turn.round), 1);
  const over = new Set<PartnerId>();
  const putOff = new Map<PartnerId, number>();
  for (const turn of past) {
    if (turn.round !== round) continue;
    if (turn.state === 'shown' || turn.state === 'declined') over.add(turn.partnerId);
    if (turn.state === 'postponed' || turn.state === 'passed') {
      const times = (putOff.get(turn.partnerId) ?? 0) + 1;
      putOff.set(turn.partnerId, times);
      if (times >= mostPutOff) over.add(turn.partnerId);
    }
  }
  const everybody = freshRound(candidates, past);
  const waiting = everybody
    .filter(({ candidate }) => !over.has(candidate.partnerId))
    .map((each) => ({ ...each, putOff: putOff.get(each.candidate.partnerId) ?? 0 }));
  if (waiting.length > 0 || candidates.length === 0) return { round, waiting };
  return { round: round + 1, waiting: everybody };
}

function freshRound(candidates: readonly Candidate[], past: readonly PastTurn[]): Waiting[] {
  const lastShown = new Map<PartnerId, number>();
  for (const [index, { partnerId, state }] of past.entries()) {
    if (state === 'shown') lastShown.set(partnerId, index);
  }
  return candidates.map((candidate) => ({
    candidate,
    putOff: 0,
    lastShown: lastShown.get(candidate.partnerId) ?? -1,
  }));
}

/** @param lastSectors the sectors of the last two turns, the latest last */
function pickOne(open: readonly Waiting[], lastSectors: readonly string[]): Omit<Pick, 'round'> | null {
  const least = open.reduce((fewest, { putOff }) => Math.min(fewest, putOff), Number.POSITIVE_INFINITY);
  const tier = open.filter(({ putOff }) => putOff === least);
  const last = lastSectors.at(-1) ?? '';

  const crowded = crowdedSector(tier);
  if (crowded && crowded !== last) {
    return chosen(quietest(tier.filter(({ candidate }) => candidate.sector === crowded)), 'crowded');
  }
  for (const avoided of [lastSectors, lastSectors.slice(-1)]) {
    const free = tier.filter(
      ({ candidate }) => candidate.sector === '' || !avoided.includes(candidate.sector),
    );
    const pick = quietest(free);
    if (pick) return chosen(pick, pick.candidate.sector === '' ? 'unknown' : 'mixed');
  }
  return chosen(quietest(tier), 'only-sector');
}

/** The sector that would have to follow itself later on if one of its partners did not come now. */
function crowdedSector(tier: readonly Waiting[]): string | null {
  const counts = new Map<string, number>();
  for (const { candidate } of tier) counts.set(candidate.sector, (counts.get(candidate.sector) ?? 0) + 1);
  for (const [sector, count] of counts) {
    if (sector !== '' && count > 1 && count > Math.ceil((tier.length - 1) / 2)) return sector;
  }
  return null;
}

/** Fewest contributions first; then whose last turn is longest ago; then who joined first; then by id. */
function quietest(open: readonly Waiting[]): Waiting | null {
  let found: Waiting | null = null;
  for (const each of open) if (!found || comesBefore(each, found)) found = each;
  return found;
}

function comesBefore({ candidate: a, lastShown }: Waiting, { candidate: b, ...other }: Waiting): boolean {
  if (a.contributions !== b.contributions) return a.contributions < b.contributions;
  if (lastShown !== other.lastShown) return lastShown < other.lastShown;
  const joined = a.joinedAt.getTime() - b.joinedAt.getTime();
  return joined !== 0 ? joined < 0 : a.partnerId < b.partnerId;
}

function chosen(picked: Waiting | null, sectorReason: SectorReason): Omit<Pick, 'round'> | null {
  return picked && { candidate: picked.candidate, putOff: picked.putOff, sectorReason };
}

/** What a partner says about itself. Empty: nothing. */
export type Portrait = {
  readonly working: string;
  readonly fits: string;
  readonly needs: string;
  readonly offers: string;
};

export function hasSomething(words: Portrait): boolean {
  return Object.values(words).some((each) => each.trim() !== '');
}

/** asked: no answer yet. approved: in their own words. own-card: they were silent, so the card speaks. */
export type OpenState = 'asked' | 'approved' | 'own-card';

type ToShow =
  | { readonly show: true; readonly words: Portrait }
  /** waiting: the stated deadline is still to come. silent: it has passed, or there is nothing to show. */
  | { readonly show: false; readonly why: 'gone' | 'waiting' | 'silent' };

/** What an open turn contributes to a digest that goes out at an instant. */
export function whatToShow(
  turn: {
    readonly state: OpenState;
    readonly answerBy: Date;
    readonly words: Portrait;
    readonly ownCard: Portrait;
    readonly mayBeShown: boolean;
  },
  whenSilent: 'card' | 'next',
  at: Date,
): ToShow {
  if (!turn.mayBeShown) return { show: false, why: 'gone' };
  if (turn.state === 'approved') return { show: true, words: turn.words };
  if (turn.state === 'asked' && turn.answerBy > at) return { show: false, why: 'waiting' };
  if (turn.state === 'asked' && whenSilent === 'next') return { show: false, why: 'silent' };
  return hasSomething(turn.ownCard) ? { show: true, words: turn.ownCard } : { show: false, why: 'silent' };
}
