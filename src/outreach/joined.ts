import { buttons, type Card, card, divider, heading, type Part } from '../core/card.ts';
import { cardText } from '../core/card-text.ts';
import { asItem, type JoinedItemId } from '../core/joined-id.ts';
import { limits } from '../core/limits.ts';
import { count, id, press } from '../core/press.ts';
import type { Reader } from '../core/reader.ts';
import { say } from './words.ts';

/** One thing in a message of several. */
export type Item = { readonly id: JoinedItemId; readonly asks: boolean; readonly card: Card };

/** `message`: the id of the first thing in it. */
export const pagePress = press('outreach.page', { message: id<JoinedItemId>(), page: count });

/**
 * What one page of a joined message has room for, heading and page buttons aside. Discord counts 40 components,
 * each button, row and container among them.
 */
const room = { characters: limits.cardText - 300, components: 30, buttons: limits.buttonsPerCard - 2 };

type Size = { characters: number; components: number; buttons: number };

function sizeOf({ parts }: Card, reader: Reader): Size {
  const size = { characters: cardText({ parts }, reader).length + 2, components: 1, buttons: 0 };
  for (const part of parts) {
    size.components += 1;
    if (part.part === 'select') size.components += 1;
    if (part.part !== 'buttons') continue;
    const rows = Math.ceil(part.buttons.length / limits.buttonsPerRow);
    size.components += part.buttons.length + rows - 1;
    size.buttons += part.buttons.length;
  }
  return size;
}

/** Whether a thing can be read in full among others; a larger one would lose its end. */
export function fitsAmongOthers(item: Card, reader: Reader): boolean {
  const { characters, components, buttons: pressed } = sizeOf(item, reader);
  return characters <= room.characters && components <= room.components && pressed <= room.buttons;
}

/** Splits things into pages that fit every platform, in order; one that is too large has a page to itself. */
export function pagesOf(items: readonly Item[], reader: Reader): Item[][] {
  const pages: Item[][] = [];
  let used: Size = { characters: 0, components: 0, buttons: 0 };
  for (const item of items) {
    const size = sizeOf(item.card, reader);
    const sum = {
      characters: used.characters + size.characters,
      components: used.components + size.components,
      buttons: used.buttons + size.buttons,
    };
    const fits =
      sum.characters <= room.characters && sum.components <= room.components && sum.buttons <= room.buttons;
    const page = pages.at(-1);
    if (page && fits) {
      page.push(item);
      used = sum;
    } else {
      pages.push([item]);
      used = size;
    }
  }
  return pages;
}

/** Several things as one message: each with its own words and buttons, further ones a page away. */
export function joinedCard(reader: Reader, items: readonly Item[], wanted: number): Card {
  const [first] = items;
  if (!first) throw new Error('A message of nothing');
  const pages = pagesOf(items, reader);
  const page = Math.min(Math.max(wanted, 0), pages.length - 1);
  const shown = pages[page] ?? [];
  const title = items.some(({ asks }) => asks) ? 'joined.asks' : 'joined.tells';
  const turn = (to: number, key: 'joined.before' | 'joined.after') => ({
    id: pagePress.encode({ message: first.id, page: to }),
    label: say.plain(reader, key, { page: to + 1, pages: pages.length }),
  });
  return card(
    heading(say.plain(reader, title, { count: items.length })),
    ...shown.flatMap((item, index): Part[] => [
      ...(index > 0 ? [divider] : []),
      ...asItem(item.card.parts, item.id),
    ]),
    pages.length > 1 &&
      buttons(
        page > 0 && turn(page - 1, 'joined.before'),
        page < pages.length - 1 && turn(page + 1, 'joined.after'),
      ),
  );
}

/** On which page a thing stands. */
export function pageWith(items: readonly Item[], reader: Reader, item: JoinedItemId): number {
  return pagesOf(items, reader).findIndex((page) => page.some(({ id: each }) => each === item));
}
