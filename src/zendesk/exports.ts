import * as v from 'valibot';
import type { TicketId, UserId } from '#domain/ids.ts';
import { type Instant, SECOND } from '#domain/instant.ts';
import { HelpdeskError } from './errors.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireActor, wireId, wireInstant, wireTicketId } from './wire.ts';

/** One page of an export, and where to go on after it. */
export interface ExportPage<T> {
  readonly items: readonly T[];
  /** Where to go on, now or in a later run. Opaque; to be kept only when the items are dealt with. */
  readonly cursor: string;
  /** Whether this is all up to now, but for the last minute: Zendesk leaves that out. */
  readonly end: boolean;
}

/** A ticket as Zendesk exports it. */
export interface ExportedTicket {
  readonly id: TicketId;
  /** null when Zendesk no longer says: of tickets that were deleted for good. */
  readonly requester: UserId | null;
  /** As Zendesk names it; `deleted` only here. A deleted ticket has no audits to read any more. */
  readonly status: string;
  /** Value of the ticket field `leeway_status`; null when it is empty. */
  readonly statusField: string | null;
  readonly tags: readonly string[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** The closed ticket that this one follows up; it has inherited that one's tags and fields. */
  readonly viaFollowUpOf: TicketId | null;
}

/** The field `leeway_status` was set, changed or cleared by an update of the ticket at that time. */
export interface StatusFieldChange {
  readonly ticket: TicketId;
  readonly at: Instant;
}

/** Where an export begins: at a time that is over by a minute at least, or at a page's cursor. */
export type ExportStart = { readonly since: Instant } | { readonly cursor: string };

/**
 * What changed in the whole account, for the command line: an admin's token of scope `read`, 10
 * requests a minute. Nothing is kept but the page at hand. Every generator goes on to the end or
 * throws {@link HelpdeskError}; a page already given stays good, and its cursor too.
 */
export interface Exports {
  /**
   * All tickets that changed since then, deleted and archived ones too, each as it is now, in the
   * order of their changes. One that changes while the pages are read comes again in a later run.
   */
  changedTickets(from: ExportStart): AsyncGenerator<ExportPage<ExportedTicket>, void>;
  /**
   * All changes of the status field since then, of deleted tickets too; none twice in one run.
   * @throws HelpdeskError `not-found` in an account that has no such field
   */
  statusFieldChanges(from: ExportStart): AsyncGenerator<ExportPage<StatusFieldChange>, void>;
}

/** @param statusField id of the ticket field `leeway_status` in this account, null if there is none */
export function createExports(transport: Transport, statusField: string | null): Exports {
  return {
    changedTickets: (from) => changedTickets(transport, statusField, from),
    statusFieldChanges: (from) => statusFieldChanges(transport, statusField, from),
  };
}

/** Zendesk's largest page of an export, and its default; said, so that it stays so. */
const PAGE = 'per_page=1000';

const SINCE = 'since:';
const AFTER = 'after:';

/** A cursor of ours: Zendesk's own, or the second to begin at while there is none yet. */
const startOf = (from: ExportStart): string =>
  'cursor' in from ? from.cursor : sinceSecond(Math.floor(from.since / SECOND));

const sinceSecond = (second: number): string => `${SINCE}${String(second)}`;

function secondIn(cursor: string): number | null {
  const text = cursor.startsWith(SINCE) ? cursor.slice(SINCE.length) : '';
  return /^\d{1,11}$/.test(text) ? Number(text) : null;
}

const strange = (cursor: string) =>
  new HelpdeskError('invalid', `${JSON.stringify(cursor)} is no place in an export`);

const broken = (path: string, why: string) =>
  new HelpdeskError('malformed-response', `${path} ${why}`);

const exportedTicket = v.object({
  id: wireTicketId,
  requester_id: v.nullish(wireActor, null),
  status: v.string(),
  tags: v.nullish(v.array(v.string()), []),
  custom_fields: v.nullish(v.array(v.object({ id: wireId, value: v.unknown() })), []),
  created_at: wireInstant,
  updated_at: wireInstant,
  via: v.nullish(
    v.object({
      source: v.nullish(
        v.object({
          rel: v.nullish(v.string()),
          from: v.nullish(v.object({ ticket_id: v.nullish(wireTicketId) })),
        }),
      ),
    }),
  ),
});

const ticketsAnswer = v.object({
  tickets: v.array(exportedTicket),
  after_cursor: v.nullish(v.string(), null),
  end_of_stream: v.boolean(),
});

async function* changedTickets(
  transport: Transport,
  statusField: string | null,
  from: ExportStart,
): AsyncGenerator<ExportPage<ExportedTicket>, void> {
  let cursor = startOf(from);
  const seen = new Set([cursor]);
  for (;;) {
    const path = `/api/v2/incremental/tickets/cursor.json?${PAGE}&${ticketsQuery(cursor)}`;
    const sent = await transport.send({ method: 'GET', path, kind: 'read' });
    const answer = parseAnswer(ticketsAnswer, sent, path);
    const { after_cursor: after, end_of_stream: end } = answer;
    // With nothing new there may be no cursor: the next run begins where this one did.
    if (after !== null) cursor = `${AFTER}${after}`;
    if (!end && after === null) throw broken(path, 'has more but no cursor');
    if (!end && seen.has(cursor)) throw broken(path, 'gave a cursor again');
    seen.add(cursor);
    yield { items: answer.tickets.map((ticket) => ticketOf(ticket, statusField)), cursor, end };
    if (end) return;
  }
}

function ticketsQuery(cursor: string): string {
  const second = secondIn(cursor);
  if (second !== null) return `start_time=${String(second)}`;
  if (!cursor.startsWith(AFTER)) throw strange(cursor);
  return `cursor=${encodeURIComponent(cursor.slice(AFTER.length))}`;
}

function ticketOf(
  ticket: v.InferOutput<typeof exportedTicket>,
  statusField: string | null,
): ExportedTicket {
  const field = ticket.custom_fields.find(({ id }) => id === statusField)?.value;
  const source = ticket.via?.source;
  return {
    id: ticket.id,
    requester: ticket.requester_id,
    status: ticket.status,
    statusField: typeof field === 'string' && field !== '' ? field : null,
    tags: ticket.tags,
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
    viaFollowUpOf: source?.rel === 'follow_up' ? (source.from?.ticket_id ?? null) : null,
  };
}

const ticketEvent = v.object({
  id: wireId,
  ticket_id: wireTicketId,
  timestamp: v.pipe(v.number(), v.safeInteger()),
  created_at: wireInstant,
  // A field of the account stands by its id, in the child that sets, changes or clears it.
  child_events: v.array(
    v.object({ custom_ticket_fields: v.nullish(v.record(v.string(), v.unknown())) }),
  ),
});

const eventsAnswer = v.object({
  ticket_events: v.array(ticketEvent),
  end_time: v.nullish(v.pipe(v.number(), v.safeInteger()), null),
  end_of_stream: v.boolean(),
});

/**
 * Zendesk has this export by time only: a page starts with the second in which the last one ended,
 * so that second comes twice.
 */
async function* statusFieldChanges(
  transport: Transport,
  statusField: string | null,
  from: ExportStart,
): AsyncGenerator<ExportPage<StatusFieldChange>, void> {
  if (statusField === null) {
    throw new HelpdeskError('not-found', 'the account has no ticket field leeway_status');
  }
  const cursor = startOf(from);
  let second = secondIn(cursor);
  if (second === null) throw strange(cursor);
  /** The events that may come again, by the second they are of. */
  let known = new Map<string, number>();
  for (;;) {
    const path = `/api/v2/incremental/ticket_events.json?${PAGE}&start_time=${String(second)}`;
    const sent = await transport.send({ method: 'GET', path, kind: 'read' });
    const { ticket_events: events, ...answer } = parseAnswer(eventsAnswer, sent, path);
    const end = answer.end_of_stream;
    if (!end && (answer.end_time === null || answer.end_time <= second)) {
      throw broken(path, 'has more but does not go on');
    }
    const items = events
      .filter(({ id }) => !known.has(id))
      .filter(({ child_events: children }) =>
        children.some(({ custom_ticket_fields: fields }) => fields && statusField in fields),
      )
      .map((event): StatusFieldChange => ({ ticket: event.ticket_id, at: event.created_at }));
    const next: number = Math.max(second, answer.end_time ?? second);
    const all = [...known, ...events.map(({ id, timestamp }) => [id, timestamp] as const)];
    known = new Map(all.filter(([, at]) => at >= next));
    second = next;
    yield { items, cursor: sinceSecond(next), end };
    if (end) return;
  }
}
