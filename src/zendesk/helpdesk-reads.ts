import type { Helpdesk } from './helpdesk.ts';
import { readCustomer } from './history.ts';
import { readAudits } from './journal.ts';
import { readPeople } from './people.ts';
import { readOwnSlots, readSlot, readSlots, searchSlots } from './slots.ts';
import { readTermsRecords } from './terms-records.ts';
import type { Transport } from './transport.ts';
import type { ZendeskClock } from './zendesk-clock.ts';

/** What only reads, but for the ticket itself, which is read before a write. */
export type HelpdeskReads = Omit<Helpdesk, keyof HelpdeskLater>;

/** What a ticket that is only looked at does without. */
export type HelpdeskLater = Pick<
  Helpdesk,
  | 'readCheckers'
  | 'readStaff'
  | 'findStaff'
  | 'readAvailability'
  | 'readGroups'
  | 'readGroupMembers'
  | 'readGroupsOf'
  | 'readGuidelineArticles'
  | 'readPastCredits'
  | 'readWaitingSlots'
  | 'readSatisfaction'
  | 'readTicket'
  | 'writeStep'
  | 'tidyTicket'
  | 'claimSlot'
  | 'moveSlot'
  | 'probe'
  | 'publishTerms'
  | 'affirmTerms'
  | 'readAccountLocale'
>;

export function createReads(transport: Transport, clock: ZendeskClock): HelpdeskReads {
  const records = { transport, clock };
  return {
    readAudits: (ticket) => readAudits(transport, clock, ticket),
    readSlots: (keys) => readSlots(records, keys),
    readOwnSlots: (maker, period) => readOwnSlots(records, maker, period),
    readSlot: (record) => readSlot(records, record),
    searchSlots: (query) => searchSlots(records, query),
    readTermsRecords: () => readTermsRecords(records),
    readPeople: (ids) => readPeople(transport, ids),
    readCustomer: (customer) => readCustomer(transport, customer),
  };
}
