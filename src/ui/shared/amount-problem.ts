import type { typedAmount } from '#domain/amount-text.ts';
import type { Currency } from '#domain/currencies.ts';
import type { Minor } from '#domain/money.ts';
import type { Texts } from './texts.ts';

/** What would be right in place of an amount that could not be read; where it could mean two things, both. */
export const amountProblem = (
  amount: Extract<ReturnType<typeof typedAmount>, { ok: false }>,
  currency: Currency,
  { t, typed }: Pick<Texts, 't' | 'typed'>,
): string =>
  t(`form.amountProblem.${amount.why}`, {
    example: typed(1250 as Minor, currency),
    currency,
    ...(amount.why === 'ambiguous' && {
      one: typed(amount.readings[0], currency),
      other: typed(amount.readings[1], currency),
    }),
  });
