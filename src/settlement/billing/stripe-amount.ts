import { type Currency, exponent } from '#domain/currencies.ts';

/**
 * Currencies that Stripe counts in another unit than ISO 4217 says: the króna and the Uganda shilling
 * with two decimals that are always 00, the ariary with none.
 */
const otherExponents: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/**
 * An amount as Stripe counts it, for currencies with three decimals a multiple of ten, as Stripe wants.
 * @param minor of ISO 4217's minor unit, negative for a reversal
 * @returns null where Stripe cannot hold it exactly: it is never rounded
 */
export function stripeAmount(minor: number, currency: Currency): number | null {
  const ours = exponent(currency);
  const theirs = otherExponents[currency] ?? ours;
  if (theirs > 3) return null;
  const amount = theirs >= ours ? minor * 10 ** (theirs - ours) : minor / 10 ** (ours - theirs);
  if (!Number.isSafeInteger(amount) || amount === 0) return null;
  return theirs === 3 && amount % 10 !== 0 ? null : amount;
}
