/**
 * What matching knows about an organisation. Words are folded by `folded`, so that they compare; among
 * thousands they are numbers, see `numbered`.
 */
export type Organisation<Word = string> = {
  readonly id: string;
  readonly offers: readonly Word[];
  readonly needs: readonly Word[];
  /** Null or empty: unknown. */
  readonly sector: Word | null;
  readonly sizeBand: Word | null;
  readonly languages: readonly Word[];
  /** Minutes east of UTC on the day of the round, of whoever would go. */
  readonly utcOffsetMinutes: number;
};

/** The same with a number for each word: comparing those is many times faster. */
export function numbered(organisations: readonly Organisation[]): Organisation<number>[] {
  const numbers = new Map<string, number>();
  const number = (word: string) => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, numbers.size);
    return numbers.size - 1;
  };
  const maybe = (word: string | null) => (word ? number(word) : null);
  return organisations.map((one) => ({
    ...one,
    offers: one.offers.map(number),
    needs: one.needs.map(number),
    languages: one.languages.map(number),
    sector: maybe(one.sector),
    sizeBand: maybe(one.sizeBand),
  }));
}

/** How much each term counts, 0 to 10; 0 leaves it out. */
export type Weights = {
  /** What one needs and the other offers. */
  readonly needs: number;
  /** Different sectors meet. */
  readonly sectors: number;
  /** Different sizes meet. */
  readonly sizes: number;
  readonly languages: number;
  /** Working hours that overlap. */
  readonly hours: number;
};

export const usualWeights: Weights = { needs: 4, sectors: 2, sizes: 1, languages: 3, hours: 2 };

/** Each term from 0, nothing speaks for it, to 100. */
type Terms = { readonly [Term in keyof Weights]: number };

const workdayMinutes = 8 * 60;
const dayMinutes = 24 * 60;

/** Why two organisations fit, term by term. */
export function fitTerms<Word>(a: Organisation<Word>, b: Organisation<Word>): Terms {
  return {
    needs: needsTerm(shared(a.needs, b.offers), shared(b.needs, a.offers)),
    sectors: differing(a.sector, b.sector),
    sizes: differing(a.sizeBand, b.sizeBand),
    languages: languagesTerm(a.languages, b.languages),
    hours: hoursTerm(a.utcOffsetMinutes, b.utcOffsetMinutes),
  };
}

/** The greatest cost of a pair whose terms are all 0. */
export const worstFit = 255;

/** What it costs to introduce two, from 0 for a perfect fit to `worstFit`; a whole number. */
export function fitCost<Word>(a: Organisation<Word>, b: Organisation<Word>, weights: Weights): number {
  const all = weights.needs + weights.sectors + weights.sizes + weights.languages + weights.hours;
  if (all === 0) return 0;
  const terms = fitTerms(a, b);
  const lost =
    weights.needs * (100 - terms.needs) +
    weights.sectors * (100 - terms.sectors) +
    weights.sizes * (100 - terms.sizes) +
    weights.languages * (100 - terms.languages) +
    weights.hours * (100 - terms.hours);
  return Math.round((worstFit * lost) / (100 * all));
}

/** Words that compare: lower case, no accents, single spaces. */
export function folded(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** A need that is met counts much, one in each direction counts fully, more add little. */
function needsTerm(forA: number, forB: number): number {
  const directions = (forA > 0 ? 1 : 0) + (forB > 0 ? 1 : 0);
  const more = Math.max(0, forA + forB - directions);
  return ([0, 60, 95][directions] ?? 0) + Math.min(5, more);
}

function shared<Word>(some: readonly Word[], others: readonly Word[]): number {
  let count = 0;
  for (const word of some) if (others.includes(word)) count += 1;
  return count;
}

/** Unknown is neither the same nor different. */
function differing<Word>(a: Word | null, b: Word | null): number {
  if (a === null || b === null || a === '' || b === '') return 50;
  return a === b ? 0 : 100;
}

function languagesTerm<Word>(a: readonly Word[], b: readonly Word[]): number {
  if (a.length === 0 || b.length === 0) return 50;
  return shared(a, b) > 0 ? 100 : 0;
}

/** The share of an eight-hour working day that both have at the same time, round the clock's circle. */
function hoursTerm(a: number, b: number): number {
  const apart = Math.abs(a - b) % dayMinutes;
  const nearest = Math.min(apart, dayMinutes - apart);
  return Math.round((100 * Math.max(0, workdayMinutes - nearest)) / workdayMinutes);
}
