import type { Audit, AuditChange, AuditComment } from '#domain/audit.ts';
import type { Credit } from '#domain/credit.ts';
import { type Currency, currency } from '#domain/currencies.ts';
import {
  type ApproveEvent,
  type AskEvent,
  type DeclineEvent,
  type JournalEvent,
  type NamedTerms,
  type RequestEvent,
  type ReverseEvent,
  type WithdrawEvent,
  writeJournal,
} from '#domain/events.ts';
import { fold, type Ledger } from '#domain/fold.ts';
import {
  type AuditId,
  auditId,
  type CreditId,
  creditId,
  type EventId,
  eventId,
  type TicketId,
  ticketId,
  type UserId,
  userId,
} from '#domain/ids.ts';
import { DAY, HOUR, type Instant, instantFromIso, MINUTE, plus } from '#domain/instant.ts';
import { type Minor, minor } from '#domain/money.ts';
import { creditCode, offerDigest } from '#domain/offer.ts';
import { periodKeyAt, type TimeZone, timeZone } from '#domain/period.ts';
import type { ProblemCode } from '#domain/problem.ts';
import {
  canonicalTerms,
  judgeTerms,
  type Terms,
  termsDigest,
  type TermsHistory,
  type TermsRecord,
} from '#domain/terms.ts';

/** A value that a test knows to be there. */
export function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value here');
  return value;
}

export const user = (id: number): UserId => must(userId(id));
export const ticket = (id: number): TicketId => must(ticketId(id));
export const audit = (id: number): AuditId => must(auditId(id));
export const cents = (amount: number): Minor => must(minor(amount));
export const moment = (iso: string): Instant => must(instantFromIso(iso));
export const money = (code: string): Currency => must(currency(code));
export const zone = (name: string): TimeZone => must(timeZone(name));
export const credit = (name: string): CreditId => must(creditId(`credit-${name}`));
export const event = (name: string): EventId => must(eventId(`event-${name}`));

export const ANA = user(11);
export const BEN = user(12);
export const CLEO = user(13);
export const DAN = user(14);
export const LEA = user(21);
export const LEO = user(22);
export const ADA = user(31);
export const CUSTOMER = user(901);
export const OTHER_CUSTOMER = user(902);
export const TICKET = ticket(5001);

/** A Sunday, ten in the morning UTC; the terms of {@link terms} started a week before. */
export const START = moment('2026-11-22T10:00:00Z');

/** Terms with the defaults of the settings, $10 alone, and the leads Lea and Leo. */
export const terms = (different: Partial<Terms> = {}): Terms => ({
  number: 1,
  startsAt: plus(START, -7 * DAY),
  currency: money('USD'),
  timeZone: zone('Etc/UTC'),
  period: 'month',
  limits: { budget: cents(20000), self: cents(1000), cosign: cents(10000), hard: cents(50000) },
  cosigners: 1,
  customerCap: cents(15000),
  customerCapDays: 90,
  expiryHours: 24,
  holdHours: 24,
  pairLimit: 5,
  leads: [LEA, LEO],
  pilot: null,
  tiers: [],
  ...different,
});

/** The record that publishes terms at their start, as an admin writes it. */
export const published = (of: Terms, different: Partial<TermsRecord> = {}): TermsRecord => ({
  number: of.number,
  canonical: canonicalTerms(of),
  digest: termsDigest(of),
  startsAt: of.startsAt,
  createdAt: of.startsAt,
  createdBy: ADA,
  updatedAt: of.startsAt,
  updatedBy: ADA,
  ...different,
});

export const named = (of: Terms): NamedTerms => ({ number: of.number, digest: termsDigest(of) });

/** The history of terms records, of which only Ada's are an admin's. */
export const historyOf = (...records: readonly (Terms | TermsRecord)[]): TermsHistory =>
  judgeTerms(
    records.map((each) => ('canonical' in each ? each : published(each))),
    (id) => id === ADA,
  );

/** What a test may say of one audit, whatever event it carries. */
export interface Circumstances {
  readonly channel?: string;
  /** null: written by Zendesk itself. */
  readonly author?: UserId | null;
  readonly comment?: AuditComment | null;
  readonly changes?: readonly AuditChange[];
  readonly creates?: boolean;
}

type Wish<E extends JournalEvent> = Partial<Omit<E, 'type'>>;

interface RequestWish extends Wish<RequestEvent> {
  /** Minor units; $25.00 unless told. */
  readonly amount?: number;
  readonly note?: string;
  readonly exception?: string;
  readonly customer?: UserId;
  readonly name?: string;
}

/** A request as it was written, and how others name it. */
export interface Requested {
  readonly id: CreditId;
  readonly code: string;
  readonly digest: string;
  readonly maker: UserId;
  readonly event: RequestEvent;
  readonly audit: Audit;
}

/**
 * Writes the audits of one ticket, one a minute from {@link START}, as honest clients would; each step
 * takes what is to be different. Steps are at {@link Journal.now}, which {@link Journal.wait} moves on.
 */
export class Journal {
  readonly audits: Audit[] = [];
  now: Instant = plus(START, -HOUR);
  readonly #terms: Terms;
  readonly #ticket: TicketId;
  #events = 0;
  #credits = 0;

  /** @param under the terms that events name unless told */
  constructor(under: Terms = terms(), { customer = CUSTOMER, on = TICKET } = {}) {
    this.#terms = under;
    this.#ticket = on;
    this.write(customer, [], {
      channel: 'web',
      creates: true,
      changes: [
        { field: 'requester_id', value: customer },
        { field: 'status', value: 'new' },
      ],
    });
    this.now = START;
  }

  wait(ms: number): this {
    this.now = plus(this.now, ms);
    return this;
  }

  /** One audit with these events, exactly now; without events it has no metadata of ours. */
  write(
    author: UserId | null,
    events: readonly JournalEvent[],
    circumstances: Circumstances = {},
  ): Audit {
    return this.writeRaw(
      author,
      events.length === 0 ? undefined : writeJournal(events),
      circumstances,
    );
  }

  writeRaw(author: UserId | null, leeway: unknown, circumstances: Circumstances = {}): Audit {
    const written: Audit = {
      id: audit(7001 + this.audits.length),
      ticket: this.#ticket,
      at: this.now,
      author,
      channel: 'api',
      creates: false,
      leeway,
      comment:
        leeway === undefined ? null : { author, public: false, text: 'What Leeway wrote here.' },
      changes: [],
      ...circumstances,
    };
    this.audits.push(written);
    this.wait(MINUTE);
    return written;
  }

  /** What somebody does to the ticket by other means than the app. */
  change(field: AuditChange['field'], value: string, by: UserId | null = LEA): Audit {
    return this.write(by, [], { changes: [{ field, value }] });
  }

  /** A private note without the app, on the phone unless told. */
  reply(by: UserId, text: string, circumstances: Circumstances = {}): Audit {
    return this.write(by, [], {
      channel: 'mobile',
      comment: { author: by, public: false, text },
      ...circumstances,
    });
  }

  requestEvent(maker: UserId, wish: RequestWish = {}): RequestEvent {
    this.#credits += 1;
    const number = this.#credits;
    const { amount = 2500, note = '', exception = '', customer = CUSTOMER, name, ...rest } = wish;
    const id = credit(name ?? `number-${String(number)}`);
    const slotAt = plus(this.now, -MINUTE);
    const { currency: unit, timeZone: inZone, period: kind, expiryHours } = this.#terms;
    const period = periodKeyAt(slotAt, { kind, timeZone: inZone, currency: unit });
    return {
      type: 'request',
      id: this.#nextEvent(),
      credit: id,
      offer: {
        credit: id,
        ticket: this.#ticket,
        customer,
        maker,
        amount: { minor: cents(amount), currency: unit },
        reason: 'late-delivery',
        note,
        exception,
      },
      terms: named(this.#terms),
      facts: { role: 'agent', tier: null, budgetUsed: cents(0), customerUsed: cents(0) },
      band: 'peer',
      asked: [BEN],
      followed: [BEN],
      slot: { key: { period, maker, number }, createdAt: slotAt },
      expiresInHours: expiryHours,
      ...rest,
    };
  }

  /** A request; its claimed band is `peer` and it asks Ben, unless told. */
  request(maker: UserId, wish: RequestWish = {}, circumstances: Circumstances = {}): Requested {
    return this.send(this.requestEvent(maker, wish), circumstances);
  }

  /** A request whose event was made before. */
  send(written: RequestEvent, circumstances: Circumstances = {}): Requested {
    const digest = offerDigest(written.offer);
    return {
      id: written.credit,
      code: creditCode(digest),
      digest,
      maker: written.offer.maker,
      event: written,
      audit: this.write(written.offer.maker, [written], circumstances),
    };
  }

  ask(
    by: UserId,
    on: Requested,
    wish: Wish<AskEvent> = {},
    circumstances: Circumstances = {},
  ): Audit {
    const asked: AskEvent = {
      type: 'ask',
      id: this.#nextEvent(),
      credit: on.id,
      asked: [],
      followed: [],
      lead: false,
      ...wish,
    };
    return this.write(by, [asked], circumstances);
  }

  approval(on: Requested, wish: Wish<ApproveEvent> = {}): ApproveEvent {
    return {
      type: 'approve',
      id: this.#nextEvent(),
      credit: on.id,
      digest: on.digest,
      as: 'peer',
      terms: named(this.#terms),
      facts: { role: 'agent', pairCount: 0 },
      overrun: cents(0),
      cites: null,
      ...wish,
    };
  }

  approve(
    by: UserId,
    on: Requested,
    wish: Wish<ApproveEvent> = {},
    circumstances: Circumstances = {},
  ): Audit {
    return this.write(by, [this.approval(on, wish)], circumstances);
  }

  approveAsLead(by: UserId, on: Requested, wish: Wish<ApproveEvent> = {}): Audit {
    return this.approve(by, on, { as: 'lead', ...wish });
  }

  refusal(on: Requested, wish: Wish<DeclineEvent> = {}): DeclineEvent {
    return {
      type: 'decline',
      id: this.#nextEvent(),
      credit: on.id,
      digest: on.digest,
      as: 'peer',
      terms: named(this.#terms),
      reason: 'Already refunded by the shop.',
      cites: null,
      ...wish,
    };
  }

  decline(
    by: UserId,
    on: Requested,
    wish: Wish<DeclineEvent> = {},
    circumstances: Circumstances = {},
  ): Audit {
    return this.write(by, [this.refusal(on, wish)], circumstances);
  }

  withdraw(by: UserId, on: Requested, wish: Wish<WithdrawEvent> = {}): Audit {
    return this.write(by, [{ type: 'withdraw', id: this.#nextEvent(), credit: on.id, ...wish }]);
  }

  reverse(by: UserId, on: Requested, wish: Wish<ReverseEvent> = {}): Audit {
    return this.write(by, [
      {
        type: 'reverse',
        id: this.#nextEvent(),
        credit: on.id,
        as: 'maker',
        terms: named(this.#terms),
        reason: 'Given to the wrong customer.',
        ...wish,
      },
    ]);
  }

  /** Folded under the journal's own terms and at its own moment, unless told. */
  fold(history: TermsHistory = historyOf(this.#terms), now: Instant = this.now): Ledger {
    return fold(this.audits, history, now);
  }

  #nextEvent(): EventId {
    this.#events += 1;
    return event(`number-${String(this.#events)}`);
  }
}

/** The one credit of a ticket. */
export function onlyCredit({ credits }: Ledger): Credit {
  const [first, ...others] = credits;
  if (others.length > 0)
    throw new Error(`the test expected one credit, not ${String(credits.length)}`);
  return must(first);
}

/** The codes of what does not count, in order. */
export const problemCodes = ({ problems }: Ledger): readonly ProblemCode[] =>
  problems.map(({ code }) => code);
