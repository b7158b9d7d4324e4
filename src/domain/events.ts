import type { Digest } from './canonical.ts';
import { currency } from './currencies.ts';
import {
  type AuditId,
  auditId,
  type CreditId,
  creditId,
  type EventId,
  eventId,
  ticketId,
  type UserId,
  userId,
} from './ids.ts';
import { type Instant, instantFromIso, isoFromInstant } from './instant.ts';
import { type Minor, minor } from './money.ts';
import type { Offer } from './offer.ts';
import type { Band, MakerFacts, Role } from './policy.ts';
import { type SlotKey, formatSlotKey, parseSlotKey } from './slot-key.ts';

/** Version of the envelope that this code reads and writes. */
const JOURNAL_VERSION = 1;

/** The terms that an event was written under. */
export interface NamedTerms {
  readonly number: number;
  readonly digest: Digest;
}

interface Step {
  readonly id: EventId;
  readonly credit: CreditId;
}

export interface RequestEvent extends Step {
  readonly type: 'request';
  readonly offer: Offer;
  readonly terms: NamedTerms;
  readonly facts: MakerFacts;
  readonly band: Exclude<Band, 'refused'>;
  readonly asked: readonly UserId[];
  /** Those asked whom this write makes followers; the deciding write takes them off again. */
  readonly followed: readonly UserId[];
  readonly slot: { readonly key: SlotKey; readonly createdAt: Instant };
  readonly expiresInHours: number;
}

/** Whom else the credit is put to. */
export interface AskEvent extends Step {
  readonly type: 'ask';
  readonly asked: readonly UserId[];
  readonly followed: readonly UserId[];
  /** Whether a lead is wanted. */
  readonly lead: boolean;
}

/** What is attested about a checker. */
export interface CheckerFacts {
  readonly role: Role;
  /** Credits of this maker that the checker has co-signed in the period. */
  readonly pairCount: number;
}

/** The private reply that an approval or decline was given by; the event's actor is the reply's author. */
export interface Citation {
  readonly audit: AuditId;
}

export interface ApproveEvent extends Step {
  readonly type: 'approve';
  /** Of the offer that was seen. */
  readonly digest: Digest;
  readonly as: 'peer' | 'lead';
  readonly terms: NamedTerms;
  readonly facts: CheckerFacts;
  /** By how much the budget is knowingly exceeded; 0: not at all. */
  readonly overrun: Minor;
  readonly cites: Citation | null;
}

export interface DeclineEvent extends Step {
  readonly type: 'decline';
  readonly digest: Digest;
  readonly as: 'peer' | 'lead';
  readonly terms: NamedTerms;
  readonly reason: string;
  readonly cites: Citation | null;
}

export interface WithdrawEvent extends Step {
  readonly type: 'withdraw';
}

export interface ReverseEvent extends Step {
  readonly type: 'reverse';
  readonly as: 'maker' | 'lead';
  readonly terms: NamedTerms;
  readonly reason: string;
}

export type JournalEvent =
  RequestEvent | AskEvent | ApproveEvent | DeclineEvent | WithdrawEvent | ReverseEvent;

export type JournalEventType = JournalEvent['type'];

/** What an audit's metadata says. */
export type Journal =
  | { readonly kind: 'events'; readonly events: readonly (JournalEvent | Unreadable | Remark)[] }
  /** Written by a newer Leeway: the credits that it names can't be judged by this one. */
  | { readonly kind: 'newer'; readonly credits: readonly CreditId[] }
  | { readonly kind: 'unreadable' };

export interface Unreadable {
  readonly type: 'unreadable';
  readonly credit: CreditId | null;
}

/** A word about a credit, written later; it moves no money. */
export interface Remark {
  readonly type: 'remark';
}

const REMARKS: ReadonlySet<unknown> = new Set(['review', 'thank', 'story']);

const termsForm = ({ number, digest }: NamedTerms) => ({ number, digest });

function eventForm(event: JournalEvent): Record<string, unknown> {
  const step = { type: event.type, id: event.id, credit: event.credit };
  switch (event.type) {
    case 'request':
      return {
        ...step,
        offer: {
          ticket: event.offer.ticket,
          customer: event.offer.customer,
          maker: event.offer.maker,
          amount_minor: event.offer.amount.minor,
          currency: event.offer.amount.currency,
          reason: event.offer.reason,
          note: event.offer.note,
          exception: event.offer.exception,
        },
        terms: termsForm(event.terms),
        facts: {
          role: event.facts.role,
          tier: event.facts.tier,
          budget_used: event.facts.budgetUsed,
          customer_used: event.facts.customerUsed,
        },
        band: event.band,
        asked: event.asked,
        followed: event.followed,
        slot: {
          key: formatSlotKey(event.slot.key),
          created_at: isoFromInstant(event.slot.createdAt),
        },
        expires_in_hours: event.expiresInHours,
      };
    case 'ask':
      return { ...step, asked: event.asked, followed: event.followed, lead: event.lead };
    case 'approve':
      return {
        ...step,
        digest: event.digest,
        as: event.as,
        terms: termsForm(event.terms),
        facts: { role: event.facts.role, pair_count: event.facts.pairCount },
        overrun: event.overrun,
        ...(event.cites && { cites: { audit: event.cites.audit } }),
      };
    case 'decline':
      return {
        ...step,
        digest: event.digest,
        as: event.as,
        terms: termsForm(event.terms),
        reason: event.reason,
        ...(event.cites && { cites: { audit: event.cites.audit } }),
      };
    case 'withdraw':
      return step;
    case 'reverse':
      return { ...step, as: event.as, terms: termsForm(event.terms), reason: event.reason };
  }
}

/** The string for `metadata.leeway`: one compact JSON text, so that Zendesk coerces no type in it. */
export const writeJournal = (events: readonly JournalEvent[]): string =>
  JSON.stringify({ v: JOURNAL_VERSION, events: events.map(eventForm) });

/** Reads `metadata.custom.leeway`. Never throws: what cannot be read says so. */
export function readJournal(raw: unknown): Journal {
  const envelope = typeof raw === 'string' ? parseJson(raw) : null;
  if (!isShape(envelope)) return { kind: 'unreadable' };
  const { v: version, events: list } = envelope;
  const events: readonly unknown[] = Array.isArray(list) ? list : [];
  if (typeof version === 'number' && Number.isInteger(version) && version > JOURNAL_VERSION) {
    const named = events.map((event) => (isShape(event) ? creditId(event['credit']) : null));
    return { kind: 'newer', credits: named.filter((credit) => credit !== null) };
  }
  const known = version === JOURNAL_VERSION && hasOnly(envelope, ['v', 'events']);
  if (!known || !Array.isArray(list)) return { kind: 'unreadable' };
  return { kind: 'events', events: events.map(readEvent) };
}

type Shape = Readonly<Record<string, unknown>>;

const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readEvent(value: unknown): JournalEvent | Unreadable | Remark {
  if (!isShape(value)) return { type: 'unreadable', credit: null };
  const credit = creditId(value['credit']);
  if (REMARKS.has(value['type'])) return { type: 'remark' };
  const id = eventId(value['id']);
  const event = id && credit ? readStep(value, { id, credit }) : null;
  return event ?? { type: 'unreadable', credit };
}

/** A member that the shape does not know is not ignored: it may be what changes the meaning. */
const hasOnly = (value: Shape, keys: readonly string[]): boolean =>
  Object.keys(value).every((key) => keys.includes(key));

function readStep(value: Shape, step: Step): JournalEvent | null {
  const known = (...keys: string[]): boolean => hasOnly(value, ['type', 'id', 'credit', ...keys]);
  switch (value['type']) {
    case 'request':
      return known(
        'offer',
        'terms',
        'facts',
        'band',
        'asked',
        'followed',
        'slot',
        'expires_in_hours',
      )
        ? readRequest(value, step)
        : null;
    case 'ask': {
      const asked = readPeople(value['asked']);
      const followed = readPeople(value['followed']);
      const lead = value['lead'];
      return known('asked', 'followed', 'lead') && asked && followed && typeof lead === 'boolean'
        ? { ...step, type: 'ask', asked, followed, lead }
        : null;
    }
    case 'approve':
      return known('digest', 'as', 'terms', 'facts', 'overrun', 'cites')
        ? readApprove(value, step)
        : null;
    case 'decline':
      return known('digest', 'as', 'terms', 'reason', 'cites') ? readDecline(value, step) : null;
    case 'withdraw':
      return known() ? { ...step, type: 'withdraw' } : null;
    case 'reverse': {
      const { as, reason } = value;
      const terms = readNamedTerms(value['terms']);
      return known('as', 'terms', 'reason') &&
        (as === 'maker' || as === 'lead') &&
        terms &&
        typeof reason === 'string'
        ? { ...step, type: 'reverse', as, terms, reason }
        : null;
    }
    default:
      return null;
  }
}

/** A year: beyond any terms, and its end is still a date. */
const MOST_HOURS = 8784;

function readRequest(value: Shape, step: Step): RequestEvent | null {
  const offer = readOffer(value['offer'], step.credit);
  const terms = readNamedTerms(value['terms']);
  const facts = readMakerFacts(value['facts']);
  const asked = readPeople(value['asked']);
  const followed = readPeople(value['followed']);
  const slot = readSlot(value['slot']);
  const band = value['band'];
  const hours = value['expires_in_hours'];
  if (!offer || !terms || !facts || !asked || !followed || !slot) return null;
  if (band !== 'self' && band !== 'peer' && band !== 'lead') return null;
  if (typeof hours !== 'number' || !Number.isInteger(hours)) return null;
  if (hours < 1 || hours > MOST_HOURS) return null;
  return {
    ...step,
    type: 'request',
    offer,
    terms,
    facts,
    band,
    asked,
    followed,
    slot,
    expiresInHours: hours,
  };
}

function readOffer(value: unknown, credit: CreditId): Offer | null {
  if (!isShape(value)) return null;
  const keys = [
    'ticket',
    'customer',
    'maker',
    'amount_minor',
    'currency',
    'reason',
    'note',
    'exception',
  ];
  if (!hasOnly(value, keys)) return null;
  const { reason, note, exception } = value;
  const ticket = ticketId(value['ticket']);
  const customer = userId(value['customer']);
  const maker = userId(value['maker']);
  const amount = minor(value['amount_minor']);
  const code = currency(value['currency']);
  if (!ticket || !customer || !maker || !amount || !code) return null;
  if (typeof reason !== 'string' || typeof note !== 'string' || typeof exception !== 'string') {
    return null;
  }
  return {
    credit,
    ticket,
    customer,
    maker,
    amount: { minor: amount, currency: code },
    reason,
    note,
    exception,
  };
}

function readNamedTerms(value: unknown): NamedTerms | null {
  if (!isShape(value) || !hasOnly(value, ['number', 'digest'])) return null;
  const { number, digest } = value;
  return typeof number === 'number' &&
    Number.isInteger(number) &&
    number >= 1 &&
    typeof digest === 'string' &&
    isDigest(digest)
    ? { number, digest }
    : null;
}

const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

const role = (value: unknown): Role | null =>
  value === 'agent' || value === 'admin' || value === 'light' || value === 'end-user'
    ? value
    : null;

function readMakerFacts(value: unknown): MakerFacts | null {
  if (!isShape(value) || !hasOnly(value, ['role', 'tier', 'budget_used', 'customer_used']))
    return null;
  const { tier } = value;
  const as = role(value['role']);
  const budgetUsed = minor(value['budget_used']);
  const customerUsed = minor(value['customer_used']);
  // An unreadable number reads as unknown, and unknown refuses: never weaker than the fact.
  return as && (tier === null || typeof tier === 'string')
    ? { role: as, tier, budgetUsed, customerUsed }
    : null;
}

/** Asking more at once would be a mailing list, and a slot has no more places. */
export const MOST_ASKED = 5;

function readPeople(value: unknown): readonly UserId[] | null {
  if (!Array.isArray(value) || value.length > MOST_ASKED) return null;
  const people = value.map(userId);
  return people.every((person) => person !== null) ? people : null;
}

function readSlot(value: unknown): RequestEvent['slot'] | null {
  if (!isShape(value) || !hasOnly(value, ['key', 'created_at'])) return null;
  const key = typeof value['key'] === 'string' ? parseSlotKey(value['key']) : null;
  const createdAt = instantFromIso(value['created_at']);
  return key && createdAt !== null ? { key, createdAt } : null;
}

function readCitation(value: unknown): Citation | null | 'none' {
  if (value === undefined) return 'none';
  if (!isShape(value) || !hasOnly(value, ['audit'])) return null;
  const audit = auditId(value['audit']);
  return audit && { audit };
}

interface Verdict {
  readonly digest: Digest;
  readonly as: 'peer' | 'lead';
  readonly terms: NamedTerms;
  readonly cites: Citation | null;
}

function readVerdict(value: Shape): Verdict | null {
  const { digest, as } = value;
  const terms = readNamedTerms(value['terms']);
  const cites = readCitation(value['cites']);
  if (typeof digest !== 'string' || !isDigest(digest) || !terms || cites === null) return null;
  if (as !== 'peer' && as !== 'lead') return null;
  return { digest, as, terms, cites: cites === 'none' ? null : cites };
}

function readApprove(value: Shape, step: Step): ApproveEvent | null {
  const verdict = readVerdict(value);
  const facts = readCheckerFacts(value['facts']);
  const overrun = minor(value['overrun']);
  return verdict && facts && overrun !== null
    ? { ...step, type: 'approve', ...verdict, facts, overrun }
    : null;
}

function readCheckerFacts(value: unknown): CheckerFacts | null {
  if (!isShape(value) || !hasOnly(value, ['role', 'pair_count'])) return null;
  const as = role(value['role']);
  const count = value['pair_count'];
  return as && typeof count === 'number' && Number.isInteger(count) && count >= 0
    ? { role: as, pairCount: count }
    : null;
}

function readDecline(value: Shape, step: Step): DeclineEvent | null {
  const verdict = readVerdict(value);
  const { reason } = value;
  return verdict && typeof reason === 'string'
    ? { ...step, type: 'decline', ...verdict, reason }
    : null;
}
