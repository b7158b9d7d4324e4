import { describe, expect, it } from 'vitest';
import { readCsv } from './billing/csv-file.ts';
import { type Format, written } from './output.ts';
import type { Finding, ReversalLine, SettledCredit } from './settled-credit.ts';

const common = {
  code: 'LW-ABCDEF',
  ticket: '1087',
  customer: '901',
  amount: 2500,
  currency: 'USD',
  maker: '11',
};

const credit = {
  ...common,
  kind: 'credit',
  // Ids are made by clients: the letters that one may have include a minus in front.
  id: '-1+cmd-id',
  signers: [{ user: '12', as: 'peer', role: 'agent' }],
  terms: 1,
  requestedAt: Date.UTC(2026, 10, 22, 10),
  postedAt: Date.UTC(2026, 10, 22, 11),
  holdUntil: Date.UTC(2026, 10, 23, 11),
  endedAt: null,
  ended: null,
  verdict: 'not-payable',
  reasons: [{ code: 'slot-missing', values: { slot: 'month:2026-11:Etc~UTC:USD/11/1' } }],
  confirmed: [],
  remarks: [],
} as unknown as SettledCredit;

const reversal = {
  ...common,
  kind: 'reversal',
  id: 'credit-one.reversal',
  credit: 'credit-one',
  reversedAt: Date.UTC(2026, 10, 24),
} as unknown as ReversalLine;

const finding: Finding = {
  kind: 'finding',
  id: 'slots-deleted:x',
  code: 'slots-deleted',
  ticket: null,
  credit: null,
  audit: null,
  by: null,
  at: null,
  values: { budget: '=HYPERLINK("x")', count: 2, numbers: '3, 4' },
};

const text = (format: Format): string => [...written([credit, reversal, finding], format)].join('');

describe('the lines as a file', () => {
  it('have a row each in CSV, money back as a negative amount, and no formula', () => {
    const [header = [], ...rows] = readCsv(text('csv'));
    const cell = (row: number, name: string) => rows[row]?.[header.indexOf(name)];
    expect(rows).toHaveLength(3);
    expect([cell(0, 'amount'), cell(1, 'amount'), cell(2, 'amount')]).toEqual([
      '25.00',
      '-25.00',
      '',
    ]);
    expect(cell(0, 'id')).toBe("'-1+cmd-id");
    expect(cell(0, 'reasons')).toBe('slot-missing');
    expect(cell(0, 'why')).toContain('was deleted, or never made');
    expect(cell(0, 'signers')).toBe('12 peer (agent)');
  });

  it('are one list in JSON and a line each in NDJSON, with minor units', () => {
    const list = JSON.parse(text('json')) as { amount_minor: number | null }[];
    const lines = text('ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual(list);
    expect(list.map(({ amount_minor: minor }) => minor)).toEqual([2500, -2500, null]);
  });

  it('are sentences for people, with every value in its place', () => {
    expect(text('text')).toContain('-25.00 USD  ticket 1087, LW-ABCDEF');
    expect(text('text')).toContain('2 budget records of');
    expect(text('text')).not.toContain('{');
  });
});
