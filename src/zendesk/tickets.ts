import * as v from 'valibot';
import type { TicketId, UserId } from '#domain/ids.ts';
import { wireAudit } from './audit-wire.ts';
import { HelpdeskError } from './errors.ts';
import type { JournalStep, Ticket, TicketTidying, TidiedTicket, WrittenStep } from './helpdesk.ts';
import type { ApiRequest, Transport } from './transport.ts';
import {
  parseAnswer,
  parseWritten,
  wireGroupId,
  wireId,
  wireInstant,
  wireTicketId,
  wireUserId,
} from './wire.ts';
import type { ZendeskClock } from './zendesk-clock.ts';

/** What tickets are read and written with. `statusField`: the id of `leeway_status` in this account. */
export interface TicketAccess {
  readonly transport: Transport;
  readonly clock: ZendeskClock;
  readonly statusField: string | null;
}

const stamp = v.pipe(
  v.string(),
  v.check((text) => v.is(wireInstant, text), 'is no time'),
);

/** Zendesk names the source of a follow-up where it says how the ticket came about. */
const via = v.object({
  source: v.nullish(
    v.object({
      rel: v.nullish(v.string()),
      from: v.nullish(v.object({ ticket_id: v.nullish(wireTicketId) })),
    }),
  ),
});

const wireTicket = v.object({
  id: wireTicketId,
  subject: v.nullish(v.string(), ''),
  requester_id: wireUserId,
  assignee_id: v.nullish(wireUserId, null),
  group_id: v.nullish(wireGroupId, null),
  status: v.string(),
  tags: v.array(v.string()),
  follower_ids: v.array(wireUserId),
  is_public: v.boolean(),
  custom_fields: v.array(v.object({ id: wireId, value: v.unknown() })),
  updated_at: stamp,
  via: v.nullish(via),
});

const showAnswer = v.object({ ticket: wireTicket });

export async function readTicket(
  { transport, clock, statusField }: TicketAccess,
  id: TicketId,
): Promise<Ticket> {
  const path = `/api/v2/tickets/${id}`;
  const answer = await transport.send({ method: 'GET', path, kind: 'read' });
  const { ticket } = parseAnswer(showAnswer, answer, path);
  if (ticket.id !== id) throw new HelpdeskError('malformed-response', `${path}: another ticket`);
  const updatedAt = v.parse(wireInstant, ticket.updated_at);
  clock.observe(updatedAt, false);
  const field = ticket.custom_fields.find((one) => one.id === statusField)?.value;
  const source = ticket.via?.source;
  return {
    id,
    subject: ticket.subject,
    requester: ticket.requester_id,
    assignee: ticket.assignee_id,
    group: ticket.group_id,
    status: ticket.status,
    tags: ticket.tags,
    followers: ticket.follower_ids,
    isPublic: ticket.is_public,
    statusField: typeof field === 'string' && field !== '' ? field : null,
    updatedAt,
    updatedStamp: ticket.updated_at,
    viaFollowUpOf: source?.rel === 'follow_up' ? (source.from?.ticket_id ?? null) : null,
  };
}

const updatedTicket = v.object({ follower_ids: v.array(wireUserId), updated_at: stamp });
const tidyAnswer = v.object({ ticket: updatedTicket });
const stepAnswer = v.object({ ticket: updatedTicket, audit: wireAudit });

/**
 * One `PUT`, one audit. That the answer's audit carries the very journal that was sent is checked:
 * Zendesk does not say how much metadata it keeps, nor that it keeps it as it is.
 */
export async function writeStep(
  access: TicketAccess,
  id: TicketId,
  step: JournalStep,
): Promise<WrittenStep> {
  const request = updateOf(id, {
    // Left out, `public` would be taken from the ticket: the customer would read the note.
    comment: { html_body: step.noteHtml, public: false },
    metadata: { leeway: step.journal },
    ...tidying(access, step),
  });
  const answer = await access.transport.send(request);
  const { ticket, audit } = parseWritten(stepAnswer, answer, request.path);
  access.clock.observe(audit.at, true);
  if (audit.leeway !== step.journal || audit.ticket !== id) {
    const found = JSON.stringify(audit.leeway) ?? 'nothing';
    const message = `audit ${audit.id} of ticket ${id} does not hold what was sent: ${found.slice(0, 200)}`;
    throw new HelpdeskError('malformed-response', message);
  }
  return { audit, ...tidied(ticket) };
}

export async function tidyTicket(
  access: TicketAccess,
  id: TicketId,
  changes: TicketTidying,
): Promise<TidiedTicket> {
  const request = updateOf(id, tidying(access, changes));
  const answer = await access.transport.send(request);
  return tidied(parseWritten(tidyAnswer, answer, request.path).ticket);
}

const updateOf = (id: TicketId, ticket: Readonly<Record<string, unknown>>): ApiRequest => ({
  method: 'PUT',
  path: `/api/v2/tickets/${id}`,
  body: { ticket },
  kind: 'write',
});

function tidying({ statusField }: TicketAccess, changes: TicketTidying) {
  const followers = [
    ...changes.follow.map((user) => follower(user, 'put')),
    ...changes.unfollow.map((user) => follower(user, 'delete')),
  ];
  const setsField = changes.statusField !== undefined && statusField !== null;
  return {
    ...(followers.length > 0 ? { followers } : {}),
    // Only this field: `tags` or a list of all fields would overwrite what others just changed.
    ...(setsField
      ? { custom_fields: [{ id: Number(statusField), value: changes.statusField }] }
      : {}),
    safe_update: true,
    updated_stamp: changes.updatedStamp,
  };
}

const follower = (user: UserId, action: 'put' | 'delete') => ({ user_id: user, action });

const tidied = (ticket: v.InferOutput<typeof updatedTicket>): TidiedTicket => ({
  followers: ticket.follower_ids,
  ticketUpdatedStamp: ticket.updated_at,
});
