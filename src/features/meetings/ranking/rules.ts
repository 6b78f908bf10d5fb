import { type LocalTime, localTime } from '../../../time/wall-clock.ts';

/** What is known of one slot: running totals, so that nothing here depends on how many organisations there are. */
export type SlotTotals = {
  readonly position: number;
  readonly startsAt: Date;
  readonly yes: number;
  readonly maybe: number;
  readonly requiredIn: number;
  /** Organisations that can, by sector. */
  readonly sectorIn: readonly number[];
  /** How hard the hour is on those who can: see `hardshipOf`. */
  readonly hardship: number;
};

export type Wanted = {
  readonly quorum: number;
  /** How many guests are required. */
  readonly required: number;
  /** Whether every sector has to come, or it is only better so. */
  readonly spread: boolean;
};

export type Standing = {
  readonly coming: number;
  readonly quorate: boolean;
  readonly requiredMissing: number;
  readonly sectorsMissing: number;
  /** Whether everything that was asked for is there. */
  readonly meets: boolean;
};

export function standingOf(slot: SlotTotals, wanted: Wanted): Standing {
  const coming = slot.yes + slot.maybe;
  const requiredMissing = wanted.required - slot.requiredIn;
  const sectorsMissing = slot.sectorIn.filter((count) => count === 0).length;
  const quorate = coming >= wanted.quorum && coming > 0;
  const meets = quorate && requiredMissing === 0 && (!wanted.spread || sectorsMissing === 0);
  return { coming, quorate, requiredMissing, sectorsMissing, meets };
}

/** Worth of a yes and of an "if need be". A hard hour takes off at most 3, less than either. */
const worth = { yes: 5, maybe: 4 } as const;
export const mostTook = 2;

/**
 * Slots from best to worst: quorum first, then required organisations, then sectors where all have to come, then
 * who can and how gladly, less what a hard hour costs them; the fewest "if need be", the widest spread, and the
 * earlier one decide what is level. A better answer never makes a slot worse.
 */
export function rankSlots<S extends SlotTotals>(
  slots: readonly S[],
  wanted: Wanted,
): { readonly slot: S; readonly standing: Standing }[] {
  const score = (slot: SlotTotals) => worth.yes * slot.yes + worth.maybe * slot.maybe - slot.hardship;
  const ranked = slots.map((slot) => ({ slot, standing: standingOf(slot, wanted) }));
  return ranked.sort(
    (a, b) =>
      Number(b.standing.quorate) - Number(a.standing.quorate) ||
      a.standing.requiredMissing - b.standing.requiredMissing ||
      (wanted.spread ? a.standing.sectorsMissing - b.standing.sectorsMissing : 0) ||
      score(b.slot) - score(a.slot) ||
      a.slot.maybe - b.slot.maybe ||
      a.standing.sectorsMissing - b.standing.sectorsMissing ||
      a.slot.startsAt.getTime() - b.slot.startsAt.getTime() ||
      a.slot.position - b.slot.position,
  );
}

export type Hours = {
  readonly timeZone: string;
  readonly quietStart: LocalTime;
  readonly quietEnd: LocalTime;
  /** How often it had a hard hour in its last two meetings. */
  readonly took: number;
};

/**
 * What an hour costs one guest: nothing in their day; in their quiet hours 1, and 1 more for each of their last
 * two meetings that was so. Thus the hard hour goes to whoever has not had it.
 */
export function hardshipOf(
  guest: Hours,
  slot: { startsAt: Date; minutes: number; time: LocalTime | null },
): number {
  if (slot.time === null) return 0;
  const end = new Date(slot.startsAt.getTime() + slot.minutes * 60_000 - 1);
  const hard = isQuiet(slot.startsAt, guest) || isQuiet(end, guest);
  return hard ? 1 + Math.min(mostTook, guest.took) : 0;
}

function isQuiet(at: Date, { timeZone, quietStart, quietEnd }: Hours): boolean {
  if (quietStart === quietEnd) return false;
  const time = localTime(at, timeZone);
  return quietStart > quietEnd
    ? time >= quietStart || time < quietEnd
    : time >= quietStart && time < quietEnd;
}
