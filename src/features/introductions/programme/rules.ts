import type { Coalition } from '../../../core/who.ts';
import { isWorkingDay } from '../../../time/contact-hours.ts';
import { addDays, atWallClock, type LocalDate, localDate } from '../../../time/wall-clock.ts';
import type { Weights } from '../matching/fit/rules.ts';

export const cadences = ['weekly', 'fortnightly', 'monthly', 'quarterly'] as const;
export type Cadence = (typeof cadences)[number];
export const audiences = ['everybody', 'willing', 'channel'] as const;
export type Audience = (typeof audiences)[number];

/** Whole weeks, so that introductions keep their weekday. */
const cadenceDays: Record<Cadence, number> = { weekly: 7, fortnightly: 14, monthly: 28, quarterly: 91 };

export type Programme = {
  readonly cadence: Cadence;
  readonly groupSize: number;
  readonly who: Audience;
  readonly previewHours: number;
  readonly firstOn: LocalDate;
  readonly weights: Weights;
  readonly newAgainAfter: number | null;
  readonly startedAt: Date;
};

const sendAtTime = '10:00';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How long before the draw people hear of the round. */
const headsUpMs = 2 * dayMs;
/** Enough for any run of weekends and holidays; beyond, the settings are wrong and the date itself counts. */
const mostDaysMoved = 30;
const longestMidwayDays = 7;
const longestAfterDays = 21;
/** How long somebody has to answer before it counts as silence. */
const daysToAnswer = 2;

/**
 * The first date that leaves time for the heads-up and the preview, at least three days ahead.
 * @param taken dates that a round has had already
 */
export function firstDate(
  now: Date,
  coalition: Coalition,
  previewHours: number,
  taken: ReadonlySet<LocalDate> = new Set(),
): LocalDate {
  const days = Math.max(3, Math.ceil((headsUpMs + previewHours * hourMs) / dayMs) + 1);
  let date = workingDate(addDays(localDate(now, coalition.timeZone), days), coalition);
  while (taken.has(date)) date = workingDate(addDays(date, 1), coalition);
  return date;
}

export function dateAfter({ cadence }: Pick<Programme, 'cadence'>, date: LocalDate): LocalDate {
  return addDays(date, cadenceDays[cadence]);
}

/** What happens when in one round. A date on which nobody works moves to the next on which people do. */
export function roundTimes(
  { cadence, previewHours }: Pick<Programme, 'cadence' | 'previewHours'>,
  date: LocalDate,
  coalition: Coalition,
) {
  const on = workingDate(date, coalition);
  const sendAt = atWallClock(on, sendAtTime, coalition.timeZone);
  const drawAt = new Date(sendAt.getTime() - previewHours * hourMs);
  const after = (days: number) => atWallClock(addDays(on, Math.ceil(days)), sendAtTime, coalition.timeZone);
  return {
    sendAt,
    drawAt,
    headsUpAt: new Date(drawAt.getTime() - headsUpMs),
    midwayAt: after(Math.min(longestMidwayDays, cadenceDays[cadence] / 2)),
    afterwardsAt: after(Math.min(longestAfterDays, cadenceDays[cadence])),
  };
}

function workingDate(date: LocalDate, coalition: Coalition): LocalDate {
  for (let days = 0; days < mostDaysMoved; days += 1) {
    const day = addDays(date, days);
    if (isWorkingDay(day, coalition)) return day;
  }
  return date;
}

/** An introduction sent after this has not been asked about for long enough to call it silent. */
export function silentBefore({ cadence }: Pick<Programme, 'cadence'>, now: Date): Date {
  const askedAfterDays = Math.ceil(Math.min(longestMidwayDays, cadenceDays[cadence] / 2));
  return new Date(now.getTime() - (askedAfterDays + daysToAnswer) * dayMs);
}
