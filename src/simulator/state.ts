import type { Trigger, Webhook, WebhookInvocation } from './webhook-state.ts';

/**
 * Everything the pretend Zendesk knows, as plain JSON: it can be written to a file, compared, copied.
 * Ids of users, groups, tickets, fields, audits and events are numbers; ids of custom-object records
 * are ULID strings, and inside records user ids are strings, as in Zendesk. Stamps are ISO strings
 * with one-second resolution.
 */
export interface SimulatorState {
  account: AccountSettings;
  /** The next numeric id; one counter serves all kinds, so that no two things share an id. */
  next_id: number;
  users: Record<string, User>;
  groups: Record<string, Group>;
  group_memberships: GroupMembership[];
  organizations: Record<string, Organization>;
  tickets: Record<string, Ticket>;
  /** By ticket id, oldest first. */
  audits: Record<string, Audit[]>;
  ticket_fields: Record<string, TicketField>;
  views: Record<string, View>;
  custom_objects: Record<string, CustomObject>;
  /** By object key. */
  custom_object_fields: Record<string, CustomObjectField[]>;
  /** By object key, then by record id. */
  records: Record<string, Record<string, CustomObjectRecord>>;
  /** By record id, oldest first; gone when the record is deleted. */
  record_events: Record<string, RecordEvent[]>;
  /** Enterprise only: by object key, then by `custom-role-{id}`. */
  permission_policies: Record<string, Record<string, PermissionPolicy>>;
  /** Enterprise only: by object key, then by the rule's id. */
  access_rules: Record<string, Record<string, AccessRule>>;
  custom_roles: Record<string, CustomRole>;
  articles: Record<string, Article>;
  /** By user id: whoever has said whether they are at work. */
  agent_statuses: Record<string, AgentStatus>;
  tokens: Token[];
  installed_app: InstalledApp | null;
  webhooks: Record<string, Webhook>;
  triggers: Record<string, Trigger>;
  /** The latest rings, oldest first. */
  webhook_invocations: WebhookInvocation[];
  /** What search has not caught up with yet. */
  search_index: SearchIndex;
}

export interface AccountSettings {
  subdomain: string;
  /** Switched on in the account; the first is the account's own. */
  locales: readonly string[];
  /** Whether followers can be put on tickets; with it off `followers` has no effect. */
  ccs_and_followers: boolean;
  /** Custom roles and permission policies count only here. */
  enterprise: boolean;
  help_center: boolean;
  /** Whether one status of an agent holds for all channels: only then it is told. */
  omnichannel: boolean;
  /** Whether agents may ask who is at work; admins always may. */
  agents_see_availability: boolean;
  /** Whether an agent's reply by mail is public. */
  agent_mail_replies_public: boolean;
  record_search_lag_ms: number;
  ticket_search_lag_ms: number;
  /** Requests of the whole account in a minute. */
  requests_per_minute: number;
  help_center_requests_per_minute: number;
  /** Of one user's app, in 5 minutes, at the API. */
  app_requests_per_5_minutes: number;
  /** Of one user's app, in a minute: Zendesk's app framework holds an app to it. */
  app_requests_per_minute: number;
  /** Of one user on one ticket, in 10 minutes. */
  ticket_updates_per_10_minutes: number;
  /** Of the whole account in a minute. */
  ticket_updates_per_minute: number;
  /** Of the whole account in a minute, all incremental exports together. */
  incremental_exports_per_minute: number;
}

export type Role = 'end-user' | 'agent' | 'admin';
export type TicketRestriction = 'assigned' | 'groups' | 'organization' | 'requested';

export interface User {
  id: number;
  name: string;
  email: string | null;
  role: Role;
  /** 0 custom, 1 light agent, 2 chat, 3 contributor, 4 admin, 5 billing admin; null: end user or plain agent. */
  role_type: number | null;
  custom_role_id: number | null;
  active: boolean;
  suspended: boolean;
  verified: boolean;
  only_private_comments: boolean;
  restricted_agent: boolean;
  ticket_restriction: TicketRestriction | null;
  organization_id: number | null;
  default_group_id: number | null;
  external_id: string | null;
  locale: string;
  time_zone: string;
  iana_time_zone: string;
  phone: string | null;
  notes: string;
  details: string;
  tags: string[];
  user_fields: Record<string, JsonValue>;
  created_at: string;
  updated_at: string;
}

export interface Group {
  id: number;
  name: string;
  description: string;
  is_public: boolean;
  default: boolean;
  deleted: boolean;
  created_at: string;
  updated_at: string;
}

export interface GroupMembership {
  id: number;
  user_id: number;
  group_id: number;
  default: boolean;
  created_at: string;
  updated_at: string;
}

export interface Organization {
  id: number;
  name: string;
  tags: string[];
  created_at: string;
  updated_at: string;
}

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';
export type TicketPriority = 'low' | 'normal' | 'high' | 'urgent';
export type TicketType = 'question' | 'incident' | 'problem' | 'task';

export interface Via {
  channel: string;
  source: { from: Record<string, JsonValue>; to: Record<string, JsonValue>; rel: string | null };
}

export interface Ticket {
  id: number;
  subject: string;
  description: string;
  status: TicketStatus;
  priority: TicketPriority | null;
  type: TicketType | null;
  requester_id: number;
  submitter_id: number;
  assignee_id: number | null;
  group_id: number | null;
  organization_id: number | null;
  external_id: string | null;
  due_at: string | null;
  problem_id: number | null;
  tags: string[];
  /** By field id. A field that is absent is null. */
  custom_fields: Record<string, JsonValue>;
  follower_ids: number[];
  email_cc_ids: number[];
  satisfaction_rating: SatisfactionRating;
  is_public: boolean;
  via: Via;
  via_followup_source_id: number | null;
  followup_ids: number[];
  created_at: string;
  updated_at: string;
  /**
   * Unix seconds of its latest change, also of one that leaves `updated_at` alone. Exports go by it.
   */
  generated_timestamp: number;
  deleted: boolean;
  /** Audits of archived tickets are not paged. */
  archived: boolean;
}

export interface SatisfactionRating {
  score: 'unoffered' | 'offered' | 'good' | 'bad' | 'good_with_comment' | 'bad_with_comment';
  id?: number;
  comment?: string;
}

export interface Audit {
  id: number;
  ticket_id: number;
  created_at: string;
  /** The authenticated user; -1 for business rules. */
  author_id: number;
  metadata: AuditMetadata;
  via: Via;
  events: AuditEvent[];
}

export interface AuditMetadata {
  system: Record<string, JsonValue>;
  custom: Record<string, JsonValue>;
  /** 11: written on behalf of another user. 2 and others: suspected spoofing of a mail. */
  flags?: number[];
  flags_options?: Record<string, JsonValue>;
  trusted?: boolean;
}

export type AuditEvent = CommentEvent | FieldEvent | FollowerEvent | PrivacyEvent;

export interface CommentEvent {
  id: number;
  type: 'Comment';
  /** Whom the comment shows as its author: not always the audit's author. */
  author_id: number;
  body: string;
  html_body: string;
  plain_body: string;
  public: boolean;
  attachments: never[];
  audit_id: number;
}

export interface FieldEvent {
  id: number;
  type: 'Create' | 'Change';
  /** A name such as `status`, or a custom field's id as a string. */
  field_name: string;
  value: JsonValue;
  /** Only in `Change`. */
  previous_value?: JsonValue;
  via?: Via;
}

/** E-mail addresses, as Zendesk writes them. */
export interface FollowerEvent {
  id: number;
  type: 'FollowerChange';
  previous_followers: string[];
  current_followers: string[];
}

export interface PrivacyEvent {
  id: number;
  type: 'CommentPrivacyChange';
  comment_id: number;
  public: boolean;
}

export interface FieldOption {
  id: number;
  name: string;
  value: string;
  default?: boolean;
}

export interface TicketField {
  id: number;
  /** `tagger` (a dropdown whose values are tags), `text`, `integer`, `checkbox` or a system type such as `status`. */
  type: string;
  title: string;
  description: string;
  agent_description: string | null;
  active: boolean;
  required: boolean;
  visible_in_portal: boolean;
  editable_in_portal: boolean;
  removable: boolean;
  tag: string | null;
  position: number;
  custom_field_options: FieldOption[];
  created_at: string;
  updated_at: string;
}

export interface View {
  id: number;
  title: string;
  active: boolean;
  description: string | null;
  conditions: JsonValue;
  created_at: string;
  updated_at: string;
}

export interface CustomObject {
  key: string;
  title: string;
  title_pluralized: string;
  description: string;
  include_in_list_view: boolean;
  created_by_user_id: string;
  updated_by_user_id: string;
  created_at: string;
  updated_at: string;
}

export interface CustomObjectField {
  id: number;
  key: string;
  type: string;
  title: string;
  description: string;
  active: boolean;
  system: boolean;
  position: number;
  regexp_for_validation: string | null;
  custom_field_options: FieldOption[];
  relationship_target_type: string | null;
  /** Of `standard::name`. */
  is_unique: boolean;
  created_at: string;
  updated_at: string;
}

export interface CustomObjectRecord {
  /** ULID. */
  id: string;
  name: string;
  external_id: string | null;
  custom_object_key: string;
  custom_object_fields: Record<string, JsonValue>;
  created_by_user_id: string;
  updated_by_user_id: string;
  created_at: string;
  updated_at: string;
}

export interface RecordEvent {
  id: string;
  type: 'record_created' | 'record_updated';
  actor: { user_id: string };
  created_at: string;
  properties: {
    transaction_events: {
      type: 'create' | 'change';
      field_key: string;
      previous_value: JsonValue;
      current_value: JsonValue;
      origin: 'api';
    }[];
  };
}

export interface Permission {
  allowed: boolean;
  rule_id: string | null;
}

/** Which records a permission is for. Of Zendesk's conditions the one that matches the current user. */
export interface AccessRule {
  field: 'created_by_user';
  operator: 'matches_current_user';
}

export interface PermissionPolicy {
  records: Record<'create' | 'read' | 'update' | 'delete', Permission>;
}

export interface CustomRole {
  id: number;
  name: string;
  description: string;
  configuration: Record<string, JsonValue>;
  created_at: string;
  updated_at: string;
}

export interface Article {
  id: number;
  title: string;
  /** HTML. */
  body: string;
  locale: string;
  label_names: string[];
  draft: boolean;
  section_id: number;
  author_id: number;
  created_at: string;
  updated_at: string;
}

/** `online`, `away`, `transfers only`, `offline`, or whatever an admin has named. */
export interface AgentStatus {
  id: number;
  name: string;
  reason: string;
  updated_at: string;
}

export interface Token {
  token: string;
  /** An OAuth token is bound to its user; an API token (`basic`) acts as whatever user its caller names. */
  kind: 'oauth' | 'api';
  user_id: number | null;
  /** `read`, `write`. */
  scopes: string[];
}

export interface InstalledApp {
  app_id: number;
  installation_id: number;
  name: string;
  version: string;
  settings: Record<string, JsonValue>;
  /** What the app's requirements became: key in requirements.json → id in this account. */
  requirements: Record<string, { requirement_id: number | string; requirement_type: string }>;
}

/** By document, oldest first: what search would find once the lag has passed. */
export interface SearchIndex {
  tickets: Record<string, { at: number; document: Ticket | null }[]>;
  records: Record<string, { at: number; document: CustomObjectRecord | null }[]>;
}

export type JsonValue =
  null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** An account with no people, tickets or apps, on a plan below Enterprise. */
export function createEmptyState(): SimulatorState {
  return {
    account: {
      subdomain: 'acme',
      locales: ['en-US'],
      ccs_and_followers: true,
      enterprise: false,
      help_center: true,
      omnichannel: true,
      agents_see_availability: true,
      agent_mail_replies_public: true,
      record_search_lag_ms: 3_000,
      ticket_search_lag_ms: 120_000,
      requests_per_minute: 400,
      help_center_requests_per_minute: 400,
      app_requests_per_5_minutes: 700,
      app_requests_per_minute: 100,
      ticket_updates_per_10_minutes: 30,
      ticket_updates_per_minute: 100,
      incremental_exports_per_minute: 10,
    },
    next_id: 10_001,
    users: {},
    groups: {},
    group_memberships: [],
    organizations: {},
    tickets: {},
    audits: {},
    ticket_fields: {},
    views: {},
    custom_objects: {},
    custom_object_fields: {},
    records: {},
    record_events: {},
    permission_policies: {},
    access_rules: {},
    custom_roles: {},
    articles: {},
    agent_statuses: {},
    tokens: [],
    installed_app: null,
    webhooks: {},
    triggers: {},
    webhook_invocations: [],
    search_index: { tickets: {}, records: {} },
  };
}
