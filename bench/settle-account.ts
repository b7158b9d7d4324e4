import { type Currency, currency } from '#domain/currencies.ts';
import { type ApproveEvent, type RequestEvent, writeJournal } from '#domain/events.ts';
import { creditId, eventId, ticketId, type UserId, userId } from '#domain/ids.ts';
import { HOUR, type Instant, isoFromInstant, MINUTE, plus, SECOND } from '#domain/instant.ts';
import { type Minor, minor } from '#domain/money.ts';
import { offerDigest } from '#domain/offer.ts';
import { periodKeyAt, timeZone } from '#domain/period.ts';
import { formatSlotKey } from '#domain/slot-key.ts';
import { canonicalTerms, type Terms, termsDigest } from '#domain/terms.ts';
import { slotDraft } from '#zendesk/slot-wire.ts';

/** What a generated account holds. Everything in it follows from these, so that nothing is kept. */
export interface AccountSize {
  readonly seed: number;
  readonly tickets: number;
  /** Of each ticket, at least 6. */
  readonly audits: number;
  /** Every so many tickets have a credit; 1: each. */
  readonly every: number;
  /** When the first ticket came; they are spread over the four weeks from then on. */
  readonly from: Instant;
}

export const STATUS_FIELD = 360_001;
const ADMIN = 3_000;

const FIRST_TICKET = 1_000_000;
const FIRST_STAFF = 4_000;
const FIRST_CUSTOMER = 500_000_000;
const SPREAD = 27 * 24 * HOUR;

/** Credits of one agent in the month, more or less. */
const CREDITS_AN_AGENT = 50;
/** So few colleagues that each co-signs for another once or twice a month. */
const FEWEST_AGENTS = 60;

/** One credit in a thousand was never co-signed but by its maker, another's slot was altered. */
const FORGED_EVERY = 1_000;
const FORGED = 400;
const ALTERED = 800;

const must = <T>(value: T | null): T => {
  if (value === null) throw new Error('the generated account holds something that is not valid');
  return value;
};
const person = (id: number): UserId => must(userId(id));
const cents = (amount: number): Minor => must(minor(amount));

const DOLLARS: Currency = must(currency('USD'));
const AMOUNT = cents(1500);

type Json = Readonly<Record<string, unknown>>;

/** A small hash of whole numbers, for texts that differ. */
function chance(...of: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const each of of) {
    hash = Math.imul(hash ^ (each >>> 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

const words =
  'the parcel came late again and nobody told me where it was for a week although'.split(' ');

/** One generated account: each thing in it is worked out anew whenever it is asked for. */
export function createAccount(size: AccountSize) {
  const { seed, tickets, audits, every, from } = size;
  const credits = Math.floor(tickets / every);
  const agents = Math.max(FEWEST_AGENTS, Math.ceil(credits / CREDITS_AN_AGENT));
  const apart = SPREAD / tickets;
  const requestAt = Math.floor(audits / 2) - 1;
  const approveAt = requestAt + 2;

  const terms: Terms = {
    number: 1,
    startsAt: plus(from, -24 * HOUR),
    currency: DOLLARS,
    timeZone: must(timeZone('Etc/UTC')),
    period: 'month',
    limits: { budget: cents(200_000), self: cents(0), cosign: cents(10_000), hard: cents(50_000) },
    cosigners: 1,
    customerCap: cents(15_000),
    customerCapDays: 90,
    expiryHours: 24,
    holdHours: 24,
    pairLimit: 5,
    leads: [person(ADMIN)],
    pilot: null,
    tiers: [],
  };
  const named = { number: 1, digest: termsDigest(terms) };

  const cameAt = (index: number): Instant =>
    (from + Math.floor((index * apart) / SECOND) * SECOND) as Instant;
  const auditAt = (index: number, at: number): Instant => plus(cameAt(index), at * MINUTE);
  const auditId = (index: number, at: number): number => 1e12 + index * 1000 + at;
  const creditOf = (index: number): number | null =>
    index % every === every - 1 ? Math.floor(index / every) : null;
  const indexOf = (credit: number): number => credit * every + every - 1;
  const customerOf = (index: number): UserId =>
    person(FIRST_CUSTOMER + Math.floor(index / every / 2) * every + (index % every));
  const agent = (number: number): UserId => person(FIRST_STAFF + (number % agents));

  function storyOf(credit: number) {
    const index = indexOf(credit);
    const round = Math.floor(credit / agents);
    const maker = agent(credit);
    const kind = credit % FORGED_EVERY;
    const checker = kind === FORGED ? maker : agent(credit + 1 + (round % (agents - 1)));
    const requestedAt = auditAt(index, requestAt);
    const slotAt = plus(requestedAt, -MINUTE);
    const id = must(creditId(`credit-${String(seed)}-${String(credit)}`));
    const key = {
      period: periodKeyAt(slotAt, { kind: 'month', timeZone: terms.timeZone, currency: DOLLARS }),
      maker,
      number: round + 1,
    };
    const request: RequestEvent = {
      type: 'request',
      id: must(eventId(`request-${String(credit)}`)),
      credit: id,
      offer: {
        credit: id,
        ticket: must(ticketId(FIRST_TICKET + index)),
        customer: customerOf(index),
        maker,
        amount: { minor: AMOUNT, currency: DOLLARS },
        reason: 'late-delivery',
        note: 'The parcel came a week late.',
        exception: '',
      },
      terms: named,
      facts: {
        role: 'agent',
        tier: null,
        budgetUsed: cents(round * AMOUNT),
        customerUsed: cents((credit % 2) * AMOUNT),
      },
      band: 'peer',
      asked: [checker],
      followed: [checker],
      slot: { key, createdAt: slotAt },
      expiresInHours: 24,
    };
    const approval: ApproveEvent = {
      type: 'approve',
      id: must(eventId(`approve-${String(credit)}`)),
      credit: id,
      digest: offerDigest(request.offer),
      as: 'peer',
      terms: named,
      facts: { role: 'agent', pairCount: 0 },
      overrun: cents(0),
      cites: null,
    };
    return { index, maker, checker, kind, id, key, slotAt, requestedAt, request, approval };
  }

  function textOf(index: number, at: number): string {
    const length = 20 + (chance(seed, index, at) % 30);
    return Array.from(
      { length },
      (_, place) => words[chance(seed, index, at, place) % words.length] ?? '',
    ).join(' ');
  }

  function comment(
    index: number,
    at: number,
    author: UserId,
    isPublic: boolean,
    text: string,
  ): Json {
    return {
      id: auditId(index, at) * 10,
      type: 'Comment',
      author_id: Number(author),
      body: text,
      html_body: `<div class="zd-comment" dir="auto"><p dir="auto">${text}</p></div>`,
      plain_body: text,
      public: isPublic,
      attachments: [],
      audit_id: auditId(index, at),
    };
  }

  function auditOf(index: number, at: number, story: ReturnType<typeof storyOf> | null): Json {
    const isRequest = story !== null && at === requestAt;
    const isApproval = story !== null && at === approveAt;
    const journal = isRequest
      ? writeJournal([story.request])
      : isApproval
        ? writeJournal([story.approval])
        : null;
    const customer = customerOf(index);
    const author = isRequest
      ? story.maker
      : isApproval
        ? story.checker
        : at % 2 === 0
          ? customer
          : agent(chance(seed, index));
    const events: Json[] = [comment(index, at, author, journal === null, textOf(index, at))];
    const change = (type: string, field_name: string, value: unknown): void => {
      events.push({ id: auditId(index, at) * 10 + events.length, type, field_name, value });
    };
    if (at === 0) {
      change('Create', 'requester_id', String(customer));
      change('Create', 'status', 'new');
    }
    if (isRequest) change('Change', String(STATUS_FIELD), 'leeway_waiting');
    if (isApproval && story.kind !== FORGED)
      change('Change', String(STATUS_FIELD), 'leeway_posted');
    return {
      id: auditId(index, at),
      ticket_id: FIRST_TICKET + index,
      created_at: isoFromInstant(auditAt(index, at)),
      author_id: Number(author),
      metadata: {
        system: { client: 'Generated', ip_address: '192.0.2.1', latitude: 55.7, longitude: 12.6 },
        custom: journal === null ? {} : { leeway: journal },
      },
      via: { channel: journal === null ? 'email' : 'api', source: { from: {}, to: {}, rel: null } },
      events,
    };
  }

  const story = (index: number): ReturnType<typeof storyOf> | null => {
    const credit = creditOf(index);
    return credit === null ? null : storyOf(credit);
  };

  return {
    ...size,
    credits,
    /** Of how many the ticket's own journal proves that they are posted, and all journals that they are payable. */
    payable: credits - countOf(credits, FORGED) - countOf(credits, ALTERED),
    cameAt,
    auditAt,
    indexOfTicket: (id: number): number => id - FIRST_TICKET,
    auditsOf(index: number): readonly Json[] {
      const its = story(index);
      return Array.from({ length: audits }, (_, at) => auditOf(index, at, its));
    },
    ticket(index: number): Json {
      const credit = creditOf(index);
      const status =
        credit === null
          ? null
          : credit % FORGED_EVERY === FORGED
            ? 'leeway_waiting'
            : 'leeway_posted';
      const fields = [{ id: STATUS_FIELD, value: status }];
      return {
        id: FIRST_TICKET + index,
        subject: textOf(index, 999),
        description: textOf(index, 0),
        requester_id: Number(customerOf(index)),
        status: 'open',
        tags: status === null ? [] : [status],
        custom_fields: fields,
        fields,
        via: { channel: 'email', source: { from: {}, to: {}, rel: null } },
        created_at: isoFromInstant(cameAt(index)),
        updated_at: isoFromInstant(auditAt(index, audits - 1)),
        generated_timestamp: auditAt(index, audits - 1) / SECOND,
      };
    },
    /** One update as the export of events tells it. */
    event(index: number, at: number): Json {
      const its = creditOf(index);
      const set = its === null ? null : at === requestAt ? 'leeway_waiting' : 'leeway_posted';
      const changes =
        its !== null && (at === requestAt || (at === approveAt && its % FORGED_EVERY !== FORGED));
      const id = auditId(index, at);
      return {
        id,
        ticket_id: FIRST_TICKET + index,
        timestamp: auditAt(index, at) / SECOND,
        created_at: isoFromInstant(auditAt(index, at)),
        updater_id: ADMIN,
        via: 'Mail',
        event_type: 'Audit',
        child_events: [
          { id: id * 10, via: 'Mail', comment_present: true, comment_public: true },
          ...(changes
            ? [
                {
                  id: id * 10 + 1,
                  via: 'Web service',
                  custom_ticket_fields: { [String(STATUS_FIELD)]: set },
                  previous_value: null,
                  event_type: 'Change',
                },
              ]
            : []),
        ],
      };
    },
    /** The record of a credit's slot. */
    slot(credit: number): Json {
      const { index, maker, checker, kind, id, key, slotAt, request } = storyOf(credit);
      const posted = kind !== FORGED;
      const draft = slotDraft(`Credit ${String(credit)}`, {
        credit: id,
        ticket: request.offer.ticket,
        maker,
        customer: request.offer.customer,
        asked: request.asked,
        signers: posted ? [checker] : [],
        amount: kind === ALTERED ? cents(AMOUNT - 1) : AMOUNT,
        currency: DOLLARS,
        reason: request.offer.reason,
        tags: [],
        status: posted ? 'posted' : 'reserved',
        band: 'peer',
        exception: false,
        terms: 1,
        expiresAt: plus(request.slot.createdAt, 24 * HOUR),
      });
      return {
        id: `01GENERATED${String(credit).padStart(15, '0')}`,
        ...draft,
        external_id: formatSlotKey(key),
        custom_object_key: 'leeway_credit',
        created_by_user_id: maker,
        updated_by_user_id: checker,
        created_at: isoFromInstant(slotAt),
        updated_at: isoFromInstant(plus(auditAt(index, approveAt), SECOND)),
      };
    },
    creditWithKey(externalId: string): number {
      const [, maker = '', number = ''] = externalId.split('/');
      return (Number(number) - 1) * agents + Number(maker) - FIRST_STAFF;
    },
    termsRecord(): Json {
      const startsAt = isoFromInstant(terms.startsAt);
      return {
        id: '01GENERATEDTERMS',
        name: 'Terms 1',
        external_id: '1',
        custom_object_key: 'leeway_terms',
        custom_object_fields: {
          canonical: canonicalTerms(terms),
          digest: named.digest,
          starts_at: startsAt,
        },
        created_by_user_id: String(ADMIN),
        updated_by_user_id: String(ADMIN),
        created_at: startsAt,
        updated_at: startsAt,
      };
    },
    user: (id: number): Json => ({
      id,
      name: `Person ${String(id)}`,
      email: `person-${String(id)}@example.org`,
      role: id === ADMIN ? 'admin' : id < FIRST_CUSTOMER ? 'agent' : 'end-user',
      role_type: null,
      active: true,
      suspended: false,
      tags: [],
      created_at: '2020-01-01T00:00:00Z',
    }),
  };
}

export type Account = ReturnType<typeof createAccount>;

const countOf = (credits: number, kind: number): number =>
  Math.floor((credits - 1 - kind) / FORGED_EVERY) + 1;
