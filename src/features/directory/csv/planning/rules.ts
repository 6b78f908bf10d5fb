import { splitList } from '../../../../core/field.ts';
import { foldName } from '../../../../core/fold-name.ts';
import { shortened } from '../../../../core/plain-text.ts';
import {
  emptyCard,
  type PartnerCard,
  partnerLimits,
  type SizeBand,
  sizeBands,
  tidyCard,
} from '../../partners/rules.ts';
import { type Cells, type Column, cellsOf, columnNames, headerOf, type ReadRow } from '../rules.ts';

/** A size band from its words, or from a number of people. */
function sizeBandOf(typed: string): SizeBand | '' | null {
  if (typed === '') return '';
  const numbers = (typed.match(/\d+/g) ?? []).map(Number);
  const [first, last = first] = numbers;
  if (first === undefined || last === undefined || numbers.length > 2) return null;
  if (numbers.length === 2) return sizeBands.find((band) => band === `${first}-${last}`) ?? null;
  if (first > 250 || (first === 250 && /over|more|above|>|\+/i.test(typed))) return 'over-250';
  if (first < 1) return null;
  return first <= 10 ? '1-10' : first <= 50 ? '11-50' : '51-250';
}

function yesNoOf(typed: string): boolean | null {
  if (/^(y|yes|true|1|)$/i.test(typed)) return true;
  return /^(n|no|false|0)$/i.test(typed) ? false : null;
}

/** Why a row is refused; said by the words `csv.reason.<reason>`. */
type Problem = {
  readonly reason:
    | 'no-name'
    | 'too-long'
    | 'too-many'
    | 'item-too-long'
    | 'size'
    | 'spotlight'
    | 'twice'
    | 'extra'
    | 'lost-letters';
  readonly values: Readonly<Record<string, string | number>>;
};

export type Change = { readonly column: Column; readonly from: string; readonly to: string };

export type PlannedRow = { readonly row: number; readonly name: string } & (
  | { readonly plan: 'create' | 'same'; readonly card: PartnerCard }
  | {
      readonly plan: 'change';
      readonly card: PartnerCard;
      readonly changes: readonly Change[];
      readonly again: boolean;
    }
  | { readonly plan: 'refuse'; readonly problems: readonly Problem[] }
);

type KnownPartner = PartnerCard & { readonly leftAt: Date | null };

/**
 * What importing would do, row by row. A column that is not there leaves what is known as it is; an empty cell
 * in a column that is there empties it.
 *
 * @param known the coalition's partners by their folded names, also those that are no longer partners
 */
export function planImport(rows: readonly ReadRow[], known: ReadonlyMap<string, KnownPartner>): PlannedRow[] {
  const firstRows = new Map<string, number>();
  return rows.map(({ row, cells, extra }): PlannedRow => {
    const key = foldName(cells.name ?? '');
    const before = known.get(key) ?? null;
    const { card, problems } = cardFrom(cells, before);
    const { name } = card;
    if (extra > 0) problems.push({ reason: 'extra', values: { extra } });
    const first = firstRows.get(key);
    if (key !== '' && first !== undefined) problems.push({ reason: 'twice', values: { row: first } });
    if (problems.length > 0) return { row, name, plan: 'refuse', problems };
    firstRows.set(key, row);
    if (!before) return { row, name, plan: 'create', card };
    const changes = changesBetween(before, card);
    const again = before.leftAt !== null;
    if (changes.length === 0 && !again) return { row, name, plan: 'same', card };
    return { row, name, plan: 'change', card, changes, again };
  });
}

function cardFrom(cells: Cells, before: PartnerCard | null): { card: PartnerCard; problems: Problem[] } {
  const problems: Problem[] = [];
  const old = before ?? { ...emptyCard, name: '' };
  const columnName = (column: Column) => headerOf(column);
  const line = (column: 'name' | 'does' | 'sector' | 'area', most: number): string => {
    const value = cells[column] ?? old[column];
    if (value.length > most) {
      const excess = value.length - most;
      problems.push({ reason: 'too-long', values: { column: columnName(column), most, excess } });
    }
    return value;
  };
  const items = (column: 'offers' | 'needs' | 'languages'): readonly string[] => {
    const cell = cells[column];
    if (cell === undefined) return old[column];
    const found = splitList(cell);
    const { items: most, item: each } = partnerLimits;
    const at = { column: columnName(column) };
    if (found.length > most)
      problems.push({ reason: 'too-many', values: { ...at, most, got: found.length } });
    const long = found.find((item) => item.length > each);
    if (long) problems.push({ reason: 'item-too-long', values: { ...at, item: shortened(long, 30), each } });
    return found;
  };
  const one = <T>(column: 'size' | 'spotlight', kept: T, parse: (cell: string) => T | null): T => {
    const cell = cells[column];
    if (cell === undefined) return kept;
    const value = parse(cell);
    if (value === null) problems.push({ reason: column, values: { got: shortened(cell, 30) } });
    return value ?? kept;
  };
  const card = tidyCard({
    name: line('name', partnerLimits.name),
    does: line('does', partnerLimits.does),
    sector: line('sector', partnerLimits.sector),
    area: line('area', partnerLimits.area),
    offers: items('offers'),
    needs: items('needs'),
    languages: items('languages'),
    sizeBand: one<SizeBand | ''>('size', old.sizeBand, sizeBandOf),
    spotlightConsent: one('spotlight', old.spotlightConsent, yesNoOf),
  });
  if (foldName(card.name) === '') problems.push({ reason: 'no-name', values: {} });
  if (Object.values(cells).some((cell) => cell.includes('\u{FFFD}')))
    problems.push({ reason: 'lost-letters', values: {} });
  return { card, problems };
}

function changesBetween(before: PartnerCard, after: PartnerCard): Change[] {
  const [from, to] = [cellsOf(before), cellsOf(after)];
  return columnNames
    .filter((column) => from[column] !== to[column])
    .map((column) => ({ column, from: from[column], to: to[column] }));
}
