import { pairCount } from '#domain/budget.ts';
import { mayCheck } from '#domain/checkers.ts';
import type { UserId } from '#domain/ids.ts';
import { DAY, type Instant, plus } from '#domain/instant.ts';
import { type AmountRefusal, type Minor, type NumberStyle, parseAmount } from '#domain/money.ts';
import type { Band, Decision } from '#domain/policy.ts';
import type { Reason } from '#domain/settings.ts';
import type { Slot } from '#domain/slot.ts';
import type { Terms } from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { colleague } from './colleague.ts';
import { decideOffer, type HeldCredit, type Known } from './maker-facts.ts';
import type { FormText } from './unfinished.ts';

/** Somebody who can be asked, or who could but for the pair limit. */
export interface Candidate {
  readonly person: Person;
  /** Co-signs for this maker in the period. */
  readonly pairCount: number;
  readonly tooOften: boolean;
}

/** What still has to be filled in before the form can be sent. */
export type FormGap = 'amount' | 'reason' | 'note' | 'exception' | 'cosigners';

/** What the form shows while somebody types. */
export interface OfferPreview {
  readonly amount: { readonly ok: true; readonly minor: Minor } | { ok: false; why: AmountRefusal };
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
  where: Pick<Parameters<typeof decideOffer>[1], 'ticket' | 'customer'>,
  style: NumberStyle,
): Omit<OfferPreview, 'gaps'> {
  const { terms } = known;
  const amount = parseAmount(form.amount, terms.currency, style);
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

/** @param exceptional whether the maker says that it is an exception */
export function gapsOf(
  form: FormText,
  { amount, needed }: Omit<OfferPreview, 'gaps'>,
  reason: Reason | undefined,
  exceptional: boolean,
  asked: number,
): readonly FormGap[] {
  const gaps: FormGap[] = [];
  if (!amount.ok) gaps.push('amount');
  if (!reason) gaps.push('reason');
  if (reason?.noteRequired && form.note.trim() === '') gaps.push('note');
  if (exceptional && form.exception.trim() === '') gaps.push('exception');
  if (asked < needed) gaps.push('cosigners');
  return gaps;
}

/**
 * Who can be asked in this band: those who may check; where a lead is needed, leads alone. Those who
 * co-signed least for the maker come first, so that help is spread.
 */
export function candidatesFor(
  people: readonly Person[],
  band: Band,
  terms: Terms,
  ownSlots: readonly Slot[],
  who: { readonly maker: UserId; readonly customer: UserId },
): readonly Candidate[] {
  if (band !== 'peer' && band !== 'lead') return [];
  return people
    .filter(({ id }) => band === 'peer' || terms.leads.includes(id))
    .flatMap((person): Candidate[] => {
      const count = pairCount(ownSlots, person.id);
      const check = mayCheck(colleague(person), who, terms, count);
      const tooOften = !check.may && check.why === 'pair-limit';
      return check.may || tooOften ? [{ person, pairCount: count, tooOften }] : [];
    })
    .sort(
      (one, other) =>
        Number(one.tooOften) - Number(other.tooOften) ||
        one.pairCount - other.pairCount ||
        one.person.name.localeCompare(other.person.name),
    );
}

const LATELY = 14 * DAY;

/** The latest credit of the customer's that this one looks like: of the same reason, given lately. */
export const similarCredit = (
  held: readonly HeldCredit[],
  reason: string,
  now: Instant,
): HeldCredit | undefined =>
  held.findLast((credit) => credit.reason === reason && credit.at > plus(now, -LATELY));
