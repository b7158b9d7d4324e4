import type { Currency } from '#domain/currencies.ts';
import { type Minor, plainAmount } from '#domain/money.ts';
import { groupOf, isException } from './line-order.ts';
import type { SettledLine } from './settled-credit.ts';

const count = (number: number, one: string, many: string): string =>
  `${String(number)} ${number === 1 ? one : many}`;

/** What a run found, for whoever started it. @param news the lines that are new @param all everything since then */
export function summary(news: readonly SettledLine[], all: readonly SettledLine[]): string {
  const of = (group: string): readonly SettledLine[] =>
    news.filter((line) => groupOf(line) === group);
  const lines = [
    `Payable: ${count(of('payable').length, 'credit', 'credits')}${totals(of('payable'))}.`,
    ...(of('reversal').length > 0
      ? [
          `Going back: ${count(of('reversal').length, 'credit', 'credits')}${totals(of('reversal'))}.`,
        ]
      : []),
    `In their hold: ${String(of('held').length)}. Waiting: ${String(of('waiting').length)}.`,
    `To look at: ${count(of('not-payable').length, 'credit', 'credits')} not payable, ${count(of('finding').length, 'other thing', 'other things')}.`,
    ...byReason(news),
  ];
  const standing = all.filter(isException).length - news.filter(isException).length;
  if (standing > 0) {
    lines.push(
      `${count(standing, 'exception', 'exceptions')} told before still stand: leeway verify lists them.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** ` (25.00 USD, 3000 JPY)` */
function totals(lines: readonly SettledLine[]): string {
  const sums = new Map<Currency, number>();
  for (const line of lines) {
    if (line.kind === 'finding') continue;
    sums.set(line.currency, (sums.get(line.currency) ?? 0) + line.amount);
  }
  const texts = [...sums].map(
    ([currency, minor]) => `${plainAmount({ minor: minor as Minor, currency })} ${currency}`,
  );
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`;
}

/** How many lines each reason stops, in the order of the lines: worst first. */
function byReason(lines: readonly SettledLine[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines.filter(isException)) {
    const codes =
      line.kind === 'finding'
        ? [line.code]
        : line.kind === 'credit'
          ? line.reasons.map(({ code }) => code)
          : [];
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, number]) => `  ${code}: ${String(number)}`);
}
