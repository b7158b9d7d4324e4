import type { AuditId, TicketId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';

/** What the fold needs of one Zendesk audit. Made by the helpdesk adapter; nothing in it is trusted but where Zendesk vouches for it. */
export interface Audit {
  readonly id: AuditId;
  readonly ticket: TicketId;
  readonly at: Instant;
  /** The authenticated author. null for Zendesk's own audits (rules, system: author -1). */
  readonly author: UserId | null;
  /** `via.channel`, such as `web`, `api`, `mobile`, `email`, `rule`. */
  readonly channel: string;
  /** Whether this audit created the ticket. */
  readonly creates: boolean;
  /** `metadata.custom.leeway`, exactly as it came; undefined when there is none. */
  readonly leeway: unknown;
  readonly comment: AuditComment | null;
  /** Changes of the two fields that decide a credit's fate, in order. */
  readonly changes: readonly AuditChange[];
}

export interface AuditComment {
  /** Can be set by whoever writes through the API: worth something only where it equals the audit's author. */
  readonly author: UserId | null;
  readonly public: boolean;
  /** Plain text. */
  readonly text: string;
}

export interface AuditChange {
  readonly field: 'requester_id' | 'status';
  readonly value: string;
}

/**
 * Channels whose audits may carry events. Zendesk does not document which channel it notes for a
 * request that an app sends through the agent's session; `web` and `api` are the two that can be
 * (docs/unconfirmed.md). E-mail, rules and imports are left out on purpose.
 */
export const EVENT_CHANNELS: ReadonlySet<string> = new Set(['web', 'api']);

/** Channels in which a person may approve by a private note: the agents' mobile app has no sidebar. */
export const REPLY_CHANNELS: ReadonlySet<string> = new Set([...EVENT_CHANNELS, 'mobile']);
