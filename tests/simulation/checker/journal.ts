import type { Audit } from '#simulator/state.ts';

/** An event of the journal as it stands in an audit, nothing of it believed yet. */
export interface RawEvent {
  readonly type: string;
  readonly id: string;
  readonly credit: string;
  readonly [member: string]: unknown;
}

export interface RawTerms {
  readonly number: number;
  readonly digest: string;
}

export interface RawRequest extends RawEvent {
  readonly offer: {
    readonly ticket: string;
    readonly customer: string;
    readonly maker: string;
    readonly amount_minor: number;
    readonly currency: string;
    readonly reason: string;
    readonly note: string;
    readonly exception: string;
  };
  readonly terms: RawTerms;
  readonly facts: {
    readonly role: string;
    readonly tier: string | null;
    readonly budget_used: number | null;
    readonly customer_used: number | null;
  };
  readonly band: string;
  readonly asked: readonly string[];
  readonly slot: { readonly key: string; readonly created_at: string };
  readonly expires_in_hours: number;
}

export interface RawVerdict extends RawEvent {
  readonly digest: string;
  readonly as: string;
  readonly terms: RawTerms;
  readonly facts?: { readonly role: string; readonly pair_count: number };
  readonly overrun?: number;
  readonly reason?: string;
  readonly cites?: { readonly audit: string };
}

export type RawJournal =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'newer'; readonly credits: readonly string[] }
  | { readonly kind: 'events'; readonly events: readonly (RawEvent | null)[] };

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  request: ['offer', 'terms', 'facts', 'band', 'asked', 'followed', 'slot', 'expires_in_hours'],
  ask: ['asked', 'followed', 'lead'],
  approve: ['digest', 'as', 'terms', 'facts', 'overrun'],
  decline: ['digest', 'as', 'terms', 'reason'],
  withdraw: [],
  reverse: ['as', 'terms', 'reason'],
};

/** What the audit's metadata holds. The run writes known shapes and broken ones; both are told apart here. */
export function journalIn(audit: Audit): RawJournal {
  const raw = audit.metadata.custom['leeway'];
  if (raw === undefined) return { kind: 'none' };
  let form: unknown;
  try {
    form = JSON.parse(String(raw));
  } catch {
    return { kind: 'unreadable' };
  }
  const { v: version, events } = (form ?? {}) as { v?: unknown; events?: unknown };
  if (!Array.isArray(events)) return { kind: 'unreadable' };
  const list = events as unknown[];
  if (typeof version === 'number' && version > 1) {
    return { kind: 'newer', credits: list.map((event) => (event as RawEvent).credit) };
  }
  if (version !== 1) return { kind: 'unreadable' };
  return { kind: 'events', events: list.map(known) };
}

/** null: a shape that version 1 does not have. A member too many may change the meaning, so it is one. */
function known(value: unknown): RawEvent | null {
  const event = value as RawEvent;
  const members = MEMBERS[event.type];
  if (!members) return null;
  const given = Object.keys(event).filter((key) => !['type', 'id', 'credit'].includes(key));
  const complete = members.every((key) => given.includes(key));
  const extra = given.filter((key) => !members.includes(key));
  const allowed = event.type === 'approve' || event.type === 'decline' ? ['cites'] : [];
  if (!complete || !extra.every((key) => allowed.includes(key))) return null;
  // Money is whole numbers, nowhere anything else.
  const amount = (event as RawRequest).offer?.amount_minor;
  return event.type === 'request' && !Number.isInteger(amount) ? null : event;
}
