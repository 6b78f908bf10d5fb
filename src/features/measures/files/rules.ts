import { foldName } from '../../../core/fold-name.ts';
import { harmlessCell, plainCell } from '../../../csv/cells.ts';
import { mostColumns, readRecords, writeRecords } from '../../../csv/records.ts';
import type { Measure } from '../definition/rules.ts';
import { type FigureProblem, readGiven } from '../figures/reading/rules.ts';
import type { Given } from '../figures/rules.ts';

/** The columns of a file of figures, as an export and an empty sheet name them, with other names for them. */
const columns = {
  measure: ['measure', 'indicator'],
  period: ['period'],
  partner: ['partner', 'organisation', 'organization'],
  breakdown: ['breakdown'],
  group: ['group'],
  value: ['value', 'figure', 'number'],
  outOf: ['out of', 'of'],
  answer: ['answer'],
  note: ['note', 'comment'],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof columns;
const columnNames = Object.keys(columns) as Column[];
const heads = columnNames.map((column) => columns[column][0]);
const columnByName = new Map(
  columnNames.flatMap((column) => columns[column].map((name) => [name as string, column] as const)),
);

export const mostFileRows = 1000;
/** Lines that are looked at, those left open included: whatever holds more is no sheet of ours, and would take long. */
const mostLines = 20 * mostFileRows;
/** Figures given at once by one file; more belong in several, each of which can be checked by eye. */
export const mostFigures = 300;

type Row = Readonly<Record<Column, string>> & { readonly row: number };
/** Rows that belong to one figure: the whole, and its groups. */
export type RowsOfOne = {
  readonly row: number;
  readonly measure: string;
  readonly period: string;
  readonly partner: string;
  readonly rows: readonly Row[];
};

export function readFile(
  typed: string,
): { ok: true; figures: RowsOfOne[] } | { ok: false; why: 'unreadable' | 'columns' | 'too-many' | 'empty' } {
  const columnOf = (head: string): Column | null => columnByName.get(foldName(head)) ?? null;
  const records = readRecords(typed, (head) => columnOf(head) !== null, mostLines);
  if (!records) return { ok: false, why: 'unreadable' };
  if (records.length > mostLines) return { ok: false, why: 'too-many' };
  const [head, ...body] = records;
  const at = head?.cells.slice(0, mostColumns).map(columnOf) ?? [];
  if (!at.includes('measure') || !(at.includes('value') || at.includes('answer')))
    return { ok: false, why: 'columns' };
  const rows = body.flatMap(({ cells, row }): Row[] => {
    const cell = (column: Column) => plainCell((cells[at.indexOf(column)] ?? '').trim());
    const values = Object.fromEntries(
      columnNames.map((column) => [column, at.includes(column) ? cell(column) : '']),
    ) as Record<Column, string>;
    // What was left open is not given yet; a line without a measure is none.
    const filled = values.value !== '' || values.answer !== '';
    return filled && values.measure !== '' ? [{ ...values, row }] : [];
  });
  if (rows.length > mostFileRows) return { ok: false, why: 'too-many' };
  const byFigure = new Map<string, Row[]>();
  for (const row of rows) {
    const key = [row.measure, row.period, row.partner].map(foldName).join('\n');
    byFigure.set(key, [...(byFigure.get(key) ?? []), row]);
  }
  const figures = [...byFigure.values()].flatMap((all): RowsOfOne[] => {
    const [first] = all;
    if (!first) return [];
    const { row, measure, period, partner } = first;
    return [{ row, measure, period, partner, rows: all }];
  });
  if (figures.length === 0) return { ok: false, why: 'empty' };
  return figures.length > mostFigures ? { ok: false, why: 'too-many' } : { ok: true, figures };
}

type FileProblem =
  | FigureProblem
  | {
      readonly why: 'twice' | 'no-whole' | 'two-readings';
      readonly values: Readonly<Record<string, string>>;
    };

/** One figure out of its rows; in a file nobody can be asked which of two was meant. */
export function givenIn(
  of: RowsOfOne,
  measure: Measure,
  language: string,
): { ok: true; given: Given; note: string } | { ok: false; problem: FileProblem } {
  const wholes = of.rows.filter(({ group }) => group === '');
  const [whole, second] = wholes;
  if (!whole) return { ok: false, problem: { why: 'no-whole', values: {} } };
  if (second) return { ok: false, problem: { why: 'twice', values: { row: String(second.row) } } };
  const typed = ({ value, outOf, answer }: Row) =>
    measure.kind === 'percent' && outOf !== '' ? `${value}/${outOf}` : value === '' ? answer : value;
  const groups = of.rows
    .filter(({ group }) => group !== '')
    .map((row) => `${row.breakdown === '' ? '' : `${row.breakdown} / `}${row.group}: ${typed(row)}`);
  const read = readGiven(measure, { figure: typed(whole), groups: groups.join('\n') }, language);
  if (!read.ok) return read;
  const [given, other] = read.readings;
  if (!given || other) return { ok: false, problem: { why: 'two-readings', values: { got: typed(whole) } } };
  return { ok: true, given, note: whole.note };
}

/** A sheet with a line for every open figure and its groups, to be filled in and sent back. */
export function emptySheet(lines: readonly { measure: Measure; period: string; partner: string }[]): string {
  const rows = lines.flatMap(({ measure, period, partner }) => {
    const line = (breakdown: string, group: string) =>
      [measure.name, period, partner, breakdown, group, '', '', '', ''].map(harmlessCell);
    return [
      line('', ''),
      ...measure.breakdowns.flatMap(({ name, groups }) => groups.map((group) => line(name, group))),
    ];
  });
  return writeRecords([heads, ...rows]);
}
