import type { OpenForm } from '../../src/core/answer.ts';
import type { Card } from '../../src/core/card.ts';
import { injections } from './fuzz/hostile-text.ts';

/**
 * Everything that somebody named or wrote in the longest coalition is made of this letter, which no sentence of ours
 * holds: one word without a space. So a card can be drawn again with other letters of the same length in its place.
 */
const letter = 'ሀ';
export const letters = (length: number): string => letter.repeat(length);

/** Begins like nothing else of its kind. */
export const longName = (begin: string, length: number): string =>
  `${begin}${letters(length - begin.length)}`;
export const partnerName = (n: number): string => longName(`P${n}`, 80);

/** What people write instead: wide, written from the right, of two units, broken in words and lines, markup. */
const styles: Readonly<Record<string, (run: string) => string>> = {
  'wide letters': (run) => 'W'.repeat(run.length),
  'short words': (run) => 'of a kind '.repeat(run.length).slice(0, run.length).replace(/ $/, 'd'),
  'letters from the right': (run) => 'ש'.repeat(run.length),
  'letters of two units': (run) => '🧺'.repeat(run.length / 2).padEnd(run.length, '漢'),
  'signs of Slack': (run) => '<!channel> & '.repeat(run.length).slice(0, run.length).replace(/ $/, '>'),
  'signs of Discord': (run) => '*_~`|[x](y)#@'.repeat(run.length).slice(0, run.length),
  'calls and masked links': (run) => `${injections.join(' ')} `.repeat(run.length).slice(0, run.length),
  ampersands: (run) => '&'.repeat(run.length),
  asterisks: (run) => '*'.repeat(run.length),
};

/** The same card or form as each of the styles would have it; only itself when nobody's words are in it. */
export function inEveryStyle<T extends Card | OpenForm>(drawn: T): readonly (readonly [string, T])[] {
  const written = JSON.stringify(drawn);
  if (!written.includes(letter)) return [['our own words', drawn]];
  const runs = new RegExp(`${letter}+`, 'g');
  return Object.entries(styles).map(([style, words]) => [
    style,
    JSON.parse(written.replace(runs, (run) => inJson(words(run)))) as T,
  ]);
}

const inJson = (typed: string) => JSON.stringify(typed).slice(1, -1);
