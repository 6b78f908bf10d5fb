import { addMonths, type LocalDate } from '../../../time/wall-clock.ts';

export const scores = ['1', '2', '3', '4', '5'] as const;
/** An answer of this or less is a task for a person. */
export const lowScore = 2;
/** What came without a name is told from more than so many answers on. */
export const tellAbove = 5;
/** Without an answer for so long, a person calls. */
export const silentAfterDays = 14;
export const pulseKind = 'check-ins.pulse';
export const silentPulseKind = 'check-ins.pulse-silent';

export const nextRound = (round: LocalDate, everyMonths: number): LocalDate => addMonths(round, everyMonths);

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
