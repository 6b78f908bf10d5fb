import { type Organisation, usualWeights } from '../../src/features/introductions/matching/fit/rules.ts';
import type { RoundState } from '../../src/features/introductions/matching/rules.ts';

export const organisation = (number: number, more: Partial<Organisation> = {}): Organisation => ({
  id: `partner-${String(number).padStart(4, '0')}`,
  offers: [],
  needs: [],
  sector: '',
  sizeBand: '',
  languages: [],
  utcOffsetMinutes: 0,
  ...more,
});

export const organisations = (n: number) =>
  Array.from({ length: n }, (_, number) =>
    organisation(number, {
      sector: `sector ${number % 3}`,
      needs: [`topic ${number % 5}`],
      offers: [`topic ${(number * 2) % 5}`],
      languages: [`language ${number % 2}`],
      utcOffsetMinutes: (number % 4) * 120,
    }),
  );

export const id = (number: number) => organisation(number).id;

export function round(more: Partial<RoundState> & { organisations: readonly Organisation[] }): RoundState {
  return {
    history: new Map(),
    round: 10,
    seed: 'seed',
    groupSize: 2,
    weights: usualWeights,
    newAgainAfter: null,
    mustMeet: [],
    mustNotMeet: [],
    locked: [],
    waited: [],
    recentThirds: [],
    ...more,
  };
}
