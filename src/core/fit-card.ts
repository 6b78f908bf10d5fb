import { type Card, card, list, note, type Part } from './card.ts';
import { cardText } from './card-text.ts';
import { limits } from './limits.ts';
import type { Reader } from './reader.ts';
import type { Text } from './text.ts';

/**
 * As much as one message holds, in order, with its buttons; `rest` names in one line that something found no room.
 * A long list gives up its last items first.
 */
export function fitCard(
  all: readonly (Part | null | undefined | false | '')[],
  reader: Reader,
  rest: Text,
): Card {
  const kept: Part[] = [];
  const restLine = note(rest);
  const sizeOf = (part: Part) => cardText(card(part), reader).length + 1;
  const parts = all.filter((part): part is Part => Boolean(part));
  const isControl = ({ part }: Part) => part === 'buttons' || part === 'select';
  const controls = parts.filter(isControl);
  let left = limits.cardText - sizeOf(restLine) - controls.reduce((sum, part) => sum + sizeOf(part), 0);
  let room = limits.cardParts - 1 - controls.length;
  let isCut = false;
  for (const part of parts) {
    if (isControl(part)) {
      kept.push(part);
      continue;
    }
    const items = part.part === 'list' ? [...part.items] : [];
    let tried: Part = part;
    while (sizeOf(tried) > left && items.length > 1) {
      items.pop();
      isCut = true;
      tried = list(items, part.part === 'list' && part.ordered);
    }
    if (sizeOf(tried) > left || room === 0) {
      isCut = true;
      continue;
    }
    left -= sizeOf(tried);
    room -= 1;
    kept.push(tried);
  }
  const lastControls = kept.findLastIndex((part) => !isControl(part)) + 1;
  return card(...kept.slice(0, lastControls), isCut && restLine, ...kept.slice(lastControls));
}
