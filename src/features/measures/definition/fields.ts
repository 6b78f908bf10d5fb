import { type Field, listOf, problem, refined, resolved, text } from '../../../core/field.ts';
import { foldName } from '../../../core/fold-name.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { parseDecimal } from '../figures/reading/rules.ts';
import { Exact } from '../figures/rules.ts';
import { say } from '../words.ts';
import { type Breakdown, type Measure, measureLimits, parseBreakdowns } from './rules.ts';
import { findMeasureNamed, listMeasures, listPartnersNamed, type Named } from './store.ts';

/** A measure by its name. */
export function measureField(): Field<Measure> {
  return resolved(
    text({ max: 100 }),
    async (typed, { coalition, reader }, { database }) => {
      const measure = coalition && (await findMeasureNamed(database, coalition.id, typed));
      if (measure) return { ok: true, value: measure };
      return { ok: false, problem: say(reader, 'problem.measure', { got: shortened(typed, 40) }) };
    },
    async (typed, { coalition }, { database }) => {
      if (!coalition) return [];
      const of = { withDrafts: true, named: typed, take: limits.suggestions };
      const found = await listMeasures(database, coalition.id, of);
      return found.map(({ name }) => ({ value: name, label: shortened(name, limits.suggestionLabel) }));
    },
  );
}

/** Partners by their names, separated by commas. */
export function partnersField(): Field<readonly Named[]> {
  return resolved(listOf({ most: 300, each: 100 }), async (names, { coalition, reader }, { database }) => {
    if (!coalition) return { ok: true, value: [] };
    const { partners, unknown } = await listPartnersNamed(database, coalition.id, names);
    if (unknown.length === 0) return { ok: true, value: partners };
    return { ok: false, problem: say(reader, 'problem.partners', { got: unknown.slice(0, 5).join(', ') }) };
  });
}

export const nameField: Field<string> = refined(text({ max: measureLimits.name }), (typed) =>
  foldName(typed) === '' ? problem('problem.no-name') : typed,
);

export const breakdownsField: Field<readonly Breakdown[]> = refined(
  text({ max: 1000 }),
  (typed): readonly Breakdown[] | ReturnType<typeof problem> => {
    const found = parseBreakdowns(typed);
    if (found === 'unclear') return problem('problem.breakdowns', { got: shortened(typed, 60) });
    const { breakdowns, groups, choice } = measureLimits;
    return found === 'too-many' ? problem('problem.breakdowns-many', { breakdowns, groups, choice }) : found;
  },
);

/** `0 to 500`; one side may be left out. */
export const rangeField: Field<{ least: string | null; most: string | null }> = refined(
  text({ max: 60 }),
  (typed) => {
    const unclear = problem('problem.range', { got: shortened(typed, 40) });
    const [, low = '', high = ''] = /^(.*?)\s*\bto\b\s*(.*)$/i.exec(typed) ?? [];
    if (low === '' && high === '') return unclear;
    const [least, most] = [low, high].map((side) => (side === '' ? null : rangeEnd(side)));
    if (least === undefined || most === undefined || least === 'unclear' || most === 'unclear')
      return unclear;
    if (least !== null && most !== null && new Exact(least).gt(most)) return unclear;
    return { least, most };
  },
);

/** One reading only: here nobody can be asked which of two was meant. */
function rangeEnd(typed: string): string | 'unclear' {
  const readings = new Set((['.', ','] as const).map((sign) => parseDecimal(typed, sign)).filter(Boolean));
  const [only] = readings;
  return readings.size === 1 && only && only !== 'too-exact' ? only : 'unclear';
}
