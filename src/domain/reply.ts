import { possibleAmounts } from './amount-text.ts';
import type { Currency } from './currencies.ts';
import type { Minor } from './money.ts';

/** What the first line of a private reply asks for. */
export type Reply =
  | { readonly verdict: 'approve'; readonly code: string; readonly amount: string }
  | { readonly verdict: 'decline'; readonly code: string; readonly reason: string };

// A point or comma belongs to the code only with white space after it: ".50" is an amount.
const shape =
  /^\s*(approve|decline)\s+(LW-[2-9A-HJKMNP-TV-Z]{6})(?:(?:\s*:\s*|[,.]?\s+)(.*)|[,.])?$/i;

/**
 * Reads `approve LW-XXXXXX 25.00` or `decline LW-XXXXXX reason…`. Only the first line that is not
 * blank counts, and never a quoted one: a reply that quotes an approval approves nothing.
 */
export function parseReply(text: string): Reply | null {
  const line = text.split(/\r?\n/).find((each) => each.trim() !== '') ?? '';
  const [, verb, code, rest = ''] = shape.exec(line.normalize('NFKC')) ?? [];
  if (!verb || !code) return null;
  return verb.toLowerCase() === 'approve'
    ? { verdict: 'approve', code: code.toUpperCase(), amount: rest.trim() }
    : { verdict: 'decline', code: code.toUpperCase(), reason: rest.trim() };
}

/** Whether the amount as typed can mean this one, in any usual form. */
export const repliesWithAmount = (typed: string, amount: Minor, currency: Currency): boolean =>
  possibleAmounts(typed, currency).includes(amount);
