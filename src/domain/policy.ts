import type { UserId } from './ids.ts';
import { excess, type Minor, type Money, ZERO } from './money.ts';
import { type Limits, limitsOf, type Terms } from './terms.ts';

/** Who must agree to a credit, from the weakest to the strictest. */
export const BANDS = ['self', 'peer', 'lead', 'refused'] as const;
export type Band = (typeof BANDS)[number];

export const stricterBand = (one: Band, other: Band): Band =>
  BANDS.indexOf(one) >= BANDS.indexOf(other) ? one : other;

/** Why a credit is in its band. One translation each. */
export type BandReason =
  | 'above-self-limit'
  | 'exception'
  | 'guideline-lead'
  | 'above-cosign-limit'
  | 'over-budget'
  | 'over-customer-cap'
  | 'after-decline'
  | 'slots-missing'
  | 'above-hard-limit'
  | 'not-in-pilot'
  | 'budget-unknown'
  | 'customer-unknown'
  | 'tier-unknown'
  | 'role-unfit'
  | 'wrong-currency'
  | 'no-amount';

const bandOf: Readonly<Record<BandReason, Band>> = {
  'above-self-limit': 'peer',
  exception: 'peer',
  'guideline-lead': 'lead',
  'above-cosign-limit': 'lead',
  'over-budget': 'lead',
  'over-customer-cap': 'lead',
  'after-decline': 'lead',
  'slots-missing': 'lead',
  'above-hard-limit': 'refused',
  'not-in-pilot': 'refused',
  'budget-unknown': 'refused',
  'customer-unknown': 'refused',
  'tier-unknown': 'refused',
  'role-unfit': 'refused',
  'wrong-currency': 'refused',
  'no-amount': 'refused',
};

/** Zendesk's roles, as far as they matter here. `light`: light agents and contributors. */
export type Role = 'agent' | 'admin' | 'light' | 'end-user';

/** What a maker's client read elsewhere and attests in the request. null: could not be read. */
export interface MakerFacts {
  readonly role: Role;
  /** Key of the tier in the terms; null: none. */
  readonly tier: string | null;
  /** Posted and reserved by the maker's other slots of the period with a lower number. */
  readonly budgetUsed: Minor | null;
  /** Waiting and posted for this customer in the cap's days, this credit left out. */
  readonly customerUsed: Minor | null;
}

/** What came before on this ticket for this customer, by the journal. */
export interface TicketBefore {
  /** Sum of the credits that wait or are posted. */
  readonly held: Minor;
  /** The part of it that is not older than the terms' cap days. */
  readonly heldInCapDays: Minor;
  /** A credit was declined, and no lead has posted it since. */
  readonly declined: boolean;
}

export interface Proposal {
  readonly maker: UserId;
  readonly amount: Money;
  readonly exception: boolean;
  readonly facts: MakerFacts;
  readonly before: TicketBefore;
  /**
   * Records of the maker's period were deleted: what they held is unknown, so that a lead looks. Known
   * to clients alone; the fold takes the stricter band as it was claimed.
   */
  readonly slotsMissing?: boolean;
  /**
   * A guideline that it goes against asks a lead. Guidelines are no part of the terms, so this, too, is
   * known to clients alone, and the fold takes the stricter band as it was claimed.
   */
  readonly leadAdvised?: boolean;
}

export interface Decision {
  readonly band: Band;
  /** Strictest first; empty in the self band. */
  readonly reasons: readonly BandReason[];
  /** By how much the credit exceeds the budget that is left; 0 within it. A lead's approval names it. */
  readonly overrun: Minor;
  /** The maker's limits; null when their tier is not in the terms. */
  readonly limits: Limits | null;
}

/**
 * The band of a credit under the terms. Limits apply to the sum of the customer's waiting and posted
 * credits on the ticket, so that splitting helps nobody. A fact that is unknown refuses: it is never
 * taken as zero and never as full.
 * @param judged `approval`: by an approval's terms, where pilot and self limit no longer matter
 */
export function decide(
  { maker, amount, exception, facts, before, slotsMissing = false, leadAdvised = false }: Proposal,
  terms: Terms,
  judged: 'request' | 'approval' = 'request',
): Decision {
  const limits = limitsOf(terms, facts.tier);
  const reasons: BandReason[] = [];
  const note = (when: boolean, reason: BandReason): void => {
    if (when) reasons.push(reason);
  };
  const overrun = overrunOf(amount, facts.budgetUsed, limits);

  note(amount.minor <= 0, 'no-amount');
  note(amount.currency !== terms.currency, 'wrong-currency');
  note(facts.role !== 'agent' && facts.role !== 'admin', 'role-unfit');
  note(
    judged === 'request' && terms.pilot !== null && !terms.pilot.includes(maker),
    'not-in-pilot',
  );
  note(limits === null, 'tier-unknown');
  note(facts.budgetUsed === null, 'budget-unknown');
  note(facts.customerUsed === null, 'customer-unknown');
  if (limits) {
    const total = before.held + amount.minor;
    note(total > limits.hard, 'above-hard-limit');
    note(total > limits.cosign, 'above-cosign-limit');
    note(overrun > 0, 'over-budget');
    note(judged === 'request' && total > limits.self, 'above-self-limit');
  }
  // What this ticket holds for the customer is known for certain, whatever a lagging search said.
  const forCustomer = Math.max(facts.customerUsed ?? 0, before.heldInCapDays) + amount.minor;
  note(forCustomer > terms.customerCap, 'over-customer-cap');
  note(before.declined, 'after-decline');
  note(slotsMissing, 'slots-missing');
  note(leadAdvised, 'guideline-lead');
  note(exception, 'exception');

  const strictness = (reason: BandReason): number => BANDS.indexOf(bandOf[reason]);
  reasons.sort((one, other) => strictness(other) - strictness(one));
  const [strictest] = reasons;
  return { band: strictest ? bandOf[strictest] : 'self', reasons, overrun, limits };
}

const overrunOf = (amount: Money, used: Minor | null, limits: Limits | null): Minor =>
  used === null || limits === null
    ? ZERO
    : (Math.min(amount.minor, excess(used + amount.minor, limits.budget)) as Minor);
