import type { TicketId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Minor } from './money.ts';

/** A posted credit of the past, without whose it was: amounts compare, customers do not. */
export interface Precedent {
  readonly ticket: TicketId;
  readonly amount: Minor;
  readonly at: Instant;
  /** Who agreed; empty: its maker gave it alone. */
  readonly signers: readonly UserId[];
  readonly exception: boolean;
  /** Of the ticket then. Zendesk puts the customer's own tags onto their tickets. */
  readonly tags: readonly string[];
}

/** What a new credit is compared by. */
export interface Compared {
  /** null while none is typed: then the amount says nothing. */
  readonly amount: Minor | null;
  readonly ticketTags: readonly string[];
  /** They tell the kind of customer. */
  readonly customerTags: readonly string[];
}

/**
 * The past credits that are most like the new one, nearest first; of those that are equally near the
 * newest. Amount, tags and the customer's kind count alike.
 */
export function nearestPrecedents(
  past: readonly Precedent[],
  to: Compared,
  most: number,
): readonly Precedent[] {
  const likeness = new Map(past.map((each) => [each, likenessOf(each, to)]));
  return [...past]
    .sort(
      (one, other) =>
        (likeness.get(other) ?? 0) - (likeness.get(one) ?? 0) ||
        other.at - one.at ||
        other.ticket.localeCompare(one.ticket) ||
        one.amount - other.amount,
    )
    .slice(0, most);
}

const FULL = 100;

/** From 0 to 300, in whole numbers, so that equal things are equal in every browser. */
function likenessOf(past: Precedent, { amount, ticketTags, customerTags }: Compared): number {
  const size =
    amount === null
      ? 0
      : Math.floor((FULL * Math.min(amount, past.amount)) / Math.max(amount, past.amount, 1));
  // The customer's own tags stand on the ticket, too: they are not counted twice.
  const own = ticketTags.filter((tag) => !customerTags.includes(tag));
  return size + shared(own, past.tags) + shared(customerTags, past.tags);
}

function shared(wanted: readonly string[], found: readonly string[]): number {
  if (wanted.length === 0) return 0;
  return Math.floor((FULL * wanted.filter((tag) => found.includes(tag)).length) / wanted.length);
}

/** What is usual: the middle half of the amounts. */
export interface UsualRange {
  /** 25th percentile. */
  readonly low: Minor;
  /** 75th percentile. */
  readonly high: Minor;
  readonly smallest: Minor;
  readonly largest: Minor;
}

/** With fewer, one generous day would be a custom. */
const LEAST_FOR_RANGE = 5;

/**
 * The usual range; null for fewer than {@link LEAST_FOR_RANGE} amounts. Of n amounts in order, counted
 * from 0, the percentiles stand at the places (n − 1) / 4 and 3 (n − 1) / 4. Where such a place lies
 * between two amounts the outer one is taken: both ends are amounts that were given, no coin is split,
 * and half of all credits at least are usual, however few there are.
 */
export function usualRange(amounts: readonly Minor[]): UsualRange | null {
  const sorted = [...amounts].sort((one, other) => one - other);
  const last = sorted.length - 1;
  const low = sorted[Math.floor(last / 4)];
  const high = sorted[Math.ceil((3 * last) / 4)];
  const [smallest] = sorted;
  const largest = sorted[last];
  if (sorted.length < LEAST_FOR_RANGE || low === undefined || high === undefined) return null;
  return { low, high, smallest: smallest ?? low, largest: largest ?? high };
}

export const isUsual = ({ low, high }: UsualRange, amount: Minor): boolean =>
  amount >= low && amount <= high;
