/**
 * CSV by RFC 4180, as spreadsheets read it: CRLF, every text quoted, a byte order mark so that
 * letters outside of ASCII survive.
 */
export const BYTE_ORDER_MARK = '\uFEFF';

/** What makes a spreadsheet take a cell for a formula, white space before it included. */
const beginsFormula = /^[\s\0]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r\n]/u;

/** A number as it is (`-25.00`), not a text: only what we made of integers may pass as one. */
const isPlainNumber = (cell: string): boolean => /^-?\d+(?:\.\d+)?$/.test(cell);

/**
 * One cell. What a spreadsheet could run gets an apostrophe in front, which spreadsheets show as text.
 * Quoting alone does not help: they strip the quotes first.
 */
export function csvCell(cell: string): string {
  if (isPlainNumber(cell)) return cell;
  const safe = beginsFormula.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The text that {@link csvCell} was given, where it cannot begin with an apostrophe itself. */
export const cellText = (cell: string): string =>
  cell.startsWith("'") && beginsFormula.test(cell.slice(1)) ? cell.slice(1) : cell;

export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The rows of a CSV file, cells without their quotes; an apostrophe before a formula stays. @throws SyntaxError */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/gy;
  cells.lastIndex = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (cells.lastIndex < text.length) {
    const match = cells.exec(text);
    if (match === null) throw new SyntaxError('this is no CSV');
    const [, quoted, bare = '', end] = match;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
