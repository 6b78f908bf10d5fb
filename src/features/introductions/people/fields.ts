import { type Field, type Parsed, problem, refined, resolved, text } from '../../../core/field.ts';
import { limits } from '../../../core/limits.ts';
import { isLocalDate } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { findPartnerNamed, listPartnersWith, type NamedPartner } from './store.ts';

/** A partner by its name. */
export function partnerNamed(): Field<NamedPartner> {
  return resolved(
    text({ max: 120 }),
    async (typed, { coalition, reader }, { database }): Promise<Parsed<NamedPartner>> => {
      const found = coalition && (await findPartnerNamed(database, coalition.id, typed));
      return found
        ? { ok: true, value: found }
        : { ok: false, problem: say(reader, 'problem.partner-named', { got: typed }) };
    },
    async (typed, { coalition }, { database }) => {
      if (!coalition) return [];
      const found = await listPartnersWith(database, coalition.id, typed, limits.suggestions);
      return found.map(({ name }) => ({ value: name, label: name.slice(0, limits.suggestionLabel) }));
    },
  );
}

/** A calendar date, YYYY-MM-DD. */
export function dateField(): Field<string> {
  return refined(text({ max: 10 }), (typed) =>
    isLocalDate(typed) ? typed : problem('problem.date', { got: typed }),
  );
}
