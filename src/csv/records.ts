import { type Info, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** Columns that are looked at, and letters of a header. */
export const mostColumns = 200;
const longestHeader = 20_000;
const separators = [',', ';', '\t', '|'];

export type CsvRecord = {
  readonly cells: readonly string[];
  /** As a spreadsheet numbers its rows: the header and blank ones count. */
  readonly row: number;
};

/**
 * Reads what spreadsheets write: any of their separators, a byte order mark, quotes, every kind of line end.
 * Blank lines are left out. Null where a quote is opened and not closed.
 *
 * @param isKnown whether a cell of the header names a column; the separator is the one under which most do
 * @param most records that are looked at; one more is given where there are more
 */
export function readRecords(
  typed: string,
  isKnown: (head: string) => boolean,
  most: number,
): CsvRecord[] | null {
  const text = typed
    .replace(/^\u{FEFF}/u, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^sep=.\n/i, '');
  return recordsOf(text, separatorOf(text, isKnown), most);
}

function recordsOf(text: string, separator: string, most: number): CsvRecord[] | null {
  try {
    // The library's types do not know what `info` changes.
    const found: unknown[] = parse(text, {
      delimiter: separator,
      record_delimiter: '\n',
      relax_column_count: true,
      // 5" pipe, as people type it: a quote inside a cell that began without one.
      relax_quotes: true,
      // Counted all the same: `info` tells how many there were.
      skip_empty_lines: true,
      info: true,
      to: most + 1,
    });
    return (found as { record: string[]; info: Info }[]).map(({ record, info }) => ({
      cells: record,
      row: info.records + info.empty_lines,
    }));
  } catch (error) {
    if ((error as { code?: string }).code === 'CSV_QUOTE_NOT_CLOSED') return null;
    throw error;
  }
}

/** Where the header ends in an open quote, none is better than another: reading all of it tells why. */
function separatorOf(text: string, isKnown: (head: string) => boolean): string {
  const begin = text.slice(0, longestHeader);
  const header = /^\s*(?:"(?:[^"]|"")*"|[^\n"])*/.exec(begin)?.[0] ?? '';
  const knownUnder = (separator: string) =>
    (recordsOf(header, separator, 1) ?? [])
      .flatMap(({ cells }) => cells)
      .slice(0, mostColumns)
      .filter(isKnown).length;
  return separators.reduce((best, each) => (knownUnder(each) > knownUnder(best) ? each : best));
}

/** Rows as every spreadsheet opens them: with a byte order mark. Their cells are made harmless by whoever knows them. */
export function writeRecords(rows: readonly (readonly string[])[]): string {
  return stringify([...rows], {
    bom: true,
    record_delimiter: '\r\n',
    // By itself it quotes only cells that hold the whole CRLF.
    quoted_match: /[\r\n]/,
  });
}
