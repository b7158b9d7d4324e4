import type { CreditId, TicketId, UserId } from '#domain/ids.ts';
import type { Money } from '#domain/money.ts';
import type { Slot } from '#domain/slot.ts';
import type { Memory } from './context.ts';
import { latestByCredit, type Outcome, slotOutcomes } from './past-credits.ts';

/** A credit of one's own that somebody decided while one was elsewhere. */
export interface Decided {
  readonly credit: CreditId;
  readonly ticket: TicketId;
  readonly amount: Money;
  readonly outcome: Outcome;
}

const KEY = 'own-credits';

/** Enough for a busy quarter; what is older has been told long ago. */
const MOST_REMEMBERED = 300;

/**
 * What this browser has not told this user yet, told from now on. A credit that was never seen waiting
 * is no news, nor what one did oneself, nor what stands on the ticket that is open.
 * @param slots any that were read, others' too
 */
export function takeDecided(
  memory: Memory,
  slots: readonly Slot[],
  me: UserId,
  here: TicketId,
): readonly Decided[] {
  const latest = latestByCredit(slots.filter(({ key }) => key.maker === me));
  const before = remembered(memory);
  const after = new Map(before);
  const decided: Decided[] = [];
  for (const [credit, { fields, updatedBy }] of latest) {
    const { status, ticket, amount, currency } = fields;
    const told = before.get(credit);
    // A search that lags shows what was already told to be over as still waiting.
    if (status === 'reserved' && told !== undefined) continue;
    after.delete(credit);
    after.set(credit, status);
    const isNews = told !== undefined && told !== status && updatedBy !== me && ticket !== here;
    if (isNews) {
      const outcome = slotOutcomes[status];
      decided.push({ credit, ticket, amount: { minor: amount, currency }, outcome });
    }
  }
  if (after.size !== before.size || [...after].some(([key, is]) => before.get(key) !== is)) {
    memory.write(KEY, Object.fromEntries([...after].slice(-MOST_REMEMBERED)));
  }
  return decided;
}

function remembered(memory: Memory): ReadonlyMap<string, unknown> {
  const kept = memory.read(KEY);
  return new Map(typeof kept === 'object' && kept !== null ? Object.entries(kept) : []);
}
