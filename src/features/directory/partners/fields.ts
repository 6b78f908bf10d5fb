import { choice, type Field, listOf, optional, type Parsed, resolved, text } from '../../../core/field.ts';
import { limits } from '../../../core/limits.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';
import { foldName, nearPartner, partnerLimits, sizeBands } from './rules.ts';
import { findPartner, findPartnerNamed, listPartnerNames, listPartnersLike, type Partner } from './store.ts';

/** A partner by its name, with suggestions while typing and "did you mean" when none fits. */
export function partnerField(): Field<Partner> {
  return resolved(
    text({ max: partnerLimits.name }),
    async (typed, { coalition, reader }, { database }): Promise<Parsed<Partner>> => {
      const none = { ok: false, problem: say(reader, 'problem.partner', { got: typed }) } as const;
      if (!coalition) return none;
      const named = await findPartnerNamed(database, coalition.id, typed);
      const found = named ?? (await findPartner(database, coalition.id, typed));
      if (found && found.leftAt === null) return { ok: true, value: found };
      const near = nearPartner(typed, await listPartnerNames(database, coalition.id));
      if (!near) return none;
      return {
        ok: false,
        problem: say(reader, 'problem.partner-near', { got: typed, near: code(near.name) }),
      };
    },
    async (typed, { coalition }, { database }) => {
      if (!coalition) return [];
      const found = await listPartnersLike(database, coalition.id, typed, limits.suggestions);
      return found.map(({ name }) => ({ value: name, label: name }));
    },
  );
}

/** The name of an organisation that may be new. */
export const organisationName = () =>
  resolved(
    text({ max: partnerLimits.name }),
    async (typed, { reader }): Promise<Parsed<string>> =>
      foldName(typed) === ''
        ? { ok: false, problem: say(reader, 'problem.no-name') }
        : { ok: true, value: typed },
  );

export const sizeBandField = () => optional(choice(sizeBands, 'size-band'));
export const sectorField = () => optional(text({ max: partnerLimits.sector }));
export const areaField = () => optional(text({ max: partnerLimits.area }));
export const itemsField = () => optional(listOf({ most: partnerLimits.items, each: partnerLimits.item }));
