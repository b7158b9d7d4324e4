import type { Ledger } from '#domain/fold.ts';
import type { UserId } from '#domain/ids.ts';
import type { Terms, TermsEntry } from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';

/** Why somebody can't give a credit here at all, before anything is typed. One translation each. */
export type AskRefusal =
  | 'light-agent'
  | 'no-agent'
  | 'not-active'
  | 'terms-none'
  | 'terms-frozen'
  | 'not-in-pilot'
  | 'closed'
  | 'no-customer'
  | 'budget-unknown'
  | 'customer-unknown';

/** What lies with the person and the limits; the rest lies with the ticket or with what could be read. */
export function whyNobodyAsks(
  me: Person | undefined,
  inForce: TermsEntry | undefined,
): Extract<
  AskRefusal,
  'light-agent' | 'no-agent' | 'not-active' | 'terms-none' | 'terms-frozen' | 'not-in-pilot'
> | null {
  if (!me || me.role === 'end-user') return 'no-agent';
  if (me.role === 'light') return 'light-agent';
  if (!me.active || me.suspended) return 'not-active';
  if (!inForce) return 'terms-none';
  if (inForce.state !== 'good') return 'terms-frozen';
  return isInPilot(inForce.terms, me.id) ? null : 'not-in-pilot';
}

const isInPilot = ({ pilot }: Terms, id: UserId): boolean => pilot === null || pilot.includes(id);

/** The first thing that stands against a new credit; null: the form may open. */
export function whyNotAsk(
  me: Person | undefined,
  inForce: TermsEntry | undefined,
  ticket: {
    readonly ledger: Ledger;
    readonly customer: UserId | null;
    readonly budgetKnown: boolean;
    readonly customerKnown: boolean;
  },
): AskRefusal | null {
  const personal = whyNobodyAsks(me, inForce);
  if (personal) return personal;
  if (ticket.ledger.closed) return 'closed';
  if (ticket.customer === null) return 'no-customer';
  if (!ticket.budgetKnown) return 'budget-unknown';
  return ticket.customerKnown ? null : 'customer-unknown';
}
