import { addDays, addMonths, type LocalDate } from '../../../time/wall-clock.ts';

/** What is due around the end of a term. `ask` and `day` ask the holder; `over` frees the seat. */
const termSteps = ['ask', 'day', 'over'] as const;
type TermStep = (typeof termSteps)[number];

const askDaysBefore = 14;
/** How long a seat stays with a holder who has not answered, after the last day of the term. */
const graceDays = 7;
/** The time of day in the coalition's zone. */
export const termTime = '09:00';

/** On which calendar dates what is due. */
export function termDates(endsOn: LocalDate): { step: TermStep; on: LocalDate }[] {
  return [
    { step: 'ask', on: addDays(endsOn, -askDaysBefore) },
    { step: 'day', on: endsOn },
    { step: 'over', on: addDays(endsOn, graceDays + 1) },
  ];
}

/** The step that counts on a day: after downtime several are due, and only the last of them is said. */
export function stepOn(endsOn: LocalDate, today: LocalDate): TermStep | null {
  return termDates(endsOn).findLast(({ on }) => on <= today)?.step ?? null;
}

/** The end of the next term: counted from the end of this one, or from today where that has passed. */
export function renewedUntil(endsOn: LocalDate, today: LocalDate, termMonths: number): LocalDate {
  return addMonths(endsOn > today ? endsOn : today, termMonths);
}

/** An occurrence names the end it belongs to, so that a renewal makes the old ones mean nothing. */
export const occurrenceOf = (endsOn: LocalDate, step: TermStep) => `${endsOn}:${step}`;

export function readOccurrence(occurrence: string): { endsOn: LocalDate; step: TermStep } | null {
  const [endsOn = '', name = ''] = occurrence.split(':');
  const step = termSteps.find((each) => each === name);
  return step ? { endsOn, step } : null;
}

/** How far back a day's work can be noted. */
const oldestWorkDays = 366;

export function mayNoteWorkOn(day: LocalDate, today: LocalDate): 'yes' | 'in-future' | 'too-old' {
  if (day > today) return 'in-future';
  return day < addDays(today, -oldestWorkDays) ? 'too-old' : 'yes';
}

/** Somebody who sat for less than this is not thanked in the digest: it was a try, or a slip. */
export const leastDaysForThanks = 14;
