import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYTE_ORDER_MARK, cellText, csvCell, csvRow, readCsv } from './csv-file.ts';

describe('a cell of the file for finance', () => {
  it.each(['=1+1', '+1', '-2+3', '@SUM(A1)', ' =1', '\t=1', '\r=1', '\n@x', '\uFF1D1+1', '\0=1'])(
    'is shown and not run, where %j could be a formula',
    (text) => {
      expect(csvCell(text).startsWith(`"'`)).toBe(true);
      expect(cellText(csvCell(text).slice(1, -1))).toBe(text);
    },
  );

  it('holds a number as a number, a negative one too', () => {
    expect(csvRow(['25.00', '-25.00', '70'])).toBe('25.00,-25.00,70\r\n');
  });

  it('never begins with what a spreadsheet runs, and reads back, whatever the text', () => {
    const cells = fc.array(
      fc.string({ unit: 'binary' }).filter((text) => !text.startsWith("'")),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(cells, cells, (one, other) => {
        const rows = readCsv(BYTE_ORDER_MARK + csvRow(one) + csvRow(other));
        expect(rows.map((row) => row.map(cellText))).toEqual([one, other]);
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+@]|^-(?!\d+(\.\d+)?$)/);
      }),
    );
  });

  it('is not read from half a file', () => {
    expect(() => readCsv('"a","b')).toThrow(SyntaxError);
  });
});
