import { type Field, problem, refined, resolved, text } from '../../../core/field.ts';
import { foldName } from '../../../core/fold-name.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { say } from '../words.ts';
import { mostSeatsOfAll, mostTermMonths, parseEffort, parseSeats, type RoleSheet } from './rules.ts';
import { findRole, findRoleId, listRolesWith } from './store.ts';

/** A role by its title. */
export function roleField(): Field<RoleSheet> {
  return resolved(
    text({ max: 100 }),
    async (typed, { coalition, reader }, { database }) => {
      const got = shortened(typed, 40);
      const notFound = { ok: false, problem: say(reader, 'problem.role', { got }) } as const;
      if (!coalition) return notFound;
      const id = await findRoleId(database, coalition.id, typed);
      const role = id && (await findRole(database, coalition.id, id));
      return role ? { ok: true, value: role } : notFound;
    },
    async (typed, { coalition }, { database }) => {
      if (!coalition) return [];
      const found = await listRolesWith(database, coalition.id, typed, limits.suggestions);
      return found.map(({ id, title }) => ({ value: id, label: shortened(title, limits.suggestionLabel) }));
    },
  );
}

/** Hours a month, in minutes. */
export const effortField: Field<number> = refined(text({ max: 20 }), (typed) => {
  const minutes = parseEffort(typed);
  if (minutes === 'unclear') return problem('problem.effort', { got: typed });
  return minutes === 'out-of-range' ? problem('problem.effort-range', { got: typed }) : minutes;
});

/** How many organisations a role needs and takes. */
export const seatsField: Field<{ least: number; most: number }> = refined(text({ max: 20 }), (typed) => {
  const seats = parseSeats(typed);
  if (seats === 'unclear') return problem('problem.seats', { got: typed });
  return seats === 'out-of-range'
    ? problem('problem.seats-range', { got: typed, most: mostSeatsOfAll })
    : seats;
});

/** Months; 0 for a role without an end. */
export const termField: Field<number> = refined(text({ max: 10 }), (typed) => {
  const months = Number(typed);
  if (/^\d+$/.test(typed) && months <= mostTermMonths) return months;
  return problem('problem.term', { got: typed, most: mostTermMonths });
});

/** What something is called: shown and found by it, so something of it must be visible. */
export const nameField = (max: number): Field<string> =>
  refined(text({ max }), (typed) => (foldName(typed) === '' ? problem('problem.no-name') : typed));
