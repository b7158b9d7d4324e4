import { readGuidelineArticles } from './help-center.ts';
import type { HelpdeskLater } from './helpdesk-reads.ts';
import { readAccountLocale } from './locales.ts';
import { readPastCredits, readSatisfaction } from './past-credits.ts';
import { claimSlot, moveSlot, probe } from './slot-writes.ts';
import {
  findStaff,
  readAvailability,
  readCheckers,
  readGroupMembers,
  readGroups,
  readGroupsOf,
  readStaff,
} from './staff.ts';
import { affirmTerms, publishTerms } from './terms-writes.ts';
import { readTicket, tidyTicket, writeStep } from './tickets.ts';
import type { Transport } from './transport.ts';
import { readWaitingSlots } from './waiting-slots.ts';
import type { ZendeskClock } from './zendesk-clock.ts';

export function createLater(
  transport: Transport,
  clock: ZendeskClock,
  statusField: string | null,
): HelpdeskLater {
  const records = { transport, clock };
  const tickets = { transport, clock, statusField };
  return {
    readCheckers: () => readCheckers(transport),
    readStaff: () => readStaff(transport),
    findStaff: (name) => findStaff(transport, name),
    readAvailability: () => readAvailability(transport),
    readGroups: () => readGroups(transport),
    readGroupMembers: (group) => readGroupMembers(transport, group),
    readGroupsOf: (user) => readGroupsOf(transport, user),
    readWaitingSlots: () => readWaitingSlots(records),
    readGuidelineArticles: (...given) => readGuidelineArticles(transport, ...given),
    readPastCredits: (of) => readPastCredits(records, of),
    readSatisfaction: (rated) => readSatisfaction(transport, rated),
    readTicket: (ticket) => readTicket(tickets, ticket),
    writeStep: (ticket, step) => writeStep(tickets, ticket, step),
    tidyTicket: (ticket, changes) => tidyTicket(tickets, ticket, changes),
    claimSlot: (key, name, fields) => claimSlot(records, key, name, fields),
    moveSlot: (record, fields, name) => moveSlot(records, record, fields, name),
    probe: (user) => probe(records, user),
    publishTerms: (terms) => publishTerms(records, terms),
    affirmTerms: (number, canonical, digest, startsAt) =>
      affirmTerms(records, { number, canonical, digest, startsAt }),
    readAccountLocale: () => readAccountLocale(transport),
  };
}
