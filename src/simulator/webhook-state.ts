/** A webhook as an admin makes it in the Admin Center. */
export interface Webhook {
  /** ULID. */
  id: string;
  name: string;
  /** Of this machine only: a pretend Zendesk calls nobody else. */
  endpoint: string;
  status: 'active' | 'inactive';
  signing_secret: string;
  created_at: string;
}

/**
 * `value` is "changed to", `value_previous` "changed from". Of a tag list `includes` and
 * `not_includes`, with the tags separated by blanks: any of them, and none of them.
 */
export interface TriggerCondition {
  /** `custom_fields_{id}`, `status`, `current_tags`, or `update_type` (`Create` or `Change`). */
  field: string;
  operator: 'is' | 'is_not' | 'changed' | 'value' | 'value_previous' | 'includes' | 'not_includes';
  value: string;
}

/** A ticket trigger that calls a webhook. All of `all` must hold, and one of `any` if there is any. */
export interface Trigger {
  id: number;
  title: string;
  active: boolean;
  conditions: { all: TriggerCondition[]; any: TriggerCondition[] };
  /** The webhook's id, and the JSON it is sent, with `{{ticket.id}}` in it. */
  actions: { field: 'notification_webhook'; value: [string, string] }[];
  created_at: string;
  updated_at: string;
}

/** One ring, with each attempt to deliver it. */
export interface WebhookInvocation {
  /** ULID. */
  id: string;
  webhook_id: string;
  ticket_id: number;
  body: string;
  /** `status` null: no answer. */
  attempts: { at: string; status: number | null }[];
}
