import { DAY, type Instant, MINUTE, plus } from '#domain/instant.ts';
import { type Minor, sum } from '#domain/money.ts';
import { periodKeyAt } from '#domain/period.ts';
import { formatSlotKey } from '#domain/slot-key.ts';
import { periodOf, type Terms } from '#domain/terms.ts';
import {
  byClaim,
  byRequest,
  byWriting,
  heldThen,
  type ProvenCredit,
  type ProvenSignature,
  returnedAt,
  takenBackAt,
} from './ticket-proof.ts';

/** Two requests or approvals that are so close could not know of each other: search lags, tabs wait. */
const CROSSING = 10 * MINUTE;

/** Budget that a slot holds whose journal is gone with its ticket: nobody knows more of it. */
export interface LostSlot {
  readonly createdAt: Instant;
  readonly amount: Minor;
}

/**
 * What the maker had used of the period's budget when the credit claimed its own part: by the
 * journals, whatever the request attested and whatever the slots say now. In the order of the claims
 * and not of the numbers, since a number can be skipped by hand.
 * @param ofPeriod all credits of the maker's period, the credit itself among them
 */
export const budgetUsed = (
  credit: ProvenCredit,
  ofPeriod: readonly ProvenCredit[],
  lost: readonly LostSlot[],
): Minor =>
  sum([
    ...ofPeriod
      .filter(
        (other) =>
          other !== credit &&
          byClaim(other, credit) < 0 &&
          heldThen(returnedAt(other), credit.slot.createdAt),
      )
      .map(({ amount }) => amount.minor),
    ...lost
      .filter(({ createdAt }) => createdAt < credit.slot.createdAt)
      .map(({ amount }) => amount),
  ]);

/** A sum or count, and the same without what came so shortly before that nobody could know of it. */
export interface Crossed<N extends number> {
  readonly all: N;
  readonly known: N;
}

/**
 * What the customer held or waited for in the cap's days when the credit was asked for.
 * @param ofCustomer all credits for the customer, the credit itself among them
 */
export function customerUsed(
  credit: ProvenCredit,
  ofCustomer: readonly ProvenCredit[],
  capDays: number,
): Crossed<Minor> {
  const held = ofCustomer.filter(
    (other) =>
      other !== credit &&
      other.amount.currency === credit.amount.currency &&
      byRequest(other, credit) < 0 &&
      other.requestedAt > plus(credit.requestedAt, -capDays * DAY) &&
      heldThen(takenBackAt(other), credit.requestedAt),
  );
  const known = held.filter(({ requestedAt }) => requestedAt < credit.requestedAt - CROSSING);
  return { all: amounts(held), known: amounts(known) };
}

const amounts = (credits: readonly ProvenCredit[]): Minor =>
  sum(credits.map(({ amount }) => amount.minor));

/**
 * How often the signer had co-signed for the maker in the period of the approval, before it was written.
 * @param ofMaker all credits of the maker, the signed one among them
 * @param terms those of the approval
 */
export function pairSigns(
  signature: ProvenSignature,
  credit: ProvenCredit,
  ofMaker: readonly ProvenCredit[],
  terms: Terms,
): Crossed<number> {
  const period = periodKeyAt(signature.at, periodOf(terms));
  const before = ofMaker.flatMap((other) => {
    if (other === credit || other.slot.key.period !== period) return [];
    if (!heldThen(returnedAt(other), signature.writtenAt)) return [];
    const own = other.signatures.find(({ by }) => by === signature.by);
    return own && byWriting(own, signature) < 0 ? [own] : [];
  });
  const known = before.filter(({ writtenAt }) => writtenAt < signature.writtenAt - CROSSING);
  return { all: before.length, known: known.length };
}

/** Whose budget a credit is of, and of which period: the part of a slot's key before its number. */
export const budgetKey = ({ slot }: ProvenCredit): string => `${slot.key.period}/${slot.key.maker}`;

export const slotName = ({ slot }: ProvenCredit): string => formatSlotKey(slot.key);

export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
