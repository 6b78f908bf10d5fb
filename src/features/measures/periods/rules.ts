import { type Calendar, type Period, periodAfter, periodEndingFrom } from '../../../time/periods.ts';
import { addDays, atWallClock, type LocalDate } from '../../../time/wall-clock.ts';

export const openKind = 'measures.open';
export const askKind = 'measures.ask';

/** Before anybody's working day begins, so that whoever is asked at nine finds the request there. */
const openingTime = '06:00';

/** A period is asked for once it is over. */
export const openingAt = (period: Period, timeZone: string): Date =>
  atWallClock(addDays(period.endsOn, 1), openingTime, timeZone);

/** The next period to open: the first that runs on a day, or the one after the last that was opened. */
export function periodToOpen(calendar: Calendar, lastEnd: LocalDate | null, today: LocalDate): Period | null {
  if (lastEnd === null) return periodEndingFrom(calendar, today);
  const after = addDays(lastEnd, 1);
  const next = periodEndingFrom(calendar, after);
  // A changed calendar can cut a period that began within the last one: that time was asked for already.
  return next && next.startsOn <= lastEnd ? periodAfter(calendar, next.startsOn) : next;
}

/** The key of a single request. */
export const onceKey = (dueOn: LocalDate): string => `once-${dueOn}`;
