import type { Audit } from '#domain/audit.ts';
import type { TicketId } from '#domain/ids.ts';
import { wireAudit } from './audit-wire.ts';
import { HelpdeskError } from './errors.ts';
import { readAllPages } from './paging.ts';
import type { Transport } from './transport.ts';
import type { ZendeskClock } from './zendesk-clock.ts';

/** 10,000 audits: Zendesk takes no more than 5,000 comments on a ticket. */
const MOST_PAGES = 100;

/**
 * All audits of a ticket, oldest first as Zendesk gives them. They are not sorted here: two of one
 * second have equal stamps, and only Zendesk knows which was first.
 */
export async function readAudits(
  transport: Transport,
  clock: ZendeskClock,
  ticket: TicketId,
): Promise<readonly Audit[]> {
  const audits = await readAllPages(transport, {
    path: `/api/v2/tickets/${ticket}/audits`,
    member: 'audits',
    item: wireAudit,
    mostPages: MOST_PAGES,
    // Audits of archived tickets come all at once.
    mayBeUnpaged: true,
  });
  checkJournal(audits, ticket);
  for (const { at } of audits) clock.observe(at, false);
  return audits;
}

/** What the fold relies on: one ticket's audits, each once, oldest first. */
function checkJournal(audits: readonly Audit[], ticket: TicketId): void {
  const fail = (why: string) => {
    throw new HelpdeskError('malformed-response', `audits of ticket ${ticket}: ${why}`);
  };
  const [first] = audits;
  const last = audits.at(-1);
  if (!first || !last) return fail('there are none');
  if (audits.some((audit) => audit.ticket !== ticket)) return fail('one is of another ticket');
  if (new Set(audits.map(({ id }) => id)).size < audits.length) return fail('one comes twice');
  if (first.at > last.at) return fail('they are not oldest first');
}
