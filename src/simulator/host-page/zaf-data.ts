import { commentsOf } from '../audit-writer.ts';
import type { Audit, CommentEvent, JsonValue, SimulatorState, Ticket, User } from '../state.ts';
import type { ZafComment, ZafTicket, ZafUser } from './zaf/ticket-workspace.ts';

/** Changes to a ticket's form and composer that are not saved yet. */
export interface Draft {
  commentText: string;
  commentType: 'internalNote' | 'publicReply';
  subject: string | null;
  status: string | null;
  tagsAdded: readonly string[];
  tagsRemoved: readonly string[];
  /** By field id. */
  customFields: Readonly<Record<string, JsonValue>>;
  hiddenFields: readonly number[];
}

export const emptyDraft: Draft = {
  commentText: '',
  commentType: 'publicReply',
  subject: null,
  status: null,
  tagsAdded: [],
  tagsRemoved: [],
  customFields: {},
  hiddenFields: [],
};

/** Whether there is anything in the form beside the comment. */
export function hasFormChanges(draft: Draft): boolean {
  return (
    draft.subject !== null ||
    draft.status !== null ||
    draft.tagsAdded.length > 0 ||
    draft.tagsRemoved.length > 0 ||
    Object.keys(draft.customFields).length > 0
  );
}

/** A user as the app framework shows one: the role as its custom role's or its own name. */
export function zafUser(state: SimulatorState, user: User): ZafUser {
  const groups = state.group_memberships
    .filter((membership) => membership.user_id === user.id)
    .flatMap(({ group_id: id }) => {
      const group = state.groups[String(id)];
      return group === undefined ? [] : [{ id: group.id, name: group.name }];
    });
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    locale: user.locale,
    timeZone: user.iana_time_zone,
    externalId: user.external_id,
    tags: user.tags,
    groups,
  };
}

const somebody = (state: SimulatorState, id: number): ZafUser => {
  const user = state.users[String(id)];
  if (user !== undefined) return zafUser(state, user);
  return {
    id,
    name: id === -1 ? 'Business rule' : 'Deleted user',
    email: null,
    role: 'end-user',
    locale: 'en-US',
    timeZone: 'Etc/UTC',
    externalId: null,
    tags: [],
    groups: [],
  };
};

/** The ticket as its form shows it: saved values under the draft's. */
export function zafTicket(state: SimulatorState, ticket: Ticket, draft: Draft): ZafTicket {
  const group = ticket.group_id === null ? undefined : state.groups[String(ticket.group_id)];
  const organization =
    ticket.organization_id === null
      ? undefined
      : state.organizations[String(ticket.organization_id)];
  return {
    id: ticket.id,
    subject: draft.subject ?? ticket.subject,
    description: ticket.description,
    status: draft.status ?? ticket.status,
    priority: ticket.priority,
    type: ticket.type,
    tags: tagsWith(ticket, draft),
    requester: somebody(state, ticket.requester_id),
    assignee: {
      user: ticket.assignee_id === null ? null : somebody(state, ticket.assignee_id),
      group: group === undefined ? null : { id: group.id, name: group.name },
    },
    organization:
      organization === undefined ? null : { id: organization.id, name: organization.name },
    followers: ticket.follower_ids.map((id) => {
      const { name, email } = somebody(state, id);
      return { id, name, email };
    }),
    customFields: Object.values(state.ticket_fields)
      .filter((field) => field.removable && field.active)
      .map((field) => ({
        id: field.id,
        title: field.title,
        type: field.type,
        value: customValue(ticket, draft, String(field.id)),
      })),
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
  };
}

/** A drafted `null` clears the field: it must not fall through to the saved value. */
function customValue(ticket: Ticket, draft: Draft, id: string): JsonValue {
  const drafted = draft.customFields[id];
  return drafted === undefined ? (ticket.custom_fields[id] ?? null) : drafted;
}

/** The saved tags with the draft's changes. */
export function tagsWith(ticket: Ticket, draft: Draft): string[] {
  const kept = ticket.tags.filter((tag) => !draft.tagsRemoved.includes(tag));
  return [...new Set([...kept, ...draft.tagsAdded])].sort();
}

/** What the conversation shows: comments with the channel they came by. */
export function conversationOf(
  state: SimulatorState,
  ticketId: number,
): { comment: CommentEvent; audit: Audit; isPublic: boolean }[] {
  const made = new Map<number, boolean>();
  for (const audit of state.audits[String(ticketId)] ?? []) {
    for (const event of audit.events) {
      if (event.type === 'CommentPrivacyChange') made.set(event.comment_id, event.public);
    }
  }
  return commentsOf(state, ticketId).map(({ comment, audit }) => ({
    comment,
    audit,
    isPublic: made.get(comment.id) ?? comment.public,
  }));
}

export function zafConversation(state: SimulatorState, ticketId: number): ZafComment[] {
  return conversationOf(state, ticketId).map(({ comment, audit, isPublic }) => {
    const author = somebody(state, comment.author_id);
    return {
      author: { id: author.id, name: author.name, role: author.role, avatar: '' },
      channel: { name: isPublic ? audit.via.channel : 'internal' },
      message: { content: comment.html_body, contentType: 'text/html' },
      timestamp: audit.created_at,
      attachments: [],
    };
  });
}

/** What an open ticket's app is told about when it changes: path → value. */
export function observedValues(ticket: ZafTicket): Record<string, unknown> {
  return {
    'ticket.subject': ticket.subject,
    'ticket.status': ticket.status,
    'ticket.priority': ticket.priority,
    'ticket.type': ticket.type,
    'ticket.tags': ticket.tags,
    'ticket.requester.id': ticket.requester.id,
    'ticket.assignee.user.id': ticket.assignee.user?.id ?? null,
    'ticket.assignee.group.id': ticket.assignee.group?.id ?? null,
    ...Object.fromEntries(
      ticket.customFields.map(({ id, value }) => [`ticket.custom_field_${String(id)}`, value]),
    ),
  };
}
