import type { PartnerId } from '../../../core/ids.ts';
import { addDays, addMonths, type LocalDate } from '../../../time/wall-clock.ts';

export const scores = ['1', '2', '3', '4', '5'] as const;
/** An answer of this or less is a task for a person. */
export const lowScore = 2;
/** What came without a name is told from more than so many answers on. */
export const tellAbove = 5;
/** Without an answer for so long, a person calls. */
export const silentAfterDays = 14;
export const pulseKind = 'check-ins.pulse';
export const silentPulseKind = 'check-ins.pulse-silent';
/** What the question of a round is called wherever it is sent and noted. */
export const subjectOf = (round: LocalDate) => `pulse-ask:${round}`;

/** Counted from the day on which partners were really asked, so that nobody is asked more often than is set. */
export const nextRound = (askedOn: LocalDate, everyMonths: number): LocalDate =>
  addMonths(askedOn, everyMonths);

/** The day from which on no answer is silence, for whoever was asked on a day. */
export const silentOn = (askedOn: LocalDate): LocalDate => addDays(askedOn, silentAfterDays);

/** Partners that were asked and did not answer: who is silent by now, and when to look again for the others. */
export function silentBy(
  today: LocalDate,
  unanswered: readonly { readonly partnerId: PartnerId; readonly askedOn: LocalDate }[],
): { readonly silent: readonly PartnerId[]; readonly again: LocalDate | null } {
  const later = unanswered.map(({ askedOn }) => silentOn(askedOn)).filter((on) => on > today);
  return {
    silent: unanswered.flatMap(({ partnerId, askedOn }) => (silentOn(askedOn) > today ? [] : [partnerId])),
    again: later.sort()[0] ?? null,
  };
}

/** Answers without names, told together or not at all: sorted, so that no order says who gave one. */
export function aggregateOf(urn: { scores: readonly number[]; words: readonly string[] }): {
  readonly answers: number;
  /** In tenths. */
  readonly averageTenths: number;
  readonly words: readonly string[];
} | null {
  const answers = urn.scores.length;
  if (answers <= tellAbove) return null;
  const sum = urn.scores.reduce((all, each) => all + each, 0);
  return { answers, averageTenths: Math.round((sum * 10) / answers), words: [...urn.words].sort() };
}

/** The urn with one more answer, in an order that says nothing about when each came. */
export const putInUrn = (
  urn: { scores: readonly number[]; words: readonly string[] },
  score: number,
  words: string,
) => ({
  scores: [...urn.scores, score].sort((a, b) => a - b),
  words: words === '' ? [...urn.words] : [...urn.words, words].sort(),
});
