import * as v from 'valibot';
import { jsonId } from './body-reader.ts';
import { takeId } from './ids.ts';
import * as people from './people-actions.ts';
import * as replies from './reply-actions.ts';
import * as tickets from './ticket-actions.ts';
import { createTicket, removeTicket, updateTicket } from './ticket-update.ts';
import { viaOf } from './audit-writer.ts';
import { addTrigger, addWebhook } from './webhooks.ts';
import type { World } from './call.ts';
import type { AccountSettings, JsonValue } from './state.ts';

type Action = (world: World, input: unknown) => unknown;

/** An action reads what it is given strictly, and returns what its caller may want to know. */
function action<Schema extends v.GenericSchema>(
  schema: Schema,
  act: (world: World, input: v.InferOutput<Schema>) => unknown,
): Action {
  return (world, input) => act(world, v.parse(schema, input));
}

const status = v.picklist(['new', 'open', 'pending', 'hold', 'solved', 'closed']);
const values = v.record(
  v.string(),
  v.union([v.null(), v.boolean(), v.number(), v.string(), v.array(v.string())]),
);
const onTicket = { ticket_id: jsonId, user_id: jsonId };

const conditions = v.array(
  v.strictObject({
    field: v.string(),
    operator: v.picklist([
      'is',
      'is_not',
      'changed',
      'value',
      'value_previous',
      'includes',
      'not_includes',
    ]),
    value: v.optional(v.string(), ''),
  }),
);

/**
 * What people and rules do by other means than the app's REST calls, by the name under
 * `/simulator/actions/`.
 */
export const actions: Record<string, Action> = {
  'mail-reply': action(
    v.strictObject({
      ...onTicket,
      text: v.string(),
      public: v.optional(v.boolean()),
      spoofed: v.optional(v.boolean()),
    }),
    (world, input) => replies.replyByMail(world, input),
  ),
  'mobile-reply': action(
    v.strictObject({ ...onTicket, text: v.string(), public: v.boolean() }),
    (world, input) => replies.replyByMobile(world, input),
  ),
  'web-comment': action(
    v.strictObject({
      ...onTicket,
      text: v.string(),
      public: v.boolean(),
      author_id: v.optional(jsonId),
      status: v.optional(status),
    }),
    (world, input) => replies.commentOnWeb(world, input),
  ),
  'new-ticket': action(
    v.strictObject({
      requester_id: jsonId,
      subject: v.string(),
      text: v.string(),
      channel: v.optional(v.picklist(['web', 'email']), 'email'),
      tags: v.optional(v.array(v.string())),
    }),
    (world, { channel, requester_id, subject, text, tags }) =>
      createTicket(
        world,
        takeId(world.state),
        replies.anyUser(world.state, requester_id),
        { requester_id, subject, tags, comment: { body: text, public: true } },
        { via: viaOf(channel) },
      ),
  ),
  'follow-up': action(v.strictObject({ ...onTicket, text: v.string() }), (world, input) =>
    replies.followUp(
      world,
      replies.anyTicket(world.state, input.ticket_id),
      replies.anyUser(world.state, input.user_id),
      input.text,
      'web',
    ),
  ),
  merge: action(
    v.strictObject({ source_id: jsonId, target_id: jsonId, user_id: jsonId }),
    (world, input) => {
      tickets.mergeTickets(world, input);
    },
  ),
  import: action(
    v.strictObject({
      user_id: jsonId,
      requester_id: jsonId,
      subject: v.string(),
      status: v.optional(status),
      tags: v.optional(v.array(v.string())),
      comments: v.array(
        v.strictObject({
          author_id: jsonId,
          text: v.string(),
          public: v.boolean(),
          created_at: v.string(),
          metadata: v.optional(v.record(v.string(), v.string())),
        }),
      ),
    }),
    (world, input) => tickets.importTicket(world, input),
  ),
  close: action(v.strictObject({ ticket_id: jsonId }), (world, input) =>
    tickets.closeTicket(world, input.ticket_id),
  ),
  archive: action(v.strictObject({ ticket_id: jsonId }), (world, input) => {
    tickets.archiveTicket(world, input.ticket_id);
  }),
  'change-by-rule': action(
    v.strictObject({
      ticket_id: jsonId,
      status: v.optional(status),
      tags: v.optional(v.array(v.string())),
      custom_fields: v.optional(
        v.array(v.strictObject({ id: jsonId, value: v.nullable(v.string()) })),
      ),
    }),
    (world, { ticket_id, ...changes }) => tickets.changeByRule(world, ticket_id, changes),
  ),
  'change-requester': action(
    v.strictObject({ ...onTicket, requester_id: jsonId }),
    (world, { ticket_id, user_id, requester_id }) =>
      updateTicket(
        world,
        replies.anyTicket(world.state, ticket_id),
        replies.anyUser(world.state, user_id),
        { requester_id },
        { via: viaOf('web') },
      ),
  ),
  'delete-ticket': action(v.strictObject(onTicket), (world, input) => {
    removeTicket(world, replies.anyTicket(world.state, input.ticket_id), input.user_id);
  }),
  'redact-comment': action(v.strictObject({ ...onTicket, comment_id: jsonId }), (world, input) => {
    tickets.redactComment(world, input);
  }),
  'make-private': action(v.strictObject({ ...onTicket, comment_id: jsonId }), (world, input) => {
    tickets.makePrivate(world, input);
  }),
  rate: action(
    v.strictObject({
      ticket_id: jsonId,
      score: v.picklist(['good', 'bad']),
      comment: v.optional(v.string()),
    }),
    (world, input) => {
      tickets.rateTicket(world, input);
    },
  ),
  'edit-record': action(
    v.strictObject({ object: v.string(), record: v.string(), user_id: jsonId, fields: values }),
    (world, input) => {
      tickets.editRecord(world, input);
    },
  ),
  'delete-record': action(
    v.strictObject({ object: v.string(), record: v.string(), user_id: jsonId }),
    (world, input) => {
      tickets.removeRecord(world, input);
    },
  ),
  suspend: action(
    v.strictObject({ user_id: jsonId, suspended: v.optional(v.boolean(), true) }),
    (world, input) => {
      people.suspendUser(world, input.user_id, input.suspended);
    },
  ),
  'light-agent': action(v.strictObject({ user_id: jsonId }), (world, input) => {
    people.makeLightAgent(world, input.user_id);
  }),
  role: action(
    v.strictObject({ user_id: jsonId, role: v.picklist(['end-user', 'agent', 'admin']) }),
    (world, input) => {
      people.changeRole(world, input.user_id, input.role);
    },
  ),
  'custom-role': action(
    v.strictObject({ user_id: jsonId, custom_role_id: jsonId }),
    (world, input) => {
      people.giveCustomRole(world, input.user_id, input.custom_role_id);
    },
  ),
  restrict: action(
    v.strictObject({
      user_id: jsonId,
      ticket_restriction: v.nullable(
        v.picklist(['assigned', 'groups', 'organization', 'requested']),
      ),
    }),
    (world, input) => {
      people.restrictAgent(world, input.user_id, input.ticket_restriction);
    },
  ),
  groups: action(
    v.strictObject({ user_id: jsonId, group_ids: v.array(jsonId) }),
    (world, input) => {
      people.changeGroups(world, input.user_id, input.group_ids);
    },
  ),
  'agent-status': action(v.strictObject({ user_id: jsonId, name: v.string() }), (world, input) => {
    people.setAgentStatus(world, input.user_id, input.name);
  }),
  'user-tags': action(
    v.strictObject({ user_id: jsonId, tags: v.array(v.string()) }),
    (world, input) => {
      people.changeUserTags(world, input.user_id, input.tags);
    },
  ),
  'merge-users': action(v.strictObject({ from_id: jsonId, into_id: jsonId }), (world, input) => {
    people.mergeUsers(world, input.from_id, input.into_id);
  }),
  'add-webhook': action(
    v.strictObject({
      name: v.string(),
      endpoint: v.string(),
      signing_secret: v.optional(v.pipe(v.string(), v.minLength(1))),
    }),
    addWebhook,
  ),
  'add-trigger': action(
    v.strictObject({
      title: v.string(),
      conditions: v.strictObject({ all: conditions, any: v.optional(conditions) }),
      webhook_id: v.string(),
      body: v.string(),
    }),
    addTrigger,
  ),
  account: action(
    v.record(v.string(), v.union([v.boolean(), v.number()])),
    (world, input: Record<string, JsonValue>) => {
      const unknown = Object.keys(input).find((name) => !(name in world.state.account));
      if (unknown !== undefined) throw new Error(`The account has no setting ${unknown}.`);
      people.changeAccount(world, input as Partial<AccountSettings>);
    },
  ),
};
