import { isoFromInstant, MINUTE, plus, SECOND } from '#domain/instant.ts';
import { periodKeyAt } from '#domain/period.ts';
import { periodOf, type Terms } from '#domain/terms.ts';
import { type Reason, reason } from './reason.ts';
import type { SlotFacts } from './slot-facts.ts';
import type { ProvenCredit } from './ticket-proof.ts';
import { slotName } from './true-facts.ts';

// A record and an audit may be stamped by two of Zendesk's machines.
const STAMP_TOLERANCE = MINUTE;

/**
 * What is wrong with the slot of a posted credit. That its status lags behind the journal is not:
 * whoever opens the ticket next moves it.
 * @param records those that have the key which the request names; Zendesk says there is one at most
 * @param terms of the request
 */
export function slotReasons(
  credit: ProvenCredit,
  records: readonly SlotFacts[],
  terms: Terms | null,
): readonly Reason[] {
  const slot = slotName(credit);
  const [record, ...others] = records;
  if (!record) return [reason('slot-missing', { slot })];
  const reasons: Reason[] = [];
  if (others.length > 0) {
    reasons.push(reason('slot-doubled', { slot, records: records.length }));
  }
  if (record.createdAt > plus(credit.requestedAt, STAMP_TOLERANCE)) {
    const made = isoFromInstant(record.createdAt);
    return [...reasons, reason('slot-replaced', { slot, made })];
  }
  const { createdAt, key } = credit.slot;
  const truePeriod = terms ? periodKeyAt(record.createdAt, periodOf(terms)) : key.period;
  if (truePeriod !== key.period) {
    reasons.push(reason('slot-other-period', { slot, period: truePeriod }));
  } else if (Math.floor(record.createdAt / SECOND) !== Math.floor(createdAt / SECOND)) {
    const values = {
      slot,
      claimed: isoFromInstant(createdAt),
      made: isoFromInstant(record.createdAt),
    };
    reasons.push(reason('slot-other-time', values));
  }
  const changed = changedFields(credit, record);
  if (changed.length > 0) {
    const by = record.updatedBy ?? 'Zendesk';
    reasons.push(reason('slot-changed', { slot, fields: changed.join(', '), by }));
  }
  if (record.status !== 'posted' && record.status !== 'reserved') {
    const by = record.updatedBy ?? 'Zendesk';
    reasons.push(reason('slot-freed', { slot, status: record.status, by }));
  }
  return reasons;
}

function changedFields(credit: ProvenCredit, record: SlotFacts): readonly string[] {
  const changed: string[] = [];
  if (record.credit !== credit.id) changed.push('credit');
  if (record.ticket !== credit.ticket) changed.push('ticket');
  if (record.maker !== credit.maker) changed.push('maker');
  if (record.customer !== credit.customer) changed.push('customer');
  if (record.amount !== credit.amount.minor) changed.push('amount');
  if (record.currency !== credit.amount.currency) changed.push('currency');
  return changed;
}
