import type { Zendesk } from '#simulator/zendesk.ts';
import { type CheckedCredit, type CheckedLedger, readLedger } from './ledger.ts';
import { type TermsEntry, termsOf } from './terms-record.ts';

/** The checker's readings of the raw state, made again only where something changed. */
export interface Ledgers {
  terms(): readonly TermsEntry[];
  of(ticket: string): CheckedLedger;
  /** Of the ticket's first audits only: what could be known then. */
  upTo(ticket: string, audit: number): CheckedLedger;
  all(): readonly CheckedLedger[];
  credits(): readonly CheckedCredit[];
}

export function createLedgers(zendesk: Zendesk): Ledgers {
  const known = new Map<
    string,
    { readonly count: number; readonly terms: string; readonly ledger: CheckedLedger }
  >();
  let seen = '';
  let entries: readonly TermsEntry[] = [];

  function stampOfTerms(): string {
    const { state } = zendesk;
    let stamp = '';
    for (const record of Object.values(state.records['leeway_terms'] ?? {})) {
      const { updated_by_user_id: by, custom_object_fields: fields } = record;
      const { role = '', suspended = false } = state.users[by] ?? {};
      stamp += `${record.id} ${by} ${role} ${String(suspended)} ${String(fields['digest'])} ${String(fields['starts_at'])} ${String(fields['canonical'])}\n`;
    }
    return stamp;
  }

  function terms(): readonly TermsEntry[] {
    const stamp = stampOfTerms();
    if (stamp !== seen) {
      seen = stamp;
      entries = termsOf(zendesk);
    }
    return entries;
  }

  function of(ticket: string): CheckedLedger {
    const history = terms();
    const audits = zendesk.state.audits[ticket] ?? [];
    const before = known.get(ticket);
    if (before?.count === audits.length && before.terms === seen) return before.ledger;
    const ledger = readLedger(ticket, audits, history);
    known.set(ticket, { count: audits.length, terms: seen, ledger });
    return ledger;
  }

  const all = (): readonly CheckedLedger[] => Object.keys(zendesk.state.audits).map(of);
  return {
    terms,
    of,
    upTo(ticket, audit) {
      const audits = (zendesk.state.audits[ticket] ?? []).filter(({ id }) => id <= audit);
      return readLedger(ticket, audits, terms());
    },
    all,
    credits: () => all().flatMap(({ credits }) => [...credits.values()]),
  };
}
