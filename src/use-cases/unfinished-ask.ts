import { holdsBudget } from '#domain/budget.ts';
import type { Credit } from '#domain/credit.ts';
import type { Currency } from '#domain/currencies.ts';
import { SLOT_LIFE } from '#domain/fold-request.ts';
import type { Ledger } from '#domain/fold.ts';
import type { TicketId } from '#domain/ids.ts';
import { HOUR, type Instant, plus } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import type { Slot } from '#domain/slot.ts';
import type { Context, Memory } from './context.ts';
import { SAFE_AFTER } from './time-is-over.ts';
import { type FormText, keepUnfinished, readUnfinished, type Unfinished } from './unfinished.ts';
import { isUnfinished } from './unfinished-slot.ts';

/** No browser's clock is taken to be wrong by more. */
const MOST_WRONG = 6 * HOUR;

/** What is known of an ask whose end nobody was told. */
export type UnfinishedAsk =
  /** It may still arrive; until then no other can be made on this ticket. */
  | { readonly kind: 'waiting'; readonly until: Instant; readonly typedHere: boolean }
  /** It did arrive. */
  | { readonly kind: 'arrived'; readonly credit: Credit | null }
  /** It can no longer arrive. `held`: its slot still holds the money, until repair frees it. */
  | { readonly kind: 'lost'; readonly form: FormText; readonly held: boolean };

/**
 * Looks for one on the open ticket: in what this browser kept, and among one's own slots.
 * @param voided slots that repair has just freed, since nothing in the journal used them
 * @param typed the amount as the agent would type it
 */
export function unfinishedAsk(
  { memory, clock, me }: Pick<Context, 'memory' | 'clock' | 'me'>,
  ticket: TicketId,
  known: {
    readonly ledger: Ledger;
    /** When the audits behind the ledger were asked for: only later ones prove that nothing came. */
    readonly readAt: Instant;
    readonly ownSlots: readonly Slot[];
    readonly voided: readonly Slot[];
  },
  typed: (minor: Minor, currency: Currency) => string,
): UnfinishedAsk | null {
  const { ledger, readAt, ownSlots, voided } = known;
  const kept = readUnfinished(memory, ticket);
  if (kept) {
    const credit = ledger.credits.find(({ id }) => id === kept.credit);
    const told = ledger.problems.some(({ credit: about }) => about === kept.credit);
    if (credit || told) return { kind: 'arrived', credit: credit ?? null };
    const slot = [...voided, ...ownSlots].find(({ fields }) => fields.credit === kept.credit);
    const since = slot?.createdAt ?? kept.claimed ?? sinceByOwnClock(memory, ticket, kept, readAt);
    // As long as repair waits, so that who is told that it is lost has the money back at once.
    const until = plus(since, SLOT_LIFE + SAFE_AFTER);
    const held = slot !== undefined && holdsBudget(slot.fields.status);
    // A clock that nobody checked may run hours ahead: the slot's repair checks it, where it may write.
    const sure = clock.checked() || !held ? until : plus(until, MOST_WRONG);
    const isOver = readAt > sure && readAt <= clock.now();
    if (!isOver) {
      return { kind: 'waiting', until: readAt > until ? sure : until, typedHere: true };
    }
    return { kind: 'lost', form: kept.form, held };
  }
  const waiting = ownSlots.find((slot) => isUnfinished(slot, ledger, ticket, readAt));
  if (waiting) {
    return { kind: 'waiting', until: plus(waiting.createdAt, SLOT_LIFE), typedHere: false };
  }
  const lost = voided.find(
    ({ fields, key }) =>
      key.maker === me &&
      fields.ticket === ticket &&
      !ledger.credits.some(({ id }) => id === fields.credit),
  );
  if (!lost) return null;
  const { amount, currency, reason } = lost.fields;
  const form = { amount: typed(amount, currency), reason, note: '', exception: '' };
  return { kind: 'lost', form, held: false };
}

/** Kept by a clock that ran ahead and was corrected since, it would wait for hours. */
function sinceByOwnClock(
  memory: Memory,
  ticket: TicketId,
  kept: Unfinished,
  readAt: Instant,
): Instant {
  if (kept.since <= readAt) return kept.since;
  keepUnfinished(memory, ticket, { ...kept, since: readAt });
  return readAt;
}
