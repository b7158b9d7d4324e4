import { type Credit, statusOf } from './credit.ts';
import type { UserId } from './ids.ts';
import { type Instant } from './instant.ts';
import type { Role } from './policy.ts';
import { hasExpired, requirementUnder, type Requirement } from './requirement.ts';
import type { Terms, TermsEntry } from './terms.ts';

/** Somebody who might decide, as Zendesk knows them. */
export interface Colleague {
  readonly id: UserId;
  readonly role: Role;
  readonly active: boolean;
}

/** Why somebody may not check a credit. One translation each. */
export type CheckerRefusal =
  'is-maker' | 'is-customer' | 'light-agent' | 'no-agent' | 'not-active' | 'pair-limit';

/**
 * Whether somebody may check for a maker at all: an active agent or admin, not the maker, not the
 * customer, not more often for this maker than the pair limit allows. A lead decides whatever the pair.
 * @param pairCount co-signs by this person for this maker in the period
 */
export function mayCheck(
  person: Colleague,
  credit: { readonly maker: UserId; readonly customer: UserId },
  terms: Terms,
  pairCount: number,
): { readonly may: true } | { readonly may: false; readonly why: CheckerRefusal } {
  const no = (why: CheckerRefusal) => ({ may: false, why }) as const;
  if (person.id === credit.maker) return no('is-maker');
  if (person.id === credit.customer) return no('is-customer');
  if (person.role === 'light') return no('light-agent');
  if (person.role === 'end-user') return no('no-agent');
  if (!person.active) return no('not-active');
  const tooOften = terms.pairLimit > 0 && pairCount >= terms.pairLimit;
  return tooOften && !terms.leads.includes(person.id) ? no('pair-limit') : { may: true };
}

/** Why a button is not there. One translation each. */
export type StepRefusal =
  | CheckerRefusal
  | 'needs-lead'
  | 'already-signed'
  | 'not-waiting'
  | 'expired'
  | 'closed'
  | 'customer-changed'
  | 'terms-none'
  | 'terms-frozen'
  | 'terms-ended'
  | 'to-affirm'
  | 'newer-version'
  | 'above-hard-limit'
  /** Its tier or currency is no longer in the limits: it must be asked for anew. */
  | 'limits-changed'
  | 'not-asked'
  | 'not-maker'
  | 'not-posted'
  | 'hold-over'
  | 'other-offer';

type May<Yes> = ({ readonly may: true } & Yes) | { readonly may: false; readonly why: StepRefusal };

/** What somebody may do with a credit now. */
export interface Steps {
  readonly approve: May<{ readonly as: 'peer' | 'lead'; readonly requirement: Requirement }>;
  readonly decline: May<{ readonly as: 'peer' | 'lead' }>;
  readonly withdraw: May<object>;
  /** To put the credit to a lead. */
  readonly askLead: May<object>;
  /** To hand the credit on to other colleagues; `lead`: to leads only. */
  readonly ask: May<{ readonly lead: boolean }>;
  readonly reverse: May<{ readonly as: 'maker' | 'lead'; readonly late: boolean }>;
}

export interface Situation {
  /** The ticket's customer as it is now; null where it is unknown. */
  readonly customer: UserId | null;
  readonly closed: boolean;
  /** The terms in force; undefined before the first publication. */
  readonly inForce: TermsEntry | undefined;
  readonly now: Instant;
  /** Co-signs by the viewer for this maker in the period, as far as it is known. */
  readonly pairCount: number;
}

const no = (why: StepRefusal) => ({ may: false, why }) as const;

/** What the viewer may do with the credit. Screens show by it, and every write asks it again first. */
export function stepsFor(credit: Credit, viewer: Colleague, situation: Situation): Steps {
  const { inForce } = situation;
  const isMaker = viewer.id === credit.offer.maker;
  const isLead = inForce?.terms?.leads.includes(viewer.id) ?? false;
  const stuck = whyStuck(credit, situation);
  const notOpen = whyNotOpen(credit, situation);
  const asked = credit.asked.includes(viewer.id);
  const mayAct: StepRefusal | null =
    viewer.role === 'light'
      ? 'light-agent'
      : viewer.role === 'end-user'
        ? 'no-agent'
        : viewer.active
          ? null
          : 'not-active';
  const first = (...whys: readonly (StepRefusal | null)[]): StepRefusal | null =>
    whys.find((why) => why !== null) ?? null;
  const may = <Yes extends object>(why: StepRefusal | null, yes: Yes): May<Yes> =>
    why ? no(why) : { may: true, ...yes };

  return {
    approve: approveStep(credit, viewer, situation, first(stuck, notOpen), isLead),
    decline: may(
      first(
        stuck,
        notOpen,
        mayAct,
        isMaker ? 'is-maker' : null,
        asked || isLead ? null : 'not-asked',
        credit.declined && !isLead ? 'needs-lead' : null,
        isLead && inForce?.state !== 'good' ? 'terms-frozen' : null,
      ),
      { as: isLead ? ('lead' as const) : ('peer' as const) },
    ),
    withdraw: may(first(stuck, notOpen, isMaker ? null : 'not-maker'), {}),
    askLead: may(
      first(
        stuck,
        notOpen,
        isMaker || asked || isLead ? null : 'not-asked',
        credit.leadAsked && statusOf(credit) === 'waiting-lead' ? 'needs-lead' : null,
      ),
      {},
    ),
    ask: may(
      first(
        stuck,
        notOpen,
        isMaker || asked || isLead ? null : 'not-asked',
        credit.declined && !credit.leadAsked ? 'needs-lead' : null,
      ),
      { lead: needsLead(credit, inForce) },
    ),
    reverse: reverseStep(credit, situation, first(stuck, mayAct), isMaker, isLead),
  };
}

const needsLead = (credit: Credit, inForce: TermsEntry | undefined): boolean =>
  credit.declined !== null ||
  (inForce?.terms ? requirementUnder(inForce.terms, credit).band : credit.band) === 'lead';

function whyStuck(credit: Credit, { closed }: Situation): StepRefusal | null {
  if (credit.frozen === 'newer-version') return 'newer-version';
  if (credit.frozen === 'terms') return 'to-affirm';
  return closed ? 'closed' : null;
}

function whyNotOpen(credit: Credit, { now }: Situation): StepRefusal | null {
  if (hasExpired(credit, now)) return 'expired';
  if (credit.state.kind === 'void' && credit.state.why === 'expired') return 'expired';
  return credit.state.kind === 'open' ? null : 'not-waiting';
}

function approveStep(
  credit: Credit,
  viewer: Colleague,
  { customer, inForce, pairCount }: Situation,
  notNow: StepRefusal | null,
  isLead: boolean,
): Steps['approve'] {
  if (notNow) return no(notNow);
  if (!inForce) return no('terms-none');
  if (inForce.state !== 'good') return no('terms-frozen');
  if (credit.toAffirm) return no('to-affirm');
  const { terms } = inForce;
  const check = mayCheck(viewer, credit.offer, terms, pairCount);
  if (!check.may) return no(check.why);
  if (customer !== null && customer !== credit.offer.customer) return no('customer-changed');
  const requirement = requirementUnder(terms, credit);
  if (requirement.band === 'refused') {
    const aboveHard = requirement.reasons.includes('above-hard-limit');
    return no(aboveHard ? 'above-hard-limit' : 'limits-changed');
  }
  if (isLead) return { may: true, as: 'lead', requirement };
  if (requirement.band === 'lead') return no('needs-lead');
  if (credit.signatures.some(({ by }) => by === viewer.id)) return no('already-signed');
  return { may: true, as: 'peer', requirement };
}

function reverseStep(
  { state }: Credit,
  { now, inForce }: Situation,
  notNow: StepRefusal | null,
  isMaker: boolean,
  isLead: boolean,
): Steps['reverse'] {
  if (notNow) return no(notNow);
  if (state.kind !== 'posted') return no('not-posted');
  const late = now >= state.holdUntil;
  if (isMaker && !late) return { may: true, as: 'maker', late };
  if (isLead && inForce?.state === 'good') return { may: true, as: 'lead', late };
  if (isLead) return no('terms-frozen');
  return no(isMaker ? 'hold-over' : 'not-maker');
}
