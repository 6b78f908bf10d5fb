import { addDays, addMonths, type LocalDate } from '../../../time/wall-clock.ts';

/** After a new version is adopted, whoever signed the one before counts as signed for this long. */
const graceDays = 30;
/** A signature can be renewed from this long before it runs out. */
const renewDaysBefore = 30;

const reminders = ['soon', 'day'] as const;
export type Reminder = (typeof reminders)[number];
const soonDays = 14;

export function reminderDates(renewsOn: LocalDate): { reminder: Reminder; on: LocalDate }[] {
  return [
    { reminder: 'soon', on: addDays(renewsOn, -soonDays) },
    { reminder: 'day', on: renewsOn },
  ];
}

/** The reminder that counts on a day: after downtime several are due, and only the last of them is said. */
export function reminderOn(renewsOn: LocalDate, today: LocalDate): Reminder | null {
  return reminderDates(renewsOn).findLast(({ on }) => on <= today)?.reminder ?? null;
}

export type Signature = { readonly round: number; readonly renewsOn: LocalDate | null };

/** What signing now means: the first signature, a renewal, or nothing because the last one still holds. */
export function signingNow(
  last: Signature | null,
  today: LocalDate,
  renewMonths: number | null,
): { round: number; renewsOn: LocalDate | null } | 'signed-already' {
  const from = (start: LocalDate) => (renewMonths === null ? null : addMonths(start, renewMonths));
  if (!last) return { round: 1, renewsOn: from(today) };
  const { renewsOn, round } = last;
  if (renewsOn === null || today < addDays(renewsOn, -renewDaysBefore)) return 'signed-already';
  // Renewed early, nothing of the running time is lost.
  return { round: round + 1, renewsOn: from(renewsOn > today ? renewsOn : today) };
}

/** Whether a partner counts as having signed today. */
export function holdsSignature(of: {
  last: Signature | null;
  today: LocalDate;
  /** Whether it had signed the version before, and when this one came into force. */
  signedBefore: boolean;
  adoptedOn: LocalDate;
}): boolean {
  const { last, today } = of;
  if (last) return last.renewsOn === null || today <= last.renewsOn;
  return of.signedBefore && today <= addDays(of.adoptedOn, graceDays);
}
