import { type Field, problem, refined, text } from '../core/field.ts';
import { isLocalDate, type LocalDate } from './wall-clock.ts';

/** A calendar date, YYYY-MM-DD. */
export function dateField(): Field<LocalDate> {
  return refined(text({ max: 10 }), (typed) =>
    isLocalDate(typed) ? typed : problem('problem.date', { got: typed }),
  );
}
