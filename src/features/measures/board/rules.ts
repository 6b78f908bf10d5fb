import type { LocalDate } from '../../../time/wall-clock.ts';
import {
  type Facts,
  nextStep,
  reminders,
  type State,
  type Step,
  type Stepped,
  stateOf,
} from '../requests/rules.ts';

export type Counts = Readonly<Record<State, number>>;

const none: Counts = {
  open: 0,
  'due-soon': 0,
  'in-grace': 0,
  late: 0,
  submitted: 0,
  excused: 0,
  locked: 0,
};

export function countStates(all: readonly Facts[], now: Date): Counts {
  const counts: Record<State, number> = { ...none };
  for (const facts of all) counts[stateOf(facts, now)] += 1;
  return counts;
}

/** Of those that were asked and not excused, how many had given in time, in whole percent; null where nobody was. */
export function onTimeShare(of: { asked: number; onTime: number }): number | null {
  return of.asked === 0 ? null : Math.round((100 * of.onTime) / of.asked);
}

/** All that will be said about a request, and to whom, if nobody answers. */
export function plannedSteps(
  plan: Pick<Facts, 'noticeOn' | 'dueOn' | 'timeZone'>,
  hasAlternate: boolean,
): { step: Step; on: LocalDate }[] {
  const planned: { step: Step; on: LocalDate }[] = [];
  for (let last: Stepped = null; ; ) {
    const next = nextStep(plan, last);
    if (!next) return planned;
    last = next;
    const isReminder = (reminders as readonly Step[]).includes(next.step);
    // Without another colleague staff talk with the partner where the alternate would have been asked.
    if (isReminder || hasAlternate) planned.push(next);
    else return [...planned, { step: 'check-in', on: next.on }];
  }
}
