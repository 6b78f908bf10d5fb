import type { PartnerId } from '../../../core/ids.ts';

/**
 * Who sits where in one role, and who waits. One organisation stands in one spot at most: it holds a seat, is
 * offered one, or waits. A seat that comes free is offered to the first in line before anybody else may take it.
 */
export type Seating = {
  readonly seats: readonly Seat[];
  /** In order of arrival. */
  readonly line: readonly Waiting[];
  /** How many seats there are to be. More may be held for a while after staff lowered it. */
  readonly mostSeats: number;
  /** How many have ever joined the line, and how many offers were ever made: the last one's number. */
  readonly arrivals: number;
  readonly offers: number;
};

type Seat = {
  /** From 1 on. */
  readonly number: number;
  readonly holder: PartnerId | null;
  /** Beside a holder: the organisation that the holder wants to pass the seat on to. */
  readonly offer: SeatOffer | null;
};

type SeatOffer = { readonly number: number; readonly to: PartnerId };
type Waiting = { readonly partner: PartnerId; readonly arrival: number };

export type SeatAct =
  /** Takes a free seat or accepts the one on offer; else waits for one. */
  | { readonly act: 'take'; readonly partner: PartnerId }
  /** Gives back the seat, declines the offer or leaves the line: whichever it is in. */
  | { readonly act: 'release'; readonly partner: PartnerId }
  | { readonly act: 'accept'; readonly partner: PartnerId; readonly offer: number }
  | { readonly act: 'decline'; readonly partner: PartnerId; readonly offer: number }
  /** The time to accept is over. */
  | { readonly act: 'time-out'; readonly offer: number }
  | { readonly act: 'pass'; readonly partner: PartnerId; readonly to: PartnerId }
  /** The term is over and nobody renewed it. */
  | { readonly act: 'end-term'; readonly partner: PartnerId }
  | { readonly act: 'resize'; readonly mostSeats: number }
  /** The role itself is closed. */
  | { readonly act: 'close' };

export type EndedHow = 'released' | 'passed' | 'ended' | 'closed';
type SettledHow = 'accepted' | 'declined' | 'timed-out' | 'withdrawn';

/** What an act changed, in an order in which it can be written down. */
export type SeatEvent =
  | { readonly event: 'held'; readonly seat: number; readonly partner: PartnerId }
  | { readonly event: 'freed'; readonly seat: number; readonly partner: PartnerId; readonly how: EndedHow }
  | {
      readonly event: 'offered';
      readonly seat: number;
      readonly offer: number;
      readonly partner: PartnerId;
      /** Who passes it on; null for a seat that is free. */
      readonly passedBy: PartnerId | null;
    }
  | {
      readonly event: 'settled';
      readonly seat: number;
      readonly offer: number;
      readonly partner: PartnerId;
      readonly how: SettledHow;
      readonly passedBy: PartnerId | null;
    }
  | { readonly event: 'joined-line'; readonly partner: PartnerId; readonly arrival: number }
  | {
      readonly event: 'left-line';
      readonly partner: PartnerId;
      readonly why: 'own-wish' | 'offered' | 'closed';
    };

export type SeatOutcome =
  | 'holds'
  | 'held-already'
  | 'waits'
  | 'waited-already'
  | 'gave-back'
  | 'declined'
  | 'left-line'
  | 'not-in-it'
  | 'offer-over'
  | 'passing'
  /** Others wait: a seat may not be passed on over their heads. */
  | 'line-comes-first'
  | 'changed';

type Step = {
  readonly seating: Seating;
  readonly outcome: SeatOutcome;
  readonly events: readonly SeatEvent[];
};

/** A role's seating out of what is written down about it. */
export function seatingOf(of: Omit<Seating, 'seats'> & { taken: readonly Seat[] }): Seating {
  const { taken, mostSeats, line, arrivals, offers } = of;
  const free = emptySeats(taken, mostSeats).map((number) => ({ number, holder: null, offer: null }));
  const seats = [...taken, ...free].sort((a, b) => a.number - b.number);
  return { seats, mostSeats, line, arrivals, offers };
}

/** Does one act. Pure: the same seating and act give the same step. */
export function step(seating: Seating, act: SeatAct): Step {
  return offerFreeSeats(change(seating, act));
}

function change(seating: Seating, act: SeatAct): Step {
  switch (act.act) {
    case 'take':
      return take(seating, act.partner);
    case 'release':
      return release(seating, act.partner);
    case 'accept': {
      const seat = seating.seats.find(({ offer }) => offer?.number === act.offer && offer.to === act.partner);
      return seat ? accept(seating, seat) : answerTo(seating, act.partner);
    }
    case 'decline': {
      const seat = seating.seats.find(({ offer }) => offer?.number === act.offer && offer.to === act.partner);
      return seat ? settle(seating, seat, 'declined', 'declined') : nothing(seating, 'offer-over');
    }
    case 'time-out': {
      const seat = seating.seats.find(({ offer }) => offer?.number === act.offer);
      return seat ? settle(seating, seat, 'timed-out', 'changed') : nothing(seating, 'offer-over');
    }
    case 'pass':
      return pass(seating, act.partner, act.to);
    case 'end-term': {
      const seat = seatHeldBy(seating, act.partner);
      return seat ? free(seating, seat, act.partner, 'ended') : nothing(seating, 'not-in-it');
    }
    case 'resize':
      return nothing({ ...seating, mostSeats: act.mostSeats }, 'changed');
    case 'close':
      return close(seating);
    default:
      return act satisfies never;
  }
}

export const seatHeldBy = ({ seats }: Seating, partner: PartnerId) =>
  seats.find(({ holder }) => holder === partner);
export const seatOfferedTo = ({ seats }: Seating, partner: PartnerId) =>
  seats.find(({ offer }) => offer?.to === partner);

/** 1 for the first in line; null for whoever does not wait. */
export function placeInLine({ line }: Seating, partner: PartnerId): number | null {
  const index = line.findIndex((waiting) => waiting.partner === partner);
  return index < 0 ? null : index + 1;
}

const nothing = (seating: Seating, outcome: SeatOutcome): Step => ({ seating, outcome, events: [] });

/** An accept that comes too late or twice: what is so now. */
function answerTo(seating: Seating, partner: PartnerId): Step {
  return nothing(seating, seatHeldBy(seating, partner) ? 'held-already' : 'offer-over');
}

function take(seating: Seating, partner: PartnerId): Step {
  if (seatHeldBy(seating, partner)) return nothing(seating, 'held-already');
  const offered = seatOfferedTo(seating, partner);
  if (offered) return accept(seating, offered);
  if (placeInLine(seating, partner) !== null) return nothing(seating, 'waited-already');
  const seat = seating.seats.find(({ holder, offer }) => holder === null && offer === null);
  if (seat) {
    return {
      seating: withSeat(seating, { ...seat, holder: partner }),
      outcome: 'holds',
      events: [{ event: 'held', seat: seat.number, partner }],
    };
  }
  const arrival = seating.arrivals + 1;
  return {
    seating: { ...seating, arrivals: arrival, line: [...seating.line, { partner, arrival }] },
    outcome: 'waits',
    events: [{ event: 'joined-line', partner, arrival }],
  };
}

function release(seating: Seating, partner: PartnerId): Step {
  const held = seatHeldBy(seating, partner);
  if (held) return free(seating, held, partner, 'released');
  const offered = seatOfferedTo(seating, partner);
  if (offered) return settle(seating, offered, 'declined', 'declined');
  if (placeInLine(seating, partner) === null) return nothing(seating, 'not-in-it');
  return {
    seating: withoutWaiting(seating, partner),
    outcome: 'left-line',
    events: [{ event: 'left-line', partner, why: 'own-wish' }],
  };
}

/** Whoever was to get the seat from its holder stays asked: the seat is theirs for as long as the offer holds. */
function free(seating: Seating, seat: Seat, partner: PartnerId, how: EndedHow): Step {
  return {
    seating: withSeat(seating, { ...seat, holder: null }),
    outcome: 'gave-back',
    events: [{ event: 'freed', seat: seat.number, partner, how }],
  };
}

function accept(seating: Seating, seat: Seat): Step {
  const { offer, holder } = seat;
  if (!offer) return nothing(seating, 'offer-over');
  const events: SeatEvent[] = [settled(seat, offer, 'accepted')];
  if (holder !== null) events.push({ event: 'freed', seat: seat.number, partner: holder, how: 'passed' });
  events.push({ event: 'held', seat: seat.number, partner: offer.to });
  return { seating: withSeat(seating, { ...seat, holder: offer.to, offer: null }), outcome: 'holds', events };
}

function settle(seating: Seating, seat: Seat, how: SettledHow, outcome: SeatOutcome): Step {
  const { offer } = seat;
  if (!offer) return nothing(seating, 'offer-over');
  const events = [settled(seat, offer, how)];
  return { seating: withSeat(seating, { ...seat, offer: null }), outcome, events };
}

const settled = (seat: Seat, offer: SeatOffer, how: SettledHow): SeatEvent => ({
  event: 'settled',
  seat: seat.number,
  offer: offer.number,
  partner: offer.to,
  how,
  passedBy: seat.holder,
});

function pass(seating: Seating, partner: PartnerId, to: PartnerId): Step {
  const seat = seatHeldBy(seating, partner);
  if (!seat) return nothing(seating, 'not-in-it');
  if (partner === to || seatHeldBy(seating, to)) return nothing(seating, 'held-already');
  if (seat.offer?.to === to) return nothing(seating, 'passing');
  if (seatOfferedTo(seating, to)) return nothing(seating, 'waited-already');
  const first = seating.line[0];
  if (first && first.partner !== to) return nothing(seating, 'line-comes-first');
  const number = seating.offers + 1;
  const events: SeatEvent[] = [];
  if (seat.offer) events.push(settled(seat, seat.offer, 'withdrawn'));
  if (first) events.push({ event: 'left-line', partner: to, why: 'offered' });
  events.push({ event: 'offered', seat: seat.number, offer: number, partner: to, passedBy: partner });
  const passing = withSeat(withoutWaiting(seating, to), { ...seat, offer: { number, to } });
  return { seating: { ...passing, offers: number }, outcome: 'passing', events };
}

function close(seating: Seating): Step {
  const events: SeatEvent[] = [];
  for (const seat of seating.seats) {
    if (seat.offer) events.push(settled(seat, seat.offer, 'withdrawn'));
    if (seat.holder !== null)
      events.push({ event: 'freed', seat: seat.number, partner: seat.holder, how: 'closed' });
  }
  for (const { partner } of seating.line) events.push({ event: 'left-line', partner, why: 'closed' });
  return { seating: { ...seating, mostSeats: 0, seats: [], line: [] }, outcome: 'changed', events };
}

/** Brings the number of seats to what it is to be, without taking one from anybody, and offers free ones. */
function offerFreeSeats({ seating, outcome, events }: Step): Step {
  const all = [...events];
  const taken = seating.seats.filter((seat) => !isFree(seat));
  const free = emptySeats(taken, seating.mostSeats);
  const line = [...seating.line];
  let { offers } = seating;
  const seats = [...taken];
  for (const number of free) {
    const first = line.shift();
    if (!first) {
      seats.push({ number, holder: null, offer: null });
      continue;
    }
    offers += 1;
    const partner = first.partner;
    all.push({ event: 'left-line', partner, why: 'offered' });
    all.push({ event: 'offered', seat: number, offer: offers, partner, passedBy: null });
    seats.push({ number, holder: null, offer: { number: offers, to: partner } });
  }
  seats.sort((a, b) => a.number - b.number);
  return { seating: { ...seating, seats, line, offers }, outcome, events: all };
}

const isFree = ({ holder, offer }: Seat) => holder === null && offer === null;

/** The numbers of the seats that stand free: as many as are missing, lowest first. */
function emptySeats(taken: readonly Seat[], mostSeats: number): number[] {
  const used = new Set(taken.map(({ number }) => number));
  const numbers: number[] = [];
  for (let number = 1; used.size + numbers.length < mostSeats; number += 1) {
    if (!used.has(number)) numbers.push(number);
  }
  return numbers;
}

function withSeat(seating: Seating, seat: Seat): Seating {
  return { ...seating, seats: seating.seats.map((each) => (each.number === seat.number ? seat : each)) };
}

function withoutWaiting(seating: Seating, partner: PartnerId): Seating {
  return { ...seating, line: seating.line.filter((waiting) => waiting.partner !== partner) };
}
