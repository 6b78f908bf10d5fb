import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PartnerId } from '../../../src/core/ids.ts';
import {
  placeInLine,
  type SeatAct,
  type Seating,
  seatHeldBy,
  seatingOf,
  seatOfferedTo,
  step,
} from '../../../src/features/roles/seats/rules.ts';

const partner = (name: string) => name as PartnerId;
const partners = ['ada', 'bo', 'cy', 'di', 'ed', 'flo'].map(partner);

const emptyRole = (mostSeats: number) =>
  seatingOf({ taken: [], line: [], mostSeats, arrivals: 0, offers: 0 });
const take = (name: string): SeatAct => ({ act: 'take', partner: partner(name) });
const release = (name: string): SeatAct => ({ act: 'release', partner: partner(name) });

function after(seating: Seating, ...acts: SeatAct[]): Seating {
  return acts.reduce((at, act) => step(at, act).seating, seating);
}

test('the first takes the seat and the next two wait in the order in which they came', () => {
  const at = after(emptyRole(1), take('ada'), take('bo'), take('cy'));
  expect(seatHeldBy(at, partner('ada'))?.number).toBe(1);
  expect(placeInLine(at, partner('bo'))).toBe(1);
  expect(placeInLine(at, partner('cy'))).toBe(2);
});

test('a freed seat is offered to the first in line, who does not hold it until they accept', () => {
  const at = after(emptyRole(1), take('ada'), take('bo'), release('ada'));
  expect(seatHeldBy(at, partner('bo'))).toBeUndefined();
  expect(seatOfferedTo(at, partner('bo'))?.offer?.number).toBe(1);
  const late = step(at, take('cy'));
  expect(late.outcome).toBe('waits');
  const accepted = step(at, { act: 'accept', partner: partner('bo'), offer: 1 });
  expect(accepted.outcome).toBe('holds');
});

test('an offer nobody answers goes to the next, and an answer after that changes nothing', () => {
  const at = after(emptyRole(1), take('ada'), take('bo'), take('cy'), release('ada'));
  const lapsed = step(at, { act: 'time-out', offer: 1 });
  expect(seatOfferedTo(lapsed.seating, partner('cy'))?.offer?.number).toBe(2);
  expect(step(lapsed.seating, { act: 'accept', partner: partner('bo'), offer: 1 }).outcome).toBe(
    'offer-over',
  );
  expect(step(lapsed.seating, { act: 'time-out', offer: 1 }).events).toEqual([]);
});

test('a seat may be passed on where nobody waits, and stays with its holder until the other accepts', () => {
  const at = after(emptyRole(1), take('ada'));
  const passing = step(at, { act: 'pass', partner: partner('ada'), to: partner('bo') });
  expect(passing.outcome).toBe('passing');
  expect(seatHeldBy(passing.seating, partner('ada'))).toBeDefined();
  const declined = step(passing.seating, { act: 'decline', partner: partner('bo'), offer: 1 });
  expect(seatHeldBy(declined.seating, partner('ada'))).toBeDefined();
  const accepted = step(passing.seating, { act: 'accept', partner: partner('bo'), offer: 1 });
  expect(seatHeldBy(accepted.seating, partner('bo'))?.number).toBe(1);
  expect(seatHeldBy(accepted.seating, partner('ada'))).toBeUndefined();
});

test('nobody is passed over: with others waiting a seat can only be passed to the first of them', () => {
  const at = after(emptyRole(1), take('ada'), take('bo'));
  const over = step(at, { act: 'pass', partner: partner('ada'), to: partner('cy') });
  expect(over.outcome).toBe('line-comes-first');
  expect(step(at, { act: 'pass', partner: partner('ada'), to: partner('bo') }).outcome).toBe('passing');
});

test('fewer seats take none away from who sits, and more seats are offered to who waits', () => {
  const two = after(emptyRole(2), take('ada'), take('bo'), take('cy'));
  const fewer = step(two, { act: 'resize', mostSeats: 1 }).seating;
  expect(seatHeldBy(fewer, partner('bo'))).toBeDefined();
  const back = step(fewer, release('ada')).seating;
  expect(back.seats).toHaveLength(1);
  expect(placeInLine(back, partner('cy'))).toBe(1);
  const more = step(two, { act: 'resize', mostSeats: 3 }).seating;
  expect(seatOfferedTo(more, partner('cy'))?.number).toBe(3);
});

const anyone = fc.constantFrom(...partners);
const anyOffer = fc.integer({ min: 1, max: 12 });
const anyAct: fc.Arbitrary<SeatAct> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('take' as const), partner: anyone }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('release' as const), partner: anyone }) },
  fc.record({ act: fc.constant('accept' as const), partner: anyone, offer: anyOffer }),
  fc.record({ act: fc.constant('decline' as const), partner: anyone, offer: anyOffer }),
  fc.record({ act: fc.constant('time-out' as const), offer: anyOffer }),
  fc.record({ act: fc.constant('pass' as const), partner: anyone, to: anyone }),
  fc.record({ act: fc.constant('end-term' as const), partner: anyone }),
  fc.record({ act: fc.constant('resize' as const), mostSeats: fc.integer({ min: 1, max: 4 }) }),
);

/** Where each organisation stands; one that stands twice is a seat doubled. */
function spots({ seats, line }: Seating): PartnerId[] {
  const seated = seats.flatMap(({ holder, offer }) => [holder, offer?.to ?? null]);
  return [...seated, ...line.map((waiting) => waiting.partner)].filter((spot) => spot !== null);
}

test('whatever happens in whatever order, no seat is lost, none is doubled and the line keeps its order', () => {
  const seen = { offers: 0, lines: 0 };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.array(anyAct, { minLength: 5, maxLength: 60 }),
      (mostSeats, acts) => {
        let at = emptyRole(mostSeats);
        for (const act of acts) {
          const { seating, events } = step(at, act);
          const taken = seating.seats.filter(({ holder, offer }) => holder !== null || offer !== null);
          expect(seating.seats).toHaveLength(Math.max(seating.mostSeats, taken.length));
          expect(new Set(seating.seats.map(({ number }) => number)).size).toBe(seating.seats.length);
          expect(new Set(spots(seating)).size).toBe(spots(seating).length);

          const arrivals = seating.line.map(({ arrival }) => arrival);
          expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
          if (taken.length < seating.seats.length) expect(seating.line).toEqual([]);

          // Who waited before and waits still has the same ones before them, less those who left.
          const still = at.line.filter((before) =>
            seating.line.some((now) => now.arrival === before.arrival),
          );
          expect(seating.line.slice(0, still.length)).toEqual(still);

          const offered = events.filter((event) => event.event === 'offered' && event.passedBy === null);
          const gone = events.filter((event) => event.event === 'left-line' && event.why === 'own-wish');
          const expected = at.line.filter((each) => !gone.some((left) => left.partner === each.partner));
          const passed = events.some((event) => event.event === 'offered' && event.passedBy !== null);
          if (!passed) {
            const inTurn = expected.slice(0, offered.length).map((each) => each.partner);
            expect(offered.map((event) => event.partner)).toEqual(inTurn);
          }
          seen.offers += offered.length;
          seen.lines += seating.line.length > 1 ? 1 : 0;
          at = seating;
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(seen.offers).toBeGreaterThan(100);
  expect(seen.lines).toBeGreaterThan(100);
});

test('the events alone rebuild who sits and who waits', () => {
  fc.assert(
    fc.property(fc.array(anyAct, { minLength: 5, maxLength: 60 }), (acts) => {
      let at = emptyRole(2);
      const holders = new Map<number, PartnerId>();
      const offers = new Map<number, PartnerId>();
      const line: PartnerId[] = [];
      for (const act of acts) {
        const { seating, events } = step(at, act);
        for (const event of events) {
          if (event.event === 'held') {
            expect(holders.has(event.seat)).toBe(false);
            holders.set(event.seat, event.partner);
          }
          if (event.event === 'freed') {
            expect(holders.get(event.seat)).toBe(event.partner);
            holders.delete(event.seat);
          }
          if (event.event === 'offered') {
            expect(offers.has(event.seat)).toBe(false);
            offers.set(event.seat, event.partner);
          }
          if (event.event === 'settled') {
            expect(offers.get(event.seat)).toBe(event.partner);
            offers.delete(event.seat);
          }
          if (event.event === 'joined-line') line.push(event.partner);
          if (event.event === 'left-line') line.splice(line.indexOf(event.partner), 1);
        }
        const seated = seating.seats.filter(({ holder }) => holder !== null);
        expect([...holders].sort()).toEqual(seated.map(({ number, holder }) => [number, holder]).sort());
        expect(line).toEqual(seating.line.map((waiting) => waiting.partner));
        at = seating;
      }
    }),
  );
});
