import { type Field, problem, refined, text } from '../../../core/field.ts';
import { isLocalDate } from '../../../time/wall-clock.ts';

/** A calendar date, YYYY-MM-DD. */
export function dateField(): Field<string> {
  return refined(text({ max: 10 }), (typed) =>
    isLocalDate(typed) ? typed : problem('problem.date', { got: typed }),
  );
}
