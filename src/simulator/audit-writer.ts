import { stampOf } from './clock.ts';
import { takeId } from './ids.ts';
import { noteForSearch } from './search-index.ts';
import type { World } from './call.ts';
import type {
  Audit,
  AuditEvent,
  AuditMetadata,
  CommentEvent,
  JsonValue,
  SimulatorState,
  Ticket,
  Via,
} from './state.ts';

type WithoutId<Event> = Event extends AuditEvent ? Omit<Event, 'id'> : never;
/** An event that has no id yet; a comment learns its audit's id when it is written. */
export type EventDraft =
  Exclude<WithoutId<AuditEvent>, { type: 'Comment' }> | Omit<CommentEvent, 'id' | 'audit_id'>;

/** A plain source, as most channels have it. */
export function viaOf(channel: string, rel: string | null = null): Via {
  return { channel, source: { from: {}, to: {}, rel } };
}

const systemMetadata = (): Record<string, JsonValue> => ({
  client: 'Leeway simulator',
  ip_address: '192.0.2.1',
  location: 'Copenhagen, 84, Denmark',
  latitude: 55.7,
  longitude: 12.6,
});

export interface AuditDraft {
  author_id: number;
  via: Via;
  events: EventDraft[];
  custom?: Record<string, JsonValue>;
  metadata?: Partial<AuditMetadata>;
}

/**
 * Appends one audit and moves the ticket's `updated_at`. `before` is the ticket as it was, for
 * search. The order of a ticket's audits is the order in which they were written; their stamps have
 * one-second resolution and may be equal.
 */
export function writeAudit(
  world: World,
  ticket: Ticket,
  before: Ticket | null,
  draft: AuditDraft,
  created = false,
): Audit {
  const { state } = world;
  const now = world.clock.now();
  const id = takeId(state);
  const audit: Audit = {
    id,
    ticket_id: ticket.id,
    created_at: stampOf(now),
    author_id: draft.author_id,
    metadata: { system: systemMetadata(), custom: draft.custom ?? {}, ...draft.metadata },
    via: draft.via,
    events: draft.events.map((event) =>
      event.type === 'Comment'
        ? { id: takeId(state), ...event, audit_id: id }
        : { id: takeId(state), ...event },
    ),
  };
  auditsOf(state, ticket.id).push(audit);
  ticket.updated_at = stampOf(now);
  ticket.generated_timestamp = Math.floor(now / 1000);
  if (audit.events.some((event) => event.type === 'Comment' && event.public))
    ticket.is_public = true;
  noteForSearch(state, 'tickets', String(ticket.id), now, before, ticket);
  world.emit({
    type: created ? 'ticket.created' : 'ticket.updated',
    ticket_id: ticket.id,
    by: draft.author_id,
    audit_id: id,
  });
  return audit;
}

/** A ticket's audits, oldest first, as the list that may be appended to. */
export function auditsOf(state: SimulatorState, ticketId: number): Audit[] {
  const key = String(ticketId);
  return (state.audits[key] ??= []);
}

/** All comments of a ticket, oldest first, each with the audit that it came in. */
export function commentsOf(
  state: SimulatorState,
  ticketId: number,
): { comment: CommentEvent; audit: Audit }[] {
  return auditsOf(state, ticketId).flatMap((audit) =>
    audit.events.flatMap((event) => (event.type === 'Comment' ? [{ comment: event, audit }] : [])),
  );
}
