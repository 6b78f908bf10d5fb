import type { Organisation } from '../../src/features/introductions/matching/fit/rules.ts';
import { mixed, seedOf } from '../../src/features/introductions/matching/seeded/rules.ts';

/** Invented organisations, uneven as real ones are: a few large sectors, many small ones; most share a language. */
const sectors = [
  'health',
  'health',
  'health',
  'schools',
  'schools',
  'housing',
  'food',
  'youth',
  'arts',
  'faith',
];
const sizes = ['1-10', '1-10', '11-50', '11-50', '51-250', 'over 250'];
const languages = ['English', 'English', 'English', 'French', 'Spanish', 'Cree'];
const offsets = [-480, -420, -360, -360, -300, -300, -300, 0, 60, 120];
const topics = 40;

export function inventOrganisation(seed: string, number: number): Organisation {
  const salt = seedOf(seed);
  const pick = <T>(from: readonly T[], about: number): T => {
    const found = from[mixed(salt, number, about) % from.length];
    if (found === undefined) throw new Error('Nothing to pick from');
    return found;
  };
  const words = (about: number) =>
    [0, 1, 2].map((index) => `topic ${mixed(salt, number, about, index + 1) % topics}`);
  return {
    id: `organisation-${String(number).padStart(6, '0')}`,
    offers: words(1),
    needs: words(2),
    sector: pick(sectors, 3),
    sizeBand: pick(sizes, 4),
    languages: [pick(languages, 5), pick(languages, 6)],
    utcOffsetMinutes: pick(offsets, 7),
  };
}
