import type { RawRequest } from './journal.ts';
import type { CheckedTerms } from './terms-record.ts';

export type Band = 'self' | 'peer' | 'lead' | 'refused';
const ORDER: readonly string[] = ['self', 'peer', 'lead', 'refused'];

export const stricter = (one: string, other: string): Band =>
  (ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other) as Band;

/** What the ticket held for the customer when somebody asked. */
export interface Before {
  readonly held: number;
  /** The part that is within the cap's days. */
  readonly recent: number;
  readonly declined: boolean;
}

export interface Judged {
  readonly band: Band;
  readonly overrun: number;
}

/** DESIGN.md section 4: the strictest band that fits holds. */
export function judge(
  { offer, facts }: RawRequest,
  before: Before,
  terms: CheckedTerms,
  atApproval: boolean,
): Judged {
  const limits =
    facts.tier === null ? terms.limits : terms.tiers.find(({ key }) => key === facts.tier)?.limits;
  const amount = offer.amount_minor;
  const mayAsk = facts.role === 'agent' || facts.role === 'admin';
  const unknown = facts.budget_used === null || facts.customer_used === null || !limits;
  const inPilot = atApproval || terms.pilot === null || terms.pilot.includes(offer.maker);
  const used = facts.budget_used ?? 0;
  const overrun = limits ? Math.max(0, Math.min(amount, used + amount - limits.budget)) : 0;
  if (!mayAsk || unknown || !inPilot || amount <= 0 || offer.currency !== terms.currency) {
    return { band: 'refused', overrun };
  }
  const onTicket = before.held + amount;
  if (onTicket > limits.hard) return { band: 'refused', overrun };
  const forCustomer = Math.max(facts.customer_used ?? 0, before.recent) + amount;
  if (onTicket > limits.cosign || overrun > 0 || forCustomer > terms.cap || before.declined) {
    return { band: 'lead', overrun };
  }
  const exceptional = offer.exception.trim() !== '';
  const aboveSelf = !atApproval && onTicket > limits.self;
  return { band: aboveSelf || exceptional ? 'peer' : 'self', overrun };
}
