import type { Group, Seat } from '../../groups/rules.ts';
import { folded } from '../../matching/fit/rules.ts';
import { pairKey } from '../../matching/history/rules.ts';

type Placed = { readonly group: Group; readonly seat: Seat };

/** Where a partner, or the person who goes for it, sits in a proposal. @param name folded */
export function seatOf(groups: readonly Group[], name: string): Placed | null {
  for (const group of groups) {
    const seat = group.seats.find((one) => folded(one.partner.name) === name || folded(one.name) === name);
    if (seat) return { group, seat };
  }
  return null;
}

/** The pairs that an exchange would bring together. */
export function exchanged(one: Placed, other: Placed): string[] {
  const joins = (moving: Placed, to: Placed) =>
    to.group.seats
      .filter((seat) => seat !== to.seat)
      .map((seat) => pairKey(moving.seat.partner.id, seat.partner.id));
  return [...joins(one, other), ...joins(other, one)];
}
