/**
 * Signs with which a spreadsheet takes a cell for a formula, and runs it: OWASP "CSV Injection", with the
 * full-width forms that some spreadsheets read alike. Apostrophes before them are ours or a person's: one is
 * added and one taken away, so that a text which really starts with one survives the way there and back.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** A cell on its way out: no spreadsheet runs it. */
export const harmlessCell = (value: string): string => (formula.test(value) ? `'${value}` : value);

/** The same cell on its way in. */
export const plainCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
