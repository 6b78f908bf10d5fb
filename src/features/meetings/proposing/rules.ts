import { isWorkingDay } from '../../../time/contact-hours.ts';
import type { WallTime } from '../../../time/say-when.ts';
import { addDays, atWallClock, localDate } from '../../../time/wall-clock.ts';
import { type Hours, hardshipOf } from '../ranking/rules.ts';

/** As many slots as can be compared at all; ours. */
export const mostSlots = 40;
export const longestTitle = 80;
export const longestWhy = 600;
export const longestPlace = 200;
export const usualMinutes = 60;
const mostMinutes = 24 * 60;

/** "60", "90 min", "1h30", "1.5 hours". Null when it cannot be read or is no length for a meeting. */
export function parseLength(typed: string): number | null {
  const said = typed.trim().toLowerCase();
  const clock = /^(\d{1,2})\s*(?:h|:|hours?)\s*(\d{1,2})?\s*(?:m|min|minutes)?$/.exec(said);
  const decimal = /^(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|hours?)$/.exec(said);
  const plain = /^(\d{1,4})\s*(?:m|min|mins|minutes)?$/.exec(said);
  const minutes = plain
    ? Number(plain[1])
    : decimal
      ? Math.round(Number((decimal[1] ?? '').replace(',', '.')) * 60)
      : clock
        ? Number(clock[1]) * 60 + Number(clock[2] ?? 0)
        : 0;
  return minutes >= 5 && minutes <= mostMinutes ? minutes : null;
}

/** "Half", "60%", "all", "12" or "none", of so many guests. Null when it cannot be read. */
export function parseQuorum(typed: string, guests: number): number | null {
  const said = typed.trim().toLowerCase();
  if (/^(none|0|no)$/.test(said)) return 0;
  if (/^(all|everybody|everyone)$/.test(said)) return guests;
  if (/^(more than )?(a )?half$/.test(said)) return Math.floor(guests / 2) + 1;
  if (/^two[- ]thirds$/.test(said)) return Math.ceil((guests * 2) / 3);
  const share = /^(\d{1,3})\s*%$/.exec(said)?.[1];
  if (share && Number(share) <= 100) return Math.ceil((guests * Number(share)) / 100);
  return /^\d{1,6}$/.test(said) ? Number(said) : null;
}

const dayMs = 86_400_000;

/** Five days to answer, or less when the first slot is near: a day before it, or half of the time there is. */
export function usualDeadline(now: Date, firstSlot: Date): Date {
  const start = now.getTime();
  const left = firstSlot.getTime() - start;
  const at = start + Math.min(5 * dayMs, Math.max(left - dayMs, Math.floor(left / 2)));
  // To the minute, because people read it.
  return new Date(Math.floor(at / 60_000) * 60_000);
}

const suggested = { fromDays: 2, untilDays: 16, most: 5, firstHour: 6, lastHour: 20 } as const;

/**
 * Times at which as few of the guests as possible are asked out of their day: the best full hour of each working
 * day of the next two weeks, and of those days the best ones.
 */
export function suggestTimes(
  guests: readonly Hours[],
  of: {
    now: Date;
    timeZone: string;
    minutes: number;
    workingDays: readonly number[];
    holidays: readonly string[];
  },
): WallTime[] {
  const kinds = new Map<string, { hours: Hours; count: number }>();
  for (const { timeZone, quietStart, quietEnd } of guests) {
    const key = `${timeZone} ${quietStart} ${quietEnd}`;
    const hours = { timeZone, quietStart, quietEnd, took: 0 };
    kinds.set(key, { hours, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  const today = localDate(of.now, of.timeZone);
  const best: { time: WallTime; cost: number }[] = [];
  for (let day: number = suggested.fromDays; day <= suggested.untilDays; day += 1) {
    const date = addDays(today, day);
    if (!isWorkingDay(date, of)) continue;
    const hours: { time: WallTime; cost: number; fromMorning: number }[] = [];
    for (let hour: number = suggested.firstHour; hour <= suggested.lastHour; hour += 1) {
      const time = `${String(hour).padStart(2, '0')}:00`;
      const slot = { startsAt: atWallClock(date, time, of.timeZone), minutes: of.minutes, time };
      const cost = [...kinds.values()].reduce(
        (sum, each) => sum + each.count * hardshipOf(each.hours, slot),
        0,
      );
      hours.push({ time: { date, time }, cost, fromMorning: Math.abs(hour - 10) });
    }
    const [first] = hours.sort((a, b) => a.cost - b.cost || a.fromMorning - b.fromMorning);
    if (first) best.push(first);
  }
  return best
    .sort((a, b) => a.cost - b.cost || (a.time.date < b.time.date ? -1 : 1))
    .slice(0, suggested.most)
    .map(({ time }) => time)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** What keeps a draft from being sent. */
const conflicts = [
  'doubts',
  'no-times',
  'past',
  'deadline-past',
  'deadline-late',
  'nobody',
  'quorum',
] as const;
export type Conflict = (typeof conflicts)[number];

export function conflictIn(
  draft: { doubts: readonly unknown[]; deadline: Date; quorum: number },
  of: { starts: readonly Date[]; guests: number; now: Date },
): Conflict | null {
  const first = of.starts.reduce<Date | null>(
    (least, at) => (least === null || at < least ? at : least),
    null,
  );
  if (draft.doubts.length > 0) return 'doubts';
  if (first === null) return 'no-times';
  if (first <= of.now) return 'past';
  if (draft.deadline <= of.now) return 'deadline-past';
  if (draft.deadline > first) return 'deadline-late';
  if (of.guests === 0) return 'nobody';
  return draft.quorum > of.guests ? 'quorum' : null;
}

/** "1 day, 1 hour", "2 days; 30 min": minutes before the start, the longest first. Null when unreadable. */
export function parseReminders(typed: string): number[] | null {
  if (/^(none|no)$/i.test(typed.trim())) return [];
  const minutes = typed.split(/[,;]| and /).map(parseBefore);
  const clear = minutes.filter((each) => each !== null);
  if (clear.length < minutes.length || minutes.length > 5) return null;
  return [...new Set(clear)].sort((a, b) => b - a);
}

/** "30 min", "2 hours", "1 day" before the start, in minutes. Null when it cannot be read. */
export function parseBefore(typed: string): number | null {
  const match = /^(\d{1,5})\s*(d|days?|h|hours?|m|min|minutes?)?(?: before)?$/i.exec(typed.trim());
  const unit = match?.[2]?.[0]?.toLowerCase();
  const minutes = match ? Number(match[1]) * (unit === 'd' ? 1440 : unit === 'h' ? 60 : 1) : 0;
  return minutes >= 5 && minutes <= 14 * 1440 ? minutes : null;
}
