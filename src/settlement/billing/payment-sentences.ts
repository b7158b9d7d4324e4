import type { PaymentProblem, Payments } from './pay-credits.ts';

const PROBLEMS: Readonly<Record<PaymentProblem, string>> = {
  'paid-differently':
    'The payer has a payment under this id with another amount or customer, or more than one. Somebody has to look there.',
  'outcome-unknown':
    'The payer’s answer was lost, and it does not have the payment yet. The next run looks again before it pays.',
  'begun-at-other-payer':
    'An earlier run began to pay it another way. It stays there: run that way again, or look whether it was paid.',
  'differs-from-ledger':
    'It was paid, or begun, with another amount, currency, ticket or customer.',
  'credit-not-paid':
    'It was reversed, and this ledger does not have it as paid: nothing to take back.',
  'payer-id-shared':
    'Two customers name the same customer at the payer. Confirm the credit if that is meant.',
  'payer-id-changed':
    'The customer was paid under another id before. Agents can change it: confirm the credit if it is right.',
  'customer-without-payer-id': 'The customer has no id for the payer in Zendesk.',
  'payer-id-malformed': 'What Zendesk has as the customer’s id is no id of this payer.',
  'customer-unknown-to-payer': 'The payer has no such customer, or deleted it.',
  'other-currency-at-payer': 'The payer bills this customer in another currency.',
  'amount-not-possible': 'The payer cannot hold this amount exactly. It is never rounded.',
  'refused-by-payer': 'The payer refused it.',
  'not-authorised': 'The payer does not accept the key, or the key may not do this.',
  'rate-limited': 'The payer takes no more requests now.',
  'payer-unavailable': 'The payer could not be asked what it has.',
};

/** What a person in finance reads, worst first. */
const ORDER = Object.keys(PROBLEMS);

const count = (number: number, one: string, many: string): string =>
  `${String(number)} ${number === 1 ? one : many}`;

/** What was paid and what was not, for whoever started the run. */
export function paymentSummary(payments: Payments): string {
  const { paid, already, exceptions, stopped, left, hadTornLine } = payments;
  const lines = [
    `Paid: ${count(paid.length, 'line', 'lines')}. Paid by earlier runs: ${String(already.length)}.`,
  ];
  if (exceptions.length > 0) {
    lines.push(`Not paid: ${count(exceptions.length, 'line', 'lines')}.`);
    const sorted = [...exceptions].sort(
      (one, other) => ORDER.indexOf(one.problem) - ORDER.indexOf(other.problem),
    );
    lines.push(...sorted.map(({ id, problem }) => `  ${id} ${problem}: ${PROBLEMS[problem]}`));
  }
  if (hadTornLine) {
    lines.push(
      'The last line of the paid ledger was cut off by a crash. It was removed: nothing was done by it.',
    );
  }
  if (stopped !== null) {
    lines.push(
      `Stopped, ${count(left.length, 'line is', 'lines are')} left for the next run: ${PROBLEMS[stopped]}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
