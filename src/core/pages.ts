import { buttons, type Part } from './card.ts';
import { say } from './core-words.ts';
import { limits } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { Reader } from './reader.ts';
import type { Text } from './text.ts';

/** Things in order, on pages of at most so many letters; a longer one stands alone. */
export function paged<T>(
  things: readonly T[],
  lengthOf: (thing: T) => number,
  most: number = limits.pageText,
): T[][] {
  const pages: T[][] = [];
  let left = 0;
  for (const thing of things) {
    const length = lengthOf(thing);
    const page = pages.at(-1);
    if (page && length <= left) {
      page.push(thing);
      left -= length;
    } else {
      pages.push([thing]);
      left = most - length;
    }
  }
  return pages;
}

/** The page that is wanted, or the nearest there is. */
export function pageAt<T>(
  all: readonly (readonly T[])[],
  wanted: number,
): { readonly page: number; readonly pages: number; readonly items: readonly T[] } {
  const page = Math.min(Math.max(wanted, 0), Math.max(0, all.length - 1));
  return { page, pages: all.length, items: all[page] ?? [] };
}

/** Letters of a text as the wordiest platform draws it: Discord sets a mark before every sign that could act. */
export function lettersDrawn(text: Text, reader: Reader): number {
  const plain = plainText(text, reader);
  return plain.length + (plain.match(/[!-/:-@[-`{-~\n]/g)?.length ?? 0) + 2;
}

/** Buttons to the page before and after; none where there is one page. @param idOf the address of a page */
export function turnParts(
  reader: Reader,
  { page, pages }: { page: number; pages: number },
  idOf: (page: number) => string,
): Part[] {
  if (pages < 2) return [];
  const turn = (to: number, key: 'page.before' | 'page.after') => ({
    id: idOf(to),
    label: say.plain(reader, key, { page: to + 1, pages }),
  });
  return [
    buttons(page > 0 && turn(page - 1, 'page.before'), page < pages - 1 && turn(page + 1, 'page.after')),
  ];
}
