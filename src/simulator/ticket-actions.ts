import { auditsOf, commentsOf, viaOf, writeAudit } from './audit-writer.ts';
import { commentDraft } from './comment-draft.ts';
import { stampOf } from './clock.ts';
import { takeId } from './ids.ts';
import { deleteRecord, recordsOf, updateRecord } from './records.ts';
import { anyTicket, anyUser } from './reply-actions.ts';
import { createTicket, updateTicket, type TicketChanges } from './ticket-update.ts';
import type { World } from './call.ts';
import type {
  Audit,
  CustomObjectRecord,
  JsonValue,
  SatisfactionRating,
  SimulatorState,
  Ticket,
  User,
} from './state.ts';

/** Business rules act as user -1 with every right. */
const businessRule: User = {
  id: -1,
  name: 'Business rule',
  email: null,
  role: 'admin',
  role_type: 4,
  custom_role_id: null,
  active: true,
  suspended: false,
  verified: true,
  only_private_comments: false,
  restricted_agent: false,
  ticket_restriction: null,
  organization_id: null,
  default_group_id: null,
  external_id: null,
  locale: 'en-US',
  time_zone: 'UTC',
  iana_time_zone: 'Etc/UTC',
  phone: null,
  notes: '',
  details: '',
  tags: [],
  user_fields: {},
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
};

/** What a trigger or automation changes, in an audit of its own by author -1. */
export function changeByRule(world: World, ticketId: number, changes: TicketChanges): Audit | null {
  const via = viaOf('rule', 'automation');
  via.source.from = { id: 1, title: 'A business rule' };
  return updateTicket(world, anyTicket(world.state, ticketId), businessRule, changes, { via });
}

/** Days after a ticket was solved an automation closes it for good. */
export function closeTicket(world: World, ticketId: number): Audit | null {
  return changeByRule(world, ticketId, { status: 'closed' });
}

/** Long after it was closed a ticket moves into the archive: it can be read, and nothing of it changes. */
export function archiveTicket(world: World, ticketId: number): void {
  const ticket = anyTicket(world.state, ticketId);
  if (ticket.status !== 'closed') throw new Error('Only closed tickets are archived.');
  ticket.archived = true;
  world.emit({ type: 'ticket.updated', ticket_id: ticketId, by: -1 });
}

/** Closes the source into the target; both get a comment that says so. */
export function mergeTickets(
  world: World,
  merge: { source_id: number; target_id: number; user_id: number },
): void {
  const { state } = world;
  const by = anyUser(state, merge.user_id);
  const source = anyTicket(state, merge.source_id);
  const target = anyTicket(state, merge.target_id);
  const via = (from: Ticket, to: Ticket) => {
    const made = viaOf('web', 'merge');
    made.source.from = { ticket_id: from.id, subject: from.subject };
    made.source.to = { ticket_id: to.id, subject: to.subject };
    return made;
  };
  const last = commentsOf(state, source.id).at(-1)?.comment.plain_body ?? '';
  updateTicket(
    world,
    target,
    by,
    {
      comment: {
        body: `Request #${String(source.id)} "${source.subject}" was closed and merged into this request. Last comment in request #${String(source.id)}:\n\n${last}`,
        public: false,
      },
    },
    { via: via(source, target) },
  );
  // Only Zendesk itself may close; it does so in the name of who merged.
  updateTicket(
    world,
    source,
    { ...by, role: 'admin' },
    {
      comment: {
        body: `This request was closed and merged into request #${String(target.id)} "${target.subject}".`,
        public: false,
      },
      status: 'closed',
      tags: [...source.tags, 'closed_by_merge'],
    },
    { via: via(source, target) },
  );
}

export interface TicketImport {
  /** The admin who imports. */
  user_id: number;
  requester_id: number;
  subject: string;
  status?: Ticket['status'] | undefined;
  tags?: string[] | undefined;
  /** Authors and times as the importer chooses. */
  comments: {
    author_id: number;
    text: string;
    public: boolean;
    created_at: string;
    metadata?: Record<string, JsonValue> | undefined;
  }[];
}

/** A ticket import: comments with chosen authors and times, on the channel `import`. */
export function importTicket(world: World, input: TicketImport): Ticket {
  const { state } = world;
  const [first, ...later] = input.comments;
  if (first === undefined) throw new Error('An import needs a comment.');
  const { ticket, audit } = createTicket(
    world,
    takeId(state),
    anyUser(state, first.author_id),
    {
      requester_id: input.requester_id,
      subject: input.subject,
      comment: { body: first.text, public: first.public },
      metadata: first.metadata,
      tags: input.tags,
      status: input.status,
    },
    { via: viaOf('import'), created_at: Date.parse(first.created_at) },
  );
  audit.created_at = stampOf(Date.parse(first.created_at));
  for (const comment of later) {
    const author = anyUser(state, comment.author_id);
    const before = structuredClone(ticket);
    const written = writeAudit(world, ticket, before, {
      author_id: author.id,
      via: viaOf('import'),
      events: [commentDraft(state, ticket, author, { body: comment.text, public: comment.public })],
      ...(comment.metadata === undefined ? {} : { custom: comment.metadata }),
    });
    written.created_at = stampOf(Date.parse(comment.created_at));
    ticket.updated_at = written.created_at;
  }
  return ticket;
}

/** A customer's rating, as it appears on the ticket. */
export function rateTicket(
  world: World,
  rating: { ticket_id: number; score: 'good' | 'bad'; comment?: string | undefined },
): void {
  const ticket = anyTicket(world.state, rating.ticket_id);
  const rated: SatisfactionRating = { id: takeId(world.state), score: rating.score };
  if (rating.comment !== undefined) rated.comment = rating.comment;
  ticket.satisfaction_rating = rated;
  ticket.generated_timestamp = Math.floor(world.clock.now() / 1000);
  world.emit({ type: 'ticket.updated', ticket_id: ticket.id, by: ticket.requester_id });
}

/** Removes a comment's text for good. Who wrote it, when, and the metadata beside it stay. */
export function redactComment(
  world: World,
  redaction: { ticket_id: number; comment_id: number; user_id: number },
): void {
  for (const audit of auditsOf(world.state, redaction.ticket_id)) {
    for (const event of audit.events) {
      if (event.type !== 'Comment' || event.id !== redaction.comment_id) continue;
      const blocks = '▇'.repeat(8);
      event.body = blocks;
      event.plain_body = blocks;
      event.html_body = `<div class="zd-comment" dir="auto"><p dir="auto">${blocks}</p></div>`;
    }
  }
  world.emit({ type: 'ticket.updated', ticket_id: redaction.ticket_id, by: redaction.user_id });
}

/** Makes a public comment private for good, as an audit of its own. */
export function makePrivate(
  world: World,
  change: { ticket_id: number; comment_id: number; user_id: number },
): void {
  const { state } = world;
  const ticket = anyTicket(state, change.ticket_id);
  const found = commentsOf(state, ticket.id).find(
    ({ comment }) => comment.id === change.comment_id,
  );
  if (found === undefined) throw new Error(`There is no comment ${String(change.comment_id)}.`);
  found.comment.public = false;
  writeAudit(world, ticket, structuredClone(ticket), {
    author_id: change.user_id,
    via: viaOf('web'),
    events: [{ type: 'CommentPrivacyChange', comment_id: change.comment_id, public: false }],
  });
}

function findRecord(
  state: SimulatorState,
  object: string,
  idOrExternalId: string,
): CustomObjectRecord {
  const record = Object.values(recordsOf(state, object)).find(
    (one) => one.id === idOrExternalId || one.external_id === idOrExternalId,
  );
  if (record === undefined) throw new Error(`There is no ${object} record ${idOrExternalId}.`);
  return record;
}

/** A person changes a record in Zendesk's own record page. `record` is an id or an external id. */
export function editRecord(
  world: World,
  edit: { object: string; record: string; user_id: number; fields: Record<string, JsonValue> },
): void {
  const record = findRecord(world.state, edit.object, edit.record);
  updateRecord(world, record, anyUser(world.state, edit.user_id), {
    custom_object_fields: edit.fields,
  });
}

/** A person deletes a record in Zendesk's own record page. */
export function removeRecord(
  world: World,
  removal: { object: string; record: string; user_id: number },
): void {
  deleteRecord(world, findRecord(world.state, removal.object, removal.record), removal.user_id);
}
