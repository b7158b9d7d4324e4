import type { Audit, JsonValue, SimulatorState, Ticket } from './state.ts';

/** The custom fields of the account, in the order of the form; system fields have no value list. */
function customFieldsOf(state: SimulatorState, ticket: Ticket): { id: number; value: JsonValue }[] {
  return Object.values(state.ticket_fields)
    .filter((field) => field.removable && field.active)
    .map((field) => ({ id: field.id, value: ticket.custom_fields[String(field.id)] ?? null }));
}

/** A ticket as the API shows it to agents. */
export function ticketJson(
  state: SimulatorState,
  ticket: Ticket,
  origin: string,
): Record<string, unknown> {
  const fields = customFieldsOf(state, ticket);
  return {
    url: `${origin}/api/v2/tickets/${String(ticket.id)}.json`,
    id: ticket.id,
    external_id: ticket.external_id,
    via: ticket.via,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    type: ticket.type,
    subject: ticket.subject,
    raw_subject: ticket.subject,
    description: ticket.description,
    priority: ticket.priority,
    status: ticket.status,
    recipient: null,
    requester_id: ticket.requester_id,
    submitter_id: ticket.submitter_id,
    assignee_id: ticket.assignee_id,
    organization_id: ticket.organization_id,
    group_id: ticket.group_id,
    collaborator_ids: [...new Set([...ticket.follower_ids, ...ticket.email_cc_ids])],
    follower_ids: ticket.follower_ids,
    email_cc_ids: ticket.email_cc_ids,
    forum_topic_id: null,
    problem_id: ticket.problem_id,
    has_incidents: false,
    is_public: ticket.is_public,
    due_at: ticket.due_at,
    tags: ticket.tags,
    custom_fields: fields,
    satisfaction_rating: ticket.satisfaction_rating,
    sharing_agreement_ids: [],
    custom_status_id: null,
    fields,
    followup_ids: ticket.followup_ids,
    ticket_form_id: null,
    brand_id: null,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
  };
}

/** An audit as the API shows it. */
export function auditJson(audit: Audit): Record<string, unknown> {
  return { ...audit };
}
