import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PartnerId } from '../../../src/core/ids.ts';
import {
  type Candidate,
  mostPutOff,
  type PastTurn,
  runningRound,
  spotlightOrder,
} from '../../../src/features/digests/spotlight/rules.ts';

const candidate = (name: string, sector = '', contributions = 0): Candidate => ({
  partnerId: name as PartnerId,
  sector,
  contributions,
  joinedAt: new Date(0),
});

const shownTurn = ({ partnerId, sector }: Candidate, round: number): PastTurn => ({
  partnerId,
  sector,
  round,
  state: 'shown',
});

const anyCandidates = fc
  .uniqueArray(
    fc.record({
      name: fc.integer({ min: 0, max: 30 }).map((each) => `p${each}`),
      sector: fc.constantFrom('', 'food', 'health', 'schools'),
      contributions: fc.integer({ min: 0, max: 4 }),
    }),
    { selector: ({ name }) => name, minLength: 1, maxLength: 14 },
  )
  .map((all) => all.map(({ name, sector, contributions }) => candidate(name, sector, contributions)));

/** What may happen from one week to the next. */
const anyWeek = fc.record({
  answer: fc.constantFrom('shown', 'shown', 'shown', 'declined', 'postponed', 'passed', 'withdrawn'),
  joins: fc.option(fc.integer({ min: 100, max: 104 }), { nil: null }),
  leaves: fc.option(fc.nat({ max: 13 }), { nil: null }),
});

test('whoever joins, leaves, declines or puts off, nobody is shown twice while another waits for a turn', () => {
  fc.assert(
    fc.property(anyCandidates, fc.array(anyWeek, { maxLength: 60 }), (start, weeks) => {
      let here = [...start];
      const past: PastTurn[] = [];
      /** Who still waited in the round when a partner was shown: they come before that partner again. */
      const since = new Map<PartnerId, { waiting: Set<PartnerId> }>();
      for (const { answer, joins, leaves } of weeks) {
        if (leaves !== null) {
          const gone = here[leaves % Math.max(1, here.length)];
          here = here.filter((each) => each !== gone);
          if (gone) for (const { waiting } of since.values()) waiting.delete(gone.partnerId);
          if (gone) since.delete(gone.partnerId);
        }
        const newcomer = joins === null ? null : candidate(`p${joins}`, 'food');
        if (newcomer && !here.some(({ partnerId }) => partnerId === newcomer.partnerId)) here.push(newcomer);
        const [pick] = spotlightOrder(here, past);
        if (!pick) {
          expect(here).toEqual([]);
          continue;
        }
        const { partnerId, sector } = pick.candidate;
        const state = answer as PastTurn['state'];
        past.push({ partnerId, sector, round: pick.round, state });
        const putOff = past.filter(
          (turn) =>
            turn.partnerId === partnerId &&
            turn.round === pick.round &&
            (turn.state === 'postponed' || turn.state === 'passed'),
        ).length;
        const hadTurn = state === 'shown' || state === 'declined' || putOff >= mostPutOff;
        if (hadTurn) for (const { waiting } of since.values()) waiting.delete(partnerId);
        if (state !== 'shown') continue;
        expect([...(since.get(partnerId)?.waiting ?? [])]).toEqual([]);
        const { round, waiting } = runningRound(here, past);
        // When the round is over, everybody has had a turn and nobody waits.
        const others = round === pick.round ? waiting.map((each) => each.candidate.partnerId) : [];
        since.set(partnerId, { waiting: new Set(others) });
      }
    }),
  );
});

test('a whole round shows everybody exactly once', () => {
  fc.assert(
    fc.property(anyCandidates, (all) => {
      const order = spotlightOrder(all, [], new Set(), all.length);
      expect(new Set(order.map((pick) => pick.candidate.partnerId)).size).toBe(all.length);
      expect(order.every((pick) => pick.round === 1)).toBe(true);
    }),
  );
});

test('no sector follows itself in a round in which that can be avoided', () => {
  fc.assert(
    fc.property(anyCandidates, (mixed) => {
      const all = mixed.map((each) => ({ ...each, sector: each.sector || 'elders' }));
      const counts = new Map<string, number>();
      for (const { sector } of all) counts.set(sector, (counts.get(sector) ?? 0) + 1);
      const avoidable = Math.max(...counts.values()) <= Math.ceil(all.length / 2);
      const sectors = spotlightOrder(all, [], new Set(), all.length).map((pick) => pick.candidate.sector);
      const repeats = sectors.filter((sector, index) => index > 0 && sector === sectors[index - 1]).length;
      if (avoidable) expect(repeats).toBe(0);
    }),
  );
});

test('within one sector quieter partners come first', () => {
  fc.assert(
    fc.property(anyCandidates, (all) => {
      const order = spotlightOrder(all, [], new Set(), all.length).map((pick) => pick.candidate);
      for (const sector of ['', 'food', 'health', 'schools']) {
        const heard = order.filter((each) => each.sector === sector).map((each) => each.contributions);
        expect(heard).toEqual([...heard].sort((a, b) => a - b));
      }
    }),
  );
});

test('the order is the same whatever order the partners are read in', () => {
  fc.assert(
    fc.property(anyCandidates, fc.integer(), (all, seed) => {
      const shuffled = [...all].sort((a, b) => (hash(a.partnerId, seed) < hash(b.partnerId, seed) ? -1 : 1));
      const names = (of: readonly Candidate[]) =>
        spotlightOrder(of, [], new Set(), 10).map((pick) => pick.candidate.partnerId);
      expect(names(shuffled)).toEqual(names(all));
    }),
  );
});

test('the quietest comes first, unless its sector was just shown', () => {
  const [quiet, loud] = [candidate('quiet', 'food', 0), candidate('loud', 'health', 3)];
  const earlier = candidate('earlier', 'food');
  expect(spotlightOrder([loud, quiet], [])[0]?.candidate).toBe(quiet);
  const all = [earlier, loud, quiet];
  expect(spotlightOrder(all, [shownTurn(earlier, 1)])[0]?.candidate).toBe(loud);
});

test('a crowded sector starts early, so that it need not follow itself', () => {
  const all = [candidate('b1', 'health', 0), candidate('a1', 'food', 2), candidate('a2', 'food', 2)];
  const order = spotlightOrder(all, [], new Set(), 3);
  expect(order.map((pick) => pick.candidate.sector)).toEqual(['food', 'health', 'food']);
  expect(order[0]?.sectorReason).toBe('crowded');
});

test('among equals, whose last turn is longest ago comes first in the next round', () => {
  const [a, b, c] = [candidate('a'), candidate('b'), candidate('c')];
  const past = [b, c, a].map((each) => shownTurn(each, 1));
  const order = spotlightOrder([a, b, c], past, new Set(), 3);
  expect(order.map((pick) => pick.candidate)).toEqual([b, c, a]);
});

test('who puts a turn off comes after the others, and after twice not again in the round', () => {
  const [a, b] = [candidate('a'), candidate('b')];
  const off: PastTurn = { partnerId: a.partnerId, sector: '', round: 1, state: 'postponed' };
  expect(spotlightOrder([a, b], [off])[0]?.candidate).toBe(b);
  expect(spotlightOrder([a, b], [off, shownTurn(b, 1)])[0]).toMatchObject({ candidate: a, round: 1 });
  expect(spotlightOrder([a, b], [off, off, shownTurn(b, 1)])[0]).toMatchObject({ round: 2 });
});

test('a partner that had its chance at an issue is not asked for it again', () => {
  const a = candidate('a');
  const off: PastTurn = { partnerId: a.partnerId, sector: '', round: 1, state: 'postponed' };
  expect(spotlightOrder([a], [off], new Set([a.partnerId]))).toEqual([]);
});

function hash(name: string, seed: number): number {
  let value = seed;
  for (const letter of name) value = (value * 31 + letter.charCodeAt(0)) | 0;
  return value;
}
