import type { Card, Part } from './card.ts';
import { type Id, isId } from './ids.ts';
import { limits } from './limits.ts';
import { id as idSlot } from './press.ts';

/** One of several things that stand in one message, each with its own buttons. */
export type JoinedItemId = Id<'joined-item'>;

/** No slot of a press writes this sign, so what follows it is never part of a payload. */
const sign = '~';
const slot = idSlot<JoinedItemId>();
const suffixLength = 23;

/** A button's address with the thing in whose part of a message it stands. */
export const withItem = (pressed: string, item: JoinedItemId): string =>
  `${pressed}${sign}${slot.encode(item)}`;

/** The address itself, and the thing it stood in, if any. */
export function splitItem(pressed: string): { address: string; item: JoinedItemId | null } {
  const [address = '', suffix] = pressed.split(sign);
  const item = suffix === undefined ? null : slot.decode(suffix);
  return { address, item: item && isId<JoinedItemId>(item) ? item : null };
}

/** Whether every button and select of a card still has a valid address once it stands among others. */
export function isJoinable({ parts }: Card): boolean {
  return parts.every((part) => {
    if (part.part === 'file' || part.part === 'image') return false;
    return addressesOf(part).every((each) => each.length + suffixLength <= limits.pressId);
  });
}

function addressesOf(part: Part): readonly string[] {
  if (part.part === 'buttons') return part.buttons.map(({ id }) => id);
  return part.part === 'select' ? [part.select.id] : [];
}

/** The parts of one thing, as they stand among others. */
export function asItem(parts: readonly Part[], item: JoinedItemId): Part[] {
  return parts.map((part): Part => {
    if (part.part === 'buttons') {
      return { ...part, buttons: part.buttons.map((one) => ({ ...one, id: withItem(one.id, item) })) };
    }
    if (part.part === 'select')
      return { ...part, select: { ...part.select, id: withItem(part.select.id, item) } };
    return part;
  });
}
