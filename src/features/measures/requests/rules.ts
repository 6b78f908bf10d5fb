import type { Id } from '../../../core/ids.ts';
import type { Frequency } from '../../../time/periods.ts';
import { addDays, atWallClock, type LocalDate } from '../../../time/wall-clock.ts';

export type RequestId = Id<'measure-request'>;
export type PeriodId = Id<'measure-period'>;

export const states = ['open', 'due-soon', 'in-grace', 'late', 'submitted', 'excused', 'locked'] as const;
export type State = (typeof states)[number];

/** What the state of a request follows from. */
export type Facts = {
  readonly noticeOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly timeZone: string;
  readonly dueAt: Date;
  /** The end of grace: from here on it is late. */
  readonly lateAt: Date;
  /** Nothing is taken from here on, unless staff reopen it; null: never. */
  readonly lockAt: Date | null;
  readonly submittedAt: Date | null;
  readonly excusedAt: Date | null;
};

export function stateOf(facts: Facts, now: Date): State {
  if (facts.submittedAt) return 'submitted';
  if (facts.excusedAt) return 'excused';
  if (facts.lockAt && now >= facts.lockAt) return 'locked';
  if (now >= facts.lateAt) return 'late';
  if (now >= facts.dueAt) return 'in-grace';
  return now >= askingAt(facts.noticeOn, facts.timeZone) ? 'due-soon' : 'open';
}

/** Whether a figure would be taken now: late is not locked. A correction is a figure too. */
export function mayGive(facts: Facts, now: Date): boolean {
  return !(facts.lockAt && now >= facts.lockAt);
}

/** Whether somebody may still be asked for it. */
export const isWanted = (facts: Facts, now: Date): boolean =>
  ['open', 'due-soon', 'in-grace', 'late'].includes(stateOf(facts, now));

/** Grace is not late. */
export const wasLate = (facts: Pick<Facts, 'submittedAt' | 'lateAt'>): boolean =>
  facts.submittedAt !== null && facts.submittedAt >= facts.lateAt;

/** Lead of the first notice, in days before the due day: what ServiceNow found sensible. */
const leadByFrequency: Record<Frequency, number> = {
  weekly: 2,
  monthly: 5,
  quarterly: 7,
  'half-yearly': 7,
  yearly: 10,
  terms: 7,
};

/** Nobody is asked at dawn, nor at the hour in which everything else arrives. */
const askingTime = '09:00';
export const askingAt = (on: LocalDate, timeZone: string): Date => atWallClock(on, askingTime, timeZone);

export type Rhythm = {
  readonly frequency: Frequency;
  readonly dueDays: number;
  readonly dueTime: string;
  readonly graceDays: number;
  readonly lockDays: number | null;
  readonly leadDays: number | null;
};

/** The days and instants of a request whose period ends on a date, for a partner in a zone. */
export function datesOf(rhythm: Rhythm, endsOn: LocalDate, timeZone: string) {
  return datesBy(rhythm, addDays(endsOn, rhythm.dueDays), addDays(endsOn, 1), timeZone);
}

/** @param from nobody is asked before this day */
export function datesBy(rhythm: Rhythm, dueOn: LocalDate, from: LocalDate, timeZone: string) {
  const { dueTime, graceDays, lockDays } = rhythm;
  const lead = rhythm.leadDays ?? leadByFrequency[rhythm.frequency];
  const early = addDays(dueOn, -lead);
  const at = (days: number) => atWallClock(addDays(dueOn, days), dueTime, timeZone);
  return {
    timeZone,
    dueOn,
    // A lead longer than there is time between the end of the period and the due day.
    noticeOn: early < from ? (from < dueOn ? from : dueOn) : early,
    dueAt: at(0),
    lateAt: at(graceDays),
    lockAt: lockDays === null ? null : at(Math.max(lockDays, graceDays)),
  };
}

export const steps = ['notice', 'before', 'due', 'alternate', 'check-in'] as const;
export type Step = (typeof steps)[number];
/** Those that go to the person who is asked; never a fourth. */
export const reminders = ['notice', 'before', 'due'] as const satisfies readonly Step[];

type Plan = Pick<Facts, 'noticeOn' | 'dueOn' | 'timeZone'>;
export type Stepped = { readonly step: Step; readonly on: LocalDate } | null;

/** Days between the second reminder and the due day, and from one unanswered step to the next. */
function gapDays({ noticeOn, dueOn }: Plan): number {
  const lead = (Date.parse(dueOn) - Date.parse(noticeOn)) / 86_400_000;
  return Math.max(1, Math.floor(lead / 2));
}

/** The days of the reminders: those that would fall on one day are one. */
function reminderDays(plan: Plan): { step: Step; on: LocalDate }[] {
  const { noticeOn, dueOn } = plan;
  const before = addDays(dueOn, -gapDays(plan));
  return [
    { step: 'notice' as const, on: noticeOn },
    ...(before > noticeOn && before < dueOn ? [{ step: 'before' as const, on: before }] : []),
    ...(dueOn > noticeOn ? [{ step: 'due' as const, on: dueOn }] : []),
  ];
}

/**
 * The next step of asking and its day, or null after the last. Whoever was not reached for a while, because the bot
 * was down or the due day moved, still has a gap of days between one step and the next once it is overdue.
 */
export function nextStep(plan: Plan, last: Stepped): { step: Step; on: LocalDate } | null {
  const rank = last ? steps.indexOf(last.step) : -1;
  const reminder = reminderDays(plan).find(({ step }) => steps.indexOf(step) > rank);
  if (reminder) return reminder;
  if (!last || last.step === 'check-in') return null;
  const gap = gapDays(plan);
  const from = last.on > plan.dueOn ? last.on : plan.dueOn;
  return { step: last.step === 'alternate' ? 'check-in' : 'alternate', on: addDays(from, gap) };
}

/** The step to take now, after which `nextStep` says what follows: of several that are overdue the latest reminder. */
export function stepNow(plan: Plan, last: Stepped, now: Date): Step | null {
  let due: Step | null = null;
  let known = last;
  for (;;) {
    const next = nextStep(plan, known);
    if (!next || askingAt(next.on, plan.timeZone) > now) return due;
    const isReminder = (reminders as readonly Step[]).includes(next.step);
    if (!isReminder) return due ?? next.step;
    due = next.step;
    known = next;
  }
}

/** When the next step is due; null when none is to come. */
export function nextStepAt(plan: Plan, last: Stepped): Date | null {
  const next = nextStep(plan, last);
  return next && askingAt(next.on, plan.timeZone);
}
