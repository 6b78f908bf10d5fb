import { type Board, isNew } from '../board/rules.ts';

/**
 * Keeps later rounds possible. While most pairs are still new to each other, any choice leaves a full future
 * (a regular graph of degree n/2 and more splits into perfect matchings: Csaba, Kühn, Lo, Osthus and Treglown,
 * 2016), and fit decides. Later, pairs that share many others who are new to both come first, and the rare
 * links between crowds that have exhausted each other are kept for when they are needed. That also evens the
 * graph out, because abundant pairs are spent before scarce ones.
 */

/** From this share of new pairs on, the least connected organisation leaves fit a free hand. */
const openShare = 0.6;
/** Levels of scarcity; within one, fit decides. */
export const scarcityLevels = 16;

/** For each pair of `who`, how scarce it is, 0 to `scarcityLevels` − 1; null while the future is open. */
export function scarcity(board: Board, who: readonly number[]): ((a: number, b: number) => number) | null {
  const words = Math.ceil(who.length / 32);
  const rows = new Map<number, Int32Array>();
  const degrees = new Map<number, number>();
  let least = who.length;
  for (const a of who) {
    const row = new Int32Array(words);
    let degree = 0;
    for (const [at, b] of who.entries()) {
      if (a === b || !isNew(board, a, b)) continue;
      row[at >> 5] = (row[at >> 5] ?? 0) | (1 << (at & 31));
      degree += 1;
    }
    rows.set(a, row);
    degrees.set(a, degree);
    least = Math.min(least, degree);
  }
  if (least >= openShare * (who.length - 1)) return null;

  return (a, b) => {
    const one = rows.get(a);
    const other = rows.get(b);
    if (!one || !other) return 0;
    let both = 0;
    for (let word = 0; word < words; word += 1) both += bitsIn((one[word] ?? 0) & (other[word] ?? 0));
    const fewest = Math.min(degrees.get(a) ?? 0, degrees.get(b) ?? 0);
    return Math.round((scarcityLevels - 1) * (1 - both / Math.max(1, fewest)));
  };
}

function bitsIn(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
