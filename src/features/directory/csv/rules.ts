import { type Info, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { splitList } from '../../../core/field.ts';
import { foldName } from '../../../core/fold-name.ts';
import { shortened } from '../../../core/plain-text.ts';
import { emptyCard, type PartnerCard, partnerLimits, type SizeBand, tidyCard } from '../partners/rules.ts';

/** The columns of a list of partners in the order of an export, with the names by which they are known. */
const columns = {
  name: ['Name', 'organisation', 'organization', 'organisation name', 'partner', 'partner name'],
  does: ['What they do', 'does', 'about', 'description', 'mission', 'what you do'],
  sector: ['Sector', 'field', 'industry'],
  size: ['Size', 'size band', 'people', 'employees', 'staff'],
  area: ['Area', 'area served', 'region', 'location', 'city'],
  offers: ['Offers', 'what they offer', 'offering', 'can offer', 'what you can offer'],
  needs: ['Needs', 'what they need', 'needed', 'what you need'],
  languages: ['Languages', 'language'],
  spotlight: ['Spotlight', 'spotlight consent'],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof columns;
export const columnNames = Object.keys(columns) as Column[];
export const headerOf = (column: Column): string => columns[column][0];

/** One import at most; more belongs in several files, each of which can be checked by eye. */
export const mostRows = 10_000;
/** Records that are looked at, blank ones included: whatever holds more is no list of partners, and would take minutes. */
const mostRecords = 3 * mostRows;
/** Columns that are looked at, and letters of a header. */
const mostColumns = 200;
const longestHeader = 20_000;
const delimiters = [',', ';', '\t', '|'];

type Cells = Readonly<Partial<Record<Column, string>>>;
export type ReadRow = {
  /** As a spreadsheet numbers its rows, the header included. */
  readonly row: number;
  readonly cells: Cells;
  /** Cells beyond the header's last, not counting empty ones. */
  readonly extra: number;
};

export type ReadCsv =
  | { readonly ok: true; readonly rows: readonly ReadRow[]; readonly ignored: readonly string[] }
  | { readonly ok: false; readonly why: 'empty' | 'no-name-column' | 'too-many' }
  | { readonly ok: false; readonly why: 'open-quote' };

/** Reads what spreadsheets write: any of their separators, a byte order mark, quotes, every kind of line end. */
export function readCsv(typed: string): ReadCsv {
  const text = typed
    .replace(/^\u{FEFF}/u, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^sep=.\n/i, '');
  let records: Numbered[];
  try {
    records = recordsOf(text, delimiterOf(text));
  } catch (error) {
    if ((error as { code?: string }).code === 'CSV_QUOTE_NOT_CLOSED') return { ok: false, why: 'open-quote' };
    throw error;
  }
  if (records.length > mostRecords) return { ok: false, why: 'too-many' };
  const filled = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [header, ...rest] = filled;
  if (!header) return { ok: false, why: 'empty' };
  const heads = header.cells.slice(0, mostColumns);
  const known = heads.map(columnOf);
  if (!known.includes('name')) return { ok: false, why: 'no-name-column' };
  if (rest.length > mostRows) return { ok: false, why: 'too-many' };
  const ignored = heads.filter((cell, index) => cell.trim() !== '' && !known[index]);
  const rows = rest.map(({ cells, row }): ReadRow => {
    const found: Partial<Record<Column, string>> = {};
    for (const [index, column] of known.entries()) {
      const cell = cells[index];
      if (column && cell !== undefined && !(column in found)) found[column] = plainCell(cell.trim());
    }
    return {
      row,
      cells: found,
      extra: cells.slice(known.length).filter((cell) => cell.trim() !== '').length,
    };
  });
  return { ok: true, rows, ignored };
}

type Numbered = { readonly cells: readonly string[]; readonly row: number };

function recordsOf(text: string, delimiter: string): Numbered[] {
  // The library's types do not know what `info` changes.
  const found: unknown[] = parse(text, {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    // 5" pipe, as people type it: a quote inside a cell that began without one.
    relax_quotes: true,
    // Counted all the same: `info` tells how many there were.
    skip_empty_lines: true,
    info: true,
    to: mostRecords + 1,
  });
  return (found as { record: string[]; info: Info }[]).map(({ record, info }) => ({
    cells: record,
    row: info.records + info.empty_lines,
  }));
}

/** The separator under which most of the header is known. */
function delimiterOf(text: string): string {
  const begin = text.slice(0, longestHeader);
  const header = /^\s*(?:"(?:[^"]|"")*"|[^\n"])*/.exec(begin)?.[0] ?? '';
  const knownUnder = (delimiter: string) =>
    headerCells(header, delimiter)
      .slice(0, mostColumns)
      .filter((cell) => columnOf(cell)).length;
  return delimiters.reduce((best, each) => (knownUnder(each) > knownUnder(best) ? each : best));
}

/** None where the header ends in an open quote: reading all of it tells why. */
function headerCells(header: string, delimiter: string): string[] {
  try {
    return recordsOf(header, delimiter).flatMap(({ cells }) => cells);
  } catch {
    return [];
  }
}

const columnByName = new Map(
  columnNames.flatMap((column) => columns[column].map((name) => [foldName(name), column] as const)),
);

function columnOf(header: string): Column | null {
  return columnByName.get(foldName(plainCell(header).replace(/[_:*]/g, ' '))) ?? null;
}

/**
 * Signs with which a spreadsheet takes a cell for a formula, and runs it: OWASP "CSV Injection", with the
 * full-width forms that some spreadsheets read alike. Apostrophes before them are ours or a person's: one is
 * added and one taken away, so that a text which really starts with one survives the way there and back.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

export const harmlessCell = (value: string): string => (formula.test(value) ? `'${value}` : value);
const plainCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;

const sizeWords: Record<SizeBand, string> = {
  '1-10': '1 to 10',
  '11-50': '11 to 50',
  '51-250': '51 to 250',
  // Not "1-10" and the like, which spreadsheets turn into dates.
  'over-250': 'over 250',
};

/** A size band from its words, or from a number of people. */
function sizeBandOf(typed: string): SizeBand | '' | null {
  if (typed === '') return '';
  const numbers = (typed.match(/\d+/g) ?? []).map(Number);
  const bands = Object.keys(sizeWords) as SizeBand[];
  const [first, last = first] = numbers;
  if (first === undefined || last === undefined || numbers.length > 2) return null;
  if (numbers.length === 2) return bands.find((band) => band === `${first}-${last}`) ?? null;
  if (first > 250 || (first === 250 && /over|more|above|>|\+/i.test(typed))) return 'over-250';
  if (first < 1) return null;
  return first <= 10 ? '1-10' : first <= 50 ? '11-50' : '51-250';
}

function yesNoOf(typed: string): boolean | null {
  if (/^(y|yes|true|1|)$/i.test(typed)) return true;
  return /^(n|no|false|0)$/i.test(typed) ? false : null;
}

/** Why a row is refused; said by the words `csv.reason.<reason>`. */
export type Problem = {
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

export type KnownPartner = PartnerCard & { readonly leftAt: Date | null };

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

function cellsOf(of: PartnerCard): Record<Column, string> {
  const { name, does, sector, area } = of;
  return {
    ...{ name, does, sector, area },
    size: of.sizeBand === '' ? '' : sizeWords[of.sizeBand],
    offers: of.offers.join('; '),
    needs: of.needs.join('; '),
    languages: of.languages.join('; '),
    spotlight: of.spotlightConsent ? 'yes' : 'no',
  };
}

/** A list of partners as every spreadsheet opens it: with a byte order mark, and nothing in it can run. */
export function writeCsv(partners: readonly PartnerCard[]): string {
  const rows = partners.map((partner) => {
    const cells = cellsOf(partner);
    return columnNames.map((column) => harmlessCell(cells[column]));
  });
  return stringify([columnNames.map(headerOf), ...rows], {
    bom: true,
    record_delimiter: '\r\n',
    // By itself it quotes only cells that hold the whole CRLF.
    quoted_match: /[\r\n]/,
  });
}
