import { typedAmount, type Writing } from '#domain/amount-text.ts';
import type { Minor } from '#domain/money.ts';
import type { Band, Decision } from '#domain/policy.ts';
import type { Reason } from '#domain/reason-settings.ts';
import type { Terms } from '#domain/terms.ts';
import { decideOffer, type Known } from './maker-facts.ts';
import type { FormText } from './unfinished.ts';

/** What still has to be filled in before the form can be sent. */
export type FormGap = 'amount' | 'unusual' | 'reason' | 'note' | 'exception' | 'cosigners';

/** What the form shows while somebody types. */
export interface OfferPreview {
  readonly amount: ReturnType<typeof typedAmount>;
  /** On the amount as typed; on the smallest one while none is readable, so that the button can speak. */
  readonly decision: Decision;
  /** How many must be asked. */
  readonly needed: number;
  readonly gaps: readonly FormGap[];
}

/** @param asked those chosen who can be asked in this band */
export function previewOffer(
  known: Known,
  form: FormText,
  where: Pick<Parameters<typeof decideOffer>[1], 'ticket' | 'customer' | 'leadAdvised'>,
  writing: Writing,
): Omit<OfferPreview, 'gaps'> {
  const { terms } = known;
  const amount = typedAmount(form.amount, terms.currency, writing);
  const minor = amount.ok ? amount.minor : (1 as Minor);
  const decision = decideOffer(known, {
    ...where,
    amount: { minor, currency: terms.currency },
    exception: form.exception,
  });
  return { amount, decision, needed: neededIn(decision.band, terms) };
}

const neededIn = (band: Band, terms: Terms): number =>
  band === 'peer' ? terms.cosigners : band === 'lead' ? 1 : 0;

/**
 * @param needs what has to be explained: that it is an exception, or that its amount is unusual
 */
export function gapsOf(
  form: FormText,
  { amount, needed }: Omit<OfferPreview, 'gaps'>,
  reason: Reason | undefined,
  needs: { readonly exception: boolean; readonly unusual: boolean },
  asked: number,
): readonly FormGap[] {
  const gaps: FormGap[] = [];
  if (!amount.ok) gaps.push('amount');
  // A note that says what happened is a sentence, too: nobody is asked twice.
  if (needs.unusual && !`${form.unusual ?? ''}${form.note}`.trim()) gaps.push('unusual');
  if (!reason) gaps.push('reason');
  if (reason?.noteRequired && form.note.trim() === '') gaps.push('note');
  if (needs.exception && form.exception.trim() === '') gaps.push('exception');
  if (asked < needed) gaps.push('cosigners');
  return gaps;
}
