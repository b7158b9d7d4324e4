import { isoFromInstant, type Instant } from '#domain/instant.ts';
import { type Minor, plainAmount } from '#domain/money.ts';
import { BYTE_ORDER_MARK, csvRow } from './billing/csv-file.ts';
import { groupOf } from './line-order.ts';
import { sentenceOf } from './sentences.ts';
import type { SettledLine } from './settled-credit.ts';

export const FORMATS = ['csv', 'ndjson', 'json', 'text'] as const;
export type Format = (typeof FORMATS)[number];

/** One line as every format has it; empty where it does not apply. */
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

const COLUMNS = [
  'id',
  'verdict',
  'code',
  'ticket',
  'customer',
  'amount',
  'currency',
  'maker',
  'signers',
  'terms',
  'requested_at',
  'posted_at',
  'hold_until',
  'ended_at',
  'reasons',
  'confirmed',
  'why',
] as const;

const empty: Row = {
  id: '',
  verdict: '',
  code: '',
  ticket: '',
  customer: '',
  amount: '',
  currency: '',
  maker: '',
  signers: '',
  terms: '',
  requested_at: '',
  posted_at: '',
  hold_until: '',
  ended_at: '',
  reasons: '',
  confirmed: '',
  why: '',
};

const time = (at: Instant | null): string => (at === null ? '' : isoFromInstant(at));

function rowOf(line: SettledLine): Row {
  const common = { ...empty, id: line.id, verdict: groupOf(line), why: sentenceOf(line) };
  switch (line.kind) {
    case 'credit': {
      const { amount: minor, currency } = line;
      return {
        ...common,
        code: line.code,
        ticket: line.ticket,
        customer: line.customer,
        amount: plainAmount({ minor, currency }),
        currency,
        maker: line.maker,
        signers: line.signers.map(({ user, as, role }) => `${user} ${as} (${role})`).join('; '),
        terms: String(line.terms),
        requested_at: time(line.requestedAt),
        posted_at: time(line.postedAt),
        hold_until: time(line.holdUntil),
        ended_at: time(line.endedAt),
        reasons: line.reasons.map(({ code }) => code).join(' '),
        confirmed: line.confirmed.map(({ code }) => code).join(' '),
      };
    }
    case 'reversal': {
      const { currency } = line;
      return {
        ...common,
        code: line.code,
        ticket: line.ticket,
        customer: line.customer,
        amount: `-${plainAmount({ minor: line.amount, currency })}`,
        currency,
        maker: line.maker,
        ended_at: time(line.reversedAt),
      };
    }
    case 'finding':
      return {
        ...common,
        ticket: line.ticket ?? '',
        maker: line.by ?? '',
        ended_at: time(line.at),
        reasons: line.code,
      };
  }
}

/** The amount in minor units too, for programs that do not want to read decimals. */
const minorOf = (line: SettledLine): Minor | number | null =>
  line.kind === 'finding' ? null : line.kind === 'reversal' ? -line.amount : line.amount;

const objectOf = (line: SettledLine) => ({ ...rowOf(line), amount_minor: minorOf(line) });

/**
 * The lines as a file, piece by piece. CSV is for spreadsheets: a text that a spreadsheet would take
 * for a formula is shown instead. JSON is one list; NDJSON has a line each; text is for people.
 */
export function* written(lines: readonly SettledLine[], format: Format): Generator<string, void> {
  switch (format) {
    case 'csv':
      yield BYTE_ORDER_MARK + csvRow(COLUMNS);
      for (const line of lines) {
        const row = rowOf(line);
        yield csvRow(COLUMNS.map((column) => row[column]));
      }
      break;
    case 'ndjson':
      for (const line of lines) yield `${JSON.stringify(objectOf(line))}\n`;
      break;
    case 'json':
      yield '[';
      for (const [place, line] of lines.entries()) {
        yield `${place === 0 ? '\n' : ',\n'}${JSON.stringify(objectOf(line))}`;
      }
      yield '\n]\n';
      break;
    case 'text':
      for (const line of lines) yield textOf(rowOf(line));
      break;
  }
}

const textOf = ({ verdict, amount, currency, ticket, code, why }: Row): string => {
  const money = amount === '' ? '' : `${amount} ${currency}`;
  const where = [ticket === '' ? '' : `ticket ${ticket}`, code].filter((part) => part !== '');
  return `${verdict.padEnd(12)}${money.padStart(12)}  ${where.join(', ')}\n    ${why}\n`;
};
