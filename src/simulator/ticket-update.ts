import { viaOf, writeAudit, type EventDraft } from './audit-writer.ts';
import { stampOf } from './clock.ts';
import { commentDraft, type CommentInput } from './comment-draft.ts';
import { forbidden, recordInvalid, Refusal } from './refusal.ts';
import { isAdmin, isLightAgent } from './rights.ts';
import { noteForSearch } from './search-index.ts';
import { customFieldOf, fieldValueOf, tagOfValue, tagsOfField } from './ticket-fields.ts';
import type { World } from './call.ts';
import type {
  Audit,
  AuditMetadata,
  JsonValue,
  SimulatorState,
  Ticket,
  User,
  Via,
} from './state.ts';

/** The flag of a comment that was written on behalf of another user. */
const ON_BEHALF = 11;

/** Ticket properties that a write may change, as the API names them. */
export interface TicketChanges {
  subject?: string | undefined;
  status?: Ticket['status'] | undefined;
  priority?: Ticket['priority'] | undefined;
  type?: Ticket['type'] | undefined;
  requester_id?: number | undefined;
  assignee_id?: number | null | undefined;
  group_id?: number | null | undefined;
  organization_id?: number | null | undefined;
  external_id?: string | null | undefined;
  due_at?: string | null | undefined;
  problem_id?: number | null | undefined;
  tags?: string[] | undefined;
  custom_fields?: { id: number; value: JsonValue }[] | undefined;
  followers?: FollowerInput[] | undefined;
  comment?: CommentInput | undefined;
  metadata?: Record<string, JsonValue> | undefined;
}

export interface FollowerInput {
  user_id?: number | string | undefined;
  user_email?: string | undefined;
  action?: 'put' | 'delete' | undefined;
}

const plainProperties = [
  'subject',
  'status',
  'priority',
  'type',
  'requester_id',
  'assignee_id',
  'group_id',
  'organization_id',
  'external_id',
  'due_at',
  'problem_id',
] as const;

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Tags as Zendesk keeps them: lower case, no blanks, a sorted set. */
export function normaliseTags(tags: readonly string[]): string[] {
  const single = tags
    .flatMap((tag) => tag.toLowerCase().split(/[\s,]+/))
    .filter((tag) => tag !== '');
  return [...new Set(single)].sort();
}

/**
 * Metadata comes back as strings: Zendesk promises no types inside it, so a caller that relies on
 * numbers or booleans is wrong, and the simulator shows that.
 */
function storedMetadata(value: JsonValue): JsonValue {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(storedMetadata);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, storedMetadata(inner)]),
    );
  }
  return value;
}

/** The followers after the changes; Zendesk ignores who cannot follow, without an error. */
function followersAfter(state: SimulatorState, ticket: Ticket, inputs: FollowerInput[]): number[] {
  if (!state.account.ccs_and_followers) return ticket.follower_ids;
  let ids = [...ticket.follower_ids];
  for (const input of inputs) {
    const user = Object.values(state.users).find((candidate) =>
      input.user_id === undefined
        ? candidate.email !== null && candidate.email === input.user_email
        : String(candidate.id) === String(input.user_id),
    );
    if (user === undefined) continue;
    if (input.action === 'delete') ids = ids.filter((id) => id !== user.id);
    else if (user.role !== 'end-user' && user.active && !user.suspended && !ids.includes(user.id)) {
      ids.push(user.id);
    }
  }
  return ids;
}

const emailsOf = (state: SimulatorState, ids: number[]) =>
  ids.map((id) => state.users[String(id)]?.email ?? '');

/** Tags and dropdown fields move together: what one changes, the other follows. */
function applyTagsAndFields(state: SimulatorState, ticket: Ticket, changes: TicketChanges): void {
  const tags = new Set(changes.tags === undefined ? ticket.tags : normaliseTags(changes.tags));
  if (changes.tags !== undefined) {
    for (const field of Object.values(state.ticket_fields)) {
      if (!field.removable || field.type !== 'tagger') continue;
      const option = field.custom_field_options.find(({ value }) => tags.has(value));
      ticket.custom_fields[String(field.id)] = option?.value ?? null;
    }
  }
  for (const { id, value } of changes.custom_fields ?? []) {
    const field = customFieldOf(state, id);
    const stored = fieldValueOf(field, value);
    for (const tag of tagsOfField(field)) tags.delete(tag);
    const tag = tagOfValue(field, stored);
    if (tag !== null) tags.add(tag);
    ticket.custom_fields[String(id)] = stored;
  }
  ticket.tags = [...tags].sort();
}

function checkReferences(state: SimulatorState, changes: TicketChanges): void {
  const { requester_id: requester, assignee_id: assignee, group_id: group } = changes;
  if (requester !== undefined && state.users[String(requester)] === undefined) {
    throw recordInvalid('requester', 'Requester is invalid');
  }
  if (assignee !== undefined && assignee !== null) {
    const user = state.users[String(assignee)];
    if (user === undefined || user.role === 'end-user' || isLightAgent(user) || user.suspended) {
      throw recordInvalid('assignee', 'Assignee is invalid');
    }
  }
  if (group !== undefined && group !== null && state.groups[String(group)] === undefined) {
    throw recordInvalid('group', 'Group is invalid');
  }
}

function refuseBeyondRights(by: User, changes: TicketChanges): void {
  if (!isLightAgent(by)) {
    if (by.only_private_comments && changes.comment?.public === true) throw forbidden();
    return;
  }
  const { comment } = changes;
  const properties = Object.entries(changes).filter(
    ([name]) => name !== 'comment' && name !== 'metadata',
  );
  if (properties.some(([, value]) => value !== undefined)) throw forbidden();
  if (comment?.public === true) throw forbidden();
  if (comment?.author_id !== undefined && comment.author_id !== by.id) throw forbidden();
}

/** What the update changed, as Zendesk writes it into the audit: the comment first. */
function eventsOf(
  state: SimulatorState,
  before: Ticket,
  after: Ticket,
  comment: EventDraft | undefined,
): EventDraft[] {
  const events: EventDraft[] = comment === undefined ? [] : [comment];
  const change = (field_name: string, value: JsonValue, previous_value: JsonValue) => {
    if (!isEqual(value, previous_value)) {
      events.push({ type: 'Change', field_name, value, previous_value });
    }
  };
  for (const name of plainProperties) change(name, after[name], before[name]);
  change('tags', after.tags, before.tags);
  for (const id of Object.keys({ ...before.custom_fields, ...after.custom_fields })) {
    change(id, after.custom_fields[id] ?? null, before.custom_fields[id] ?? null);
  }
  if (!isEqual(after.follower_ids, before.follower_ids)) {
    events.push({
      type: 'FollowerChange',
      previous_followers: emailsOf(state, before.follower_ids),
      current_followers: emailsOf(state, after.follower_ids),
    });
  }
  return events;
}

function behalfMetadata(author: User, comment: CommentInput | undefined): Partial<AuditMetadata> {
  const onBehalf = comment?.author_id !== undefined && comment.author_id !== author.id;
  if (!onBehalf || isAdmin(author)) return {};
  return { flags: [ON_BEHALF], flags_options: { [ON_BEHALF]: { trusted: false } }, trusted: false };
}

/**
 * One update of one ticket by one user: everything is checked before anything changes, and what
 * changed becomes one audit. Without any change there is no audit and `updated_at` stays.
 *
 * @throws Refusal 422 for a closed ticket or a value that Zendesk does not take, 403 for what the
 *   user may not do.
 */
export function updateTicket(
  world: World,
  ticket: Ticket,
  by: User,
  changes: TicketChanges,
  options: { via?: Via; metadata?: Partial<AuditMetadata> } = {},
): Audit | null {
  const { state } = world;
  if (ticket.status === 'closed') {
    throw new Refusal(422, {
      error: 'RecordInvalid',
      description: 'Record validation errors',
      details: { status: [{ description: 'Status: closed prevents ticket update' }] },
    });
  }
  refuseBeyondRights(by, changes);
  checkReferences(state, changes);
  const after = structuredClone(ticket);
  for (const name of plainProperties) {
    const value = changes[name];
    if (value !== undefined) Object.assign(after, { [name]: value });
  }
  if (
    typeof changes.assignee_id === 'number' &&
    changes.status === undefined &&
    after.status === 'new'
  ) {
    after.status = 'open';
  }
  if (changes.status === 'new' && ticket.status !== 'new') {
    throw recordInvalid('status', 'Status: cannot be set back to new');
  }
  if (changes.status === 'closed' && !isAdmin(by)) {
    throw recordInvalid('status', 'Status: closed is not a valid status');
  }
  if (changes.status === 'solved' && after.assignee_id === null) {
    throw recordInvalid('assignee_id', 'Assignee: is required when solving a ticket');
  }
  applyTagsAndFields(state, after, changes);
  if (changes.followers !== undefined) {
    after.follower_ids = followersAfter(state, ticket, changes.followers);
  }
  const comment =
    changes.comment === undefined ? undefined : commentDraft(state, ticket, by, changes.comment);
  const events = eventsOf(state, ticket, after, comment);
  if (events.length === 0) return null;
  const before = structuredClone(ticket);
  Object.assign(ticket, after);
  return writeAudit(world, ticket, before, {
    author_id: by.id,
    via: options.via ?? viaOf('api'),
    events,
    ...(changes.metadata === undefined
      ? {}
      : { custom: storedMetadata(changes.metadata) as Record<string, JsonValue> }),
    metadata: { ...behalfMetadata(by, changes.comment), ...options.metadata },
  });
}

/** What a new ticket starts from; ids of its people must exist. */
export interface NewTicket extends TicketChanges {
  requester_id: number;
  subject: string;
  comment: CommentInput;
  submitter_id?: number | undefined;
  via_followup_source_id?: number | undefined;
}

/** Creates a ticket with its first audit: the comment and a `Create` event for each property. */
export function createTicket(
  world: World,
  id: number,
  by: User,
  input: NewTicket,
  options: { via?: Via; created_at?: number; metadata?: Partial<AuditMetadata> } = {},
): { ticket: Ticket; audit: Audit } {
  const { state } = world;
  checkReferences(state, input);
  const requester = state.users[String(input.requester_id)];
  const submitter = state.users[String(input.submitter_id ?? by.id)];
  if (submitter === undefined) throw recordInvalid('submitter', 'Submitter is invalid');
  const source = followUpSource(state, input.via_followup_source_id);
  const stamp = stampOf(options.created_at ?? world.clock.now());
  const ticket: Ticket = {
    id,
    subject: input.subject,
    description: '',
    status: input.status ?? (typeof input.assignee_id !== 'number' ? 'new' : 'open'),
    priority: input.priority ?? null,
    type: input.type ?? null,
    requester_id: input.requester_id,
    submitter_id: submitter.id,
    assignee_id: input.assignee_id ?? null,
    group_id: input.group_id ?? null,
    organization_id: input.organization_id ?? requester?.organization_id ?? null,
    external_id: input.external_id ?? null,
    due_at: input.due_at ?? null,
    problem_id: input.problem_id ?? null,
    tags: source?.tags ?? [],
    custom_fields: { ...source?.custom_fields },
    follower_ids: [],
    email_cc_ids: [],
    satisfaction_rating: { score: 'unoffered' },
    is_public: input.comment.public ?? true,
    via: options.via ?? viaOf('api'),
    via_followup_source_id: source?.id ?? null,
    followup_ids: [],
    created_at: stamp,
    updated_at: stamp,
    generated_timestamp: Math.floor(world.clock.now() / 1000),
    deleted: false,
    archived: false,
  };
  applyTagsAndFields(state, ticket, {
    ...(input.tags === undefined ? {} : { tags: [...ticket.tags, ...input.tags] }),
    custom_fields: input.custom_fields,
  });
  ticket.follower_ids = followersAfter(state, ticket, input.followers ?? []);
  const comment = commentDraft(state, ticket, submitter, {
    ...input.comment,
    public: ticket.is_public,
  });
  ticket.description = comment.plain_body;
  const create = (field_name: string, value: JsonValue): EventDraft[] =>
    value === null || isEqual(value, []) ? [] : [{ type: 'Create', field_name, value }];
  const events: EventDraft[] = [
    comment,
    ...plainProperties.flatMap((name) => create(name, ticket[name])),
    ...create('tags', ticket.tags),
    ...Object.entries(ticket.custom_fields).flatMap(([field, value]) => create(field, value)),
  ];
  state.tickets[String(id)] = ticket;
  if (source !== undefined) source.followup_ids.push(id);
  const audit = writeAudit(
    world,
    ticket,
    null,
    {
      author_id: by.id,
      via: ticket.via,
      events,
      custom: storedMetadata(input.metadata ?? {}) as Record<string, JsonValue>,
      metadata: options.metadata ?? {},
    },
    true,
  );
  return { ticket, audit };
}

/** A follow-up comes from a closed ticket, and inherits all tags and most custom fields. */
function followUpSource(state: SimulatorState, id: number | undefined): Ticket | undefined {
  if (id === undefined) return undefined;
  const source = state.tickets[String(id)];
  if (source?.status !== 'closed') {
    throw recordInvalid('via_followup_source_id', 'Only closed tickets have follow-ups');
  }
  return source;
}

/**
 * A deleted ticket answers 404, and its audits cannot be read any more; exports still show that it
 * was there.
 */
export function removeTicket(world: World, ticket: Ticket, by: number): void {
  const before = structuredClone(ticket);
  ticket.deleted = true;
  ticket.generated_timestamp = Math.floor(world.clock.now() / 1000);
  noteForSearch(world.state, 'tickets', String(ticket.id), world.clock.now(), before, null);
  world.emit({ type: 'ticket.deleted', ticket_id: ticket.id, by });
}
