import { foldName } from '../../../core/fold-name.ts';
import { harmlessCell, plainCell } from '../../../csv/cells.ts';
import { mostColumns, readRecords, writeRecords } from '../../../csv/records.ts';
import type { PartnerCard, SizeBand } from '../partners/rules.ts';

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

export type Cells = Readonly<Partial<Record<Column, string>>>;
export type ReadRow = {
  /** As a spreadsheet numbers its rows, the header included. */
  readonly row: number;
  readonly cells: Cells;
  /** Cells beyond the header's last, not counting empty ones. */
  readonly extra: number;
};

export type ReadCsv =
  | { readonly ok: true; readonly rows: readonly ReadRow[]; readonly ignored: readonly string[] }
  | { readonly ok: false; readonly why: 'empty' | 'no-name-column' | 'too-many' | 'open-quote' };

export function readCsv(typed: string): ReadCsv {
  const records = readRecords(typed, (head) => columnOf(head) !== null, mostRecords);
  if (!records) return { ok: false, why: 'open-quote' };
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

const columnByName = new Map(
  columnNames.flatMap((column) => columns[column].map((name) => [foldName(name), column] as const)),
);

function columnOf(header: string): Column | null {
  return columnByName.get(foldName(plainCell(header).replace(/[_:*]/g, ' '))) ?? null;
}

const sizeWords: Record<SizeBand, string> = {
  '1-10': '1 to 10',
  '11-50': '11 to 50',
  '51-250': '51 to 250',
  // Not "1-10" and the like, which spreadsheets turn into dates.
  'over-250': 'over 250',
};

export function cellsOf(of: PartnerCard): Record<Column, string> {
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

export function writeCsv(partners: readonly PartnerCard[]): string {
  const rows = partners.map((partner) => {
    const cells = cellsOf(partner);
    return columnNames.map((column) => harmlessCell(cells[column]));
  });
  return writeRecords([columnNames.map(headerOf), ...rows]);
}
