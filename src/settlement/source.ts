import type { Audit } from '#domain/audit.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Slot } from '#domain/slot.ts';
import type { TermsRecord } from '#domain/terms.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import { createExports, type Exports } from '#zendesk/exports.ts';
import type { Group, Person } from '#zendesk/helpdesk.ts';
import { createReads } from '#zendesk/helpdesk-reads.ts';
import { readGroupsOf } from '#zendesk/staff.ts';
import { readPages } from '#zendesk/paging.ts';
import { type PayerIdPlace, readPayerIds } from '#zendesk/payer-ids.ts';
import { recordsPath, wireRecord } from '#zendesk/records.ts';
import { isProbe, slotOf } from '#zendesk/slot-wire.ts';
import { SLOT_OBJECT } from '#zendesk/slots.ts';
import type { Transport } from '#zendesk/transport.ts';
import { createZendeskClock } from '#zendesk/zendesk-clock.ts';

/** All that settlement reads of Zendesk. It writes nothing. Rejects with a HelpdeskError. */
export interface Source extends Pick<Exports, 'changedTickets' | 'statusFieldChanges'> {
  /** By Zendesk's clock, as well as it is known. */
  now(): Instant;
  readTermsRecords(): Promise<readonly TermsRecord[]>;
  /** People whom Zendesk does not name are absent. */
  readPeople(ids: Iterable<UserId>): Promise<ReadonlyMap<UserId, Person>>;
  readGroupsOf(user: UserId): Promise<readonly Group[]>;
  /** null: the ticket is deleted. */
  readAudits(ticket: TicketId): Promise<readonly Audit[] | null>;
  /** All slots, those changed last first, so that whoever knows the older ones can stop. */
  slotsByChange(): AsyncGenerator<readonly Slot[], void>;
  /** From the database, at most 100. */
  readSlots(keys: readonly string[]): Promise<readonly Slot[]>;
  /** From the search index: what is newer than a few minutes may be missing. */
  searchSlots(customer: UserId): Promise<readonly Slot[]>;
  readOwnSlots(maker: UserId, period: Slot['key']['period']): Promise<readonly Slot[]>;
  /** null: the customer has none; who is unknown to Zendesk is absent. */
  readPayerIds(
    customers: Iterable<UserId>,
    place: PayerIdPlace,
  ): Promise<ReadonlyMap<UserId, string | null>>;
}

/**
 * @param statusField the account's id of the ticket field `leeway_status`, null if there is none
 * @param now ms since 1970: Zendesk's own clock where it is known, for a machine's clock that runs
 *   ahead would end holds too early
 */
export function createSource(
  transport: Transport,
  statusField: string | null,
  now: () => number,
): Source {
  const clock = createZendeskClock(now);
  const reads = createReads(transport, clock);
  const exports = createExports(transport, statusField);
  return {
    now: () => clock.now(),
    readTermsRecords: () => reads.readTermsRecords(),
    readPeople: (ids) => reads.readPeople(ids),
    readGroupsOf: (user) => readGroupsOf(transport, user),
    readPayerIds: (customers, place) => readPayerIds(transport, customers, place),
    async readAudits(ticket) {
      try {
        return await reads.readAudits(ticket);
      } catch (cause) {
        if (cause instanceof HelpdeskError && cause.code === 'not-found') return null;
        throw cause;
      }
    },
    async *slotsByChange() {
      const pages = readPages(transport, {
        path: `${recordsPath(SLOT_OBJECT)}?sort=-updated_at`,
        member: 'custom_object_records',
        item: wireRecord,
        mostPages: Infinity,
      });
      for await (const page of pages) {
        yield page.filter((record) => !isProbe(record)).map(slotOf);
      }
    },
    readSlots: (keys) => reads.readSlots(keys),
    searchSlots: (customer) => reads.searchSlots({ customer, asked: customer }),
    readOwnSlots: (maker, period) => reads.readOwnSlots(maker, period),
    changedTickets: (from) => exports.changedTickets(from),
    statusFieldChanges: (from) => exports.statusFieldChanges(from),
  };
}
