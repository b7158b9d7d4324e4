import * as v from 'valibot';
import type { Audit, AuditChange, AuditComment } from '#domain/audit.ts';
import { auditId } from '#domain/ids.ts';
import { readAs, wireActor, wireInstant, wireTicketId } from './wire.ts';

const comment = v.object({
  type: v.literal('Comment'),
  author_id: wireActor,
  public: v.boolean(),
  plain_body: v.nullish(v.string()),
  body: v.nullish(v.string()),
});

/** Values are texts; numbers for ids in some accounts. */
const value = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
);

const change = v.object({
  type: v.picklist(['Create', 'Change']),
  field_name: v.picklist(['requester_id', 'status']),
  value,
});

/** Any other event: looked at for its type only. A change of another field is one of these. */
const event = v.looseObject({ type: v.string(), field_name: v.optional(v.unknown()) });

/** Zendesk documents channels as texts; some integrations come as numbers. */
const channel = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

const decisive = new Set<unknown>(['requester_id', 'status']);

/**
 * One Zendesk audit as the domain sees it. An event that would decide something (a comment, a change
 * of requester or status) and cannot be read is an error.
 */
export const wireAudit = v.pipe(
  v.object({
    id: readAs(auditId, 'audit id'),
    ticket_id: wireTicketId,
    created_at: wireInstant,
    author_id: wireActor,
    via: v.object({ channel }),
    metadata: v.nullish(v.object({ custom: v.nullish(v.looseObject({})) })),
    events: v.array(
      v.lazy((raw) => {
        if (!v.is(event, raw)) return event;
        if (raw.type === 'Comment') return comment;
        const changes = raw.type === 'Create' || raw.type === 'Change';
        return changes && decisive.has(raw.field_name) ? change : event;
      }),
    ),
  }),
  v.transform((audit): Audit => {
    const leeway: unknown = audit.metadata?.custom?.['leeway'];
    const changes: AuditChange[] = [];
    let first: AuditComment | null = null;
    for (const one of audit.events) {
      if (v.is(change, one)) changes.push({ field: one.field_name, value: String(one.value) });
      // One update carries one comment. Should there be more, the first is the one that was sent.
      else if (first === null && isComment(one)) first = commentOf(one);
    }
    return {
      id: audit.id,
      ticket: audit.ticket_id,
      at: audit.created_at,
      author: audit.author_id,
      channel: audit.via.channel,
      // Zendesk writes `Create` events, one for each property, into a ticket's first audit only.
      creates: audit.events.some(({ type }) => type === 'Create'),
      leeway,
      comment: first,
      changes,
    };
  }),
);

type CommentEvent = v.InferOutput<typeof comment>;

const isComment = (one: object & { readonly type: string }): one is CommentEvent =>
  one.type === 'Comment';

const commentOf = (one: CommentEvent): AuditComment => ({
  author: one.author_id,
  public: one.public,
  text: one.plain_body ?? one.body ?? '',
});
