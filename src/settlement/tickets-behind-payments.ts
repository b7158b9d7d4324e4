import type { TicketId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { type Books, judge } from './judge.ts';
import type { ProvenCredit } from './ticket-proof.ts';

/**
 * The tickets that decide about the money that would now be paid for the first time: those of the
 * credits themselves, and those on which the same makers and customers have credits that wait.
 * @param since credits posted before are another run's
 */
export function ticketsBehindPayments(books: Books, since: Instant): ReadonlySet<TicketId> {
  const payable = new Set(
    judge(books).credits.flatMap(({ verdict, id }) => (verdict === 'payable' ? [id] : [])),
  );
  const credits = books.proofs.flatMap((proof) => proof.credits);
  const due = credits.filter(
    ({ id, state }) =>
      state.kind === 'posted' && state.at >= since && payable.has(id) && !books.exported.has(id),
  );
  const budgets = new Set(due.map(budgetOf));
  const customers = new Set(due.map(({ customer }) => customer));
  const waiting = credits.filter(
    (credit) =>
      credit.state.kind === 'open' &&
      (budgets.has(budgetOf(credit)) || customers.has(credit.customer)),
  );
  return new Set([...due, ...waiting].map(({ ticket }) => ticket));
}

const budgetOf = ({ slot, maker }: ProvenCredit): string => `${slot.key.period}/${maker}`;
