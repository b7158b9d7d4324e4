import * as v from 'valibot';
import { jsonId, nullableId } from './body-reader.ts';
import type { JsonValue } from './state.ts';

const json: v.GenericSchema<JsonValue> = v.lazy(() =>
  v.union([
    v.null(),
    v.boolean(),
    v.number(),
    v.string(),
    v.array(json),
    v.record(v.string(), json),
  ]),
);

const commentSchema = v.strictObject({
  body: v.optional(v.string()),
  html_body: v.optional(v.string()),
  public: v.optional(v.boolean()),
  author_id: v.optional(jsonId),
});

const followerSchema = v.strictObject({
  user_id: v.optional(v.union([v.string(), jsonId])),
  user_email: v.optional(v.string()),
  action: v.optional(v.picklist(['put', 'delete'])),
});

const changeEntries = {
  subject: v.optional(v.string()),
  status: v.optional(v.picklist(['new', 'open', 'pending', 'hold', 'solved', 'closed'])),
  priority: v.optional(v.nullable(v.picklist(['low', 'normal', 'high', 'urgent']))),
  type: v.optional(v.nullable(v.picklist(['question', 'incident', 'problem', 'task']))),
  requester_id: v.optional(jsonId),
  assignee_id: v.optional(nullableId),
  group_id: v.optional(nullableId),
  organization_id: v.optional(nullableId),
  external_id: v.optional(v.nullable(v.string())),
  due_at: v.optional(v.nullable(v.string())),
  problem_id: v.optional(nullableId),
  tags: v.optional(v.array(v.string())),
  custom_fields: v.optional(v.array(v.strictObject({ id: jsonId, value: json }))),
  followers: v.optional(v.array(followerSchema)),
  metadata: v.optional(v.record(v.string(), json)),
};

/** `PUT /tickets/{id}` */
export const updateSchema = v.strictObject({
  ticket: v.strictObject({
    ...changeEntries,
    comment: v.optional(commentSchema),
    safe_update: v.optional(v.boolean()),
    updated_stamp: v.optional(v.string()),
  }),
});

/** `POST /tickets` */
export const createSchema = v.strictObject({
  ticket: v.strictObject({
    ...changeEntries,
    comment: commentSchema,
    submitter_id: v.optional(jsonId),
    via_followup_source_id: v.optional(jsonId),
  }),
});

/** What changes the tags alone. */
export const tagsSchema = v.strictObject({
  tags: v.array(v.string()),
  safe_update: v.optional(v.union([v.boolean(), v.string()])),
  updated_stamp: v.optional(v.string()),
});
