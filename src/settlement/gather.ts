import { SLOT_PAGE } from '#domain/budget.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import { DAY, type Instant, later, MINUTE, plus, SECOND } from '#domain/instant.ts';
import { digestOf } from '#domain/canonical.ts';
import { periodKeyAt } from '#domain/period.ts';
import { formatSlotKey } from '#domain/slot-key.ts';
import { judgeTerms, periodOf, type TermsHistory } from '#domain/terms.ts';
import type { ExportedTicket } from '#zendesk/exports.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import type { Books } from './judge.ts';
import { ticketsBehindPayments } from './tickets-behind-payments.ts';
import type { People } from './people-reasons.ts';
import type { KnownPerson } from './settled-credit.ts';
import { slotFacts, type SlotFacts } from './slot-facts.ts';
import type { Source } from './source.ts';
import type { Read, State } from './state-file.ts';
import { deletedTicket, proveTicket, type TicketProof } from './ticket-proof.ts';

/** How far a run is, for people who watch it. */
export interface Passed {
  readonly tickets: number;
  readonly audits: number;
  /** Of the changed tickets, from 0 to 1. */
  readonly part: number;
}

export interface Gathering {
  readonly source: Source;
  /** Is brought up to date in place. */
  readonly state: State;
  readonly since: Instant;
  /** Read the audits of every changed ticket, and all slots again. */
  readonly auditAll: boolean;
  /** What an interrupted run had read. */
  readonly before: readonly Read[];
  /** Keeps what is read, for a run that goes on after this one was interrupted. */
  readonly note: (read: Read) => Promise<void>;
  readonly onPassed: (passed: Passed) => void;
  /** Ids of credits that an admin confirmed. */
  readonly confirmed: ReadonlySet<string>;
}

/** Zendesk's exports leave the last minute out: what is older than this has been seen. */
const UNSEEN = 2 * MINUTE;

/** Two machines of Zendesk may stamp a little apart. */
const STAMPS_APART = 10 * SECOND;

/** An export begins at a moment that is over. */
const seenBy = (since: Instant, source: Source): Instant =>
  Math.min(since, plus(source.now(), -UNSEEN)) as Instant;

/** Requests for audits at a time. Zendesk's limit is by the minute: more at once would only wait. */
const AT_ONCE = 6;

/**
 * Reads what is needed to judge the credits since then: the terms, the slots that changed, the
 * changed tickets that are or were Leeway's, and the tickets that their budgets and customers bring
 * along. What the state has already, and nobody changed since, is not read again.
 */
export async function gather(gathering: Gathering): Promise<Omit<Books, 'confirmed'>> {
  const { source, state } = gathering;
  const startedAt = source.now();
  const history = await readHistory(source, state.terms);
  const stamp = stampOf(history);
  const reading = new Reading(gathering, history);
  if (state.termsStamp !== '' && !stamp.startsWith(state.termsStamp)) {
    // An entry of the past was frozen, altered or affirmed: what was folded under it is so no more.
    reading.again = new Set(state.proofs.keys());
  }
  reading.resume();
  await reading.slots(startedAt);
  await reading.statusField();
  await reading.tickets();
  state.termsStamp = stamp;
  await reading.confirmSlots();
  const booked = async (): Promise<Omit<Books, 'confirmed'>> => {
    const proofs = [...state.proofs.values()];
    return {
      asOf: plus(startedAt, -UNSEEN),
      proofs,
      slots: [...state.slots.values()],
      people: await readKnown(source, proofs, history),
      history,
      exported: state.exported,
    };
  };
  const books = await booked();
  const isNewer = await reading.confirmTickets({ ...books, confirmed: gathering.confirmed });
  return isNewer ? booked() : books;
}

/** The terms with a verdict on each, as the sidebar has it. What is good is remembered. */
export async function readHistory(
  source: Source,
  remembered: Map<number, string>,
): Promise<TermsHistory> {
  const records = await source.readTermsRecords();
  const writers = records.map(({ updatedBy }) => updatedBy).filter((id) => id !== null);
  const people = await source.readPeople(writers);
  const history = judgeTerms(
    records,
    (id) => {
      const writer = people.get(id);
      return writer?.role === 'admin' && writer.active && !writer.suspended;
    },
    remembered,
  );
  for (const { state, number, record } of history) {
    if (state === 'good' && record) remembered.set(number, record.canonical);
  }
  return history;
}

/** One text for all that the fold takes from the terms: further terms only make it longer. */
export const stampOf = (history: TermsHistory): string =>
  history
    .map((entry) => {
      const why = entry.state === 'good' ? 'good' : entry.why;
      const { digest, record } = entry;
      return digestOf([why, digest, record?.startsAt, record?.createdAt].join()).slice(0, 16);
    })
    .join(' ');

/** What is known of people, by the ids that the proofs name. */
export async function readKnown(
  source: Source,
  proofs: readonly TicketProof[],
  history: TermsHistory,
): Promise<People> {
  const credits = proofs.flatMap((proof) => proof.credits);
  const ids = new Set<UserId>();
  for (const { maker, signatures } of credits) {
    ids.add(maker);
    for (const { by } of signatures) ids.add(by);
  }
  const people = await source.readPeople(ids);
  const groupTiers = history.some(({ terms }) => terms?.tiers.some(({ group }) => group !== null));
  const tiered = new Set(
    credits.filter(({ facts }) => groupTiers && facts.tier !== null).map(({ maker }) => maker),
  );
  const known = new Map<UserId, KnownPerson>();
  for (const person of people.values()) {
    const groups = tiered.has(person.id) ? await source.readGroupsOf(person.id) : null;
    known.set(person.id, knownOf(person, groups?.map(({ id }) => id) ?? null));
  }
  return known;
}

const knownOf = (person: Person, groups: readonly string[] | null): KnownPerson => ({
  role: person.role,
  active: person.active && !person.suspended,
  tags: person.tags,
  groups,
});

class Reading {
  /** Tickets whose proofs are of no use any more. */
  again: ReadonlySet<TicketId> = new Set();
  /** Tickets that a slot names and whose proof the sums need. */
  #named: ReadonlySet<TicketId> = new Set();
  /** Tickets that a changed slot names, with the time of the change. */
  readonly #moved = new Map<TicketId, Instant>();
  /** Names of slots that this run has read. */
  #seenNow: ReadonlySet<string> = new Set();
  readonly #fieldChanged = new Set<TicketId>();
  readonly #fresh = new Set<TicketId>();
  readonly #gathering: Gathering;
  readonly #history: TermsHistory;
  #passed: Passed = { tickets: 0, audits: 0, part: 0 };

  constructor(gathering: Gathering, history: TermsHistory) {
    this.#gathering = gathering;
    this.#history = history;
  }

  resume(): void {
    const { before, state } = this.#gathering;
    for (const read of before) {
      if ('proof' in read) {
        state.proofs.set(read.proof.ticket, read.proof);
        this.#fresh.add(read.proof.ticket);
      } else if ('fieldCursor' in read) {
        state.fieldCursor = read.fieldCursor;
        for (const ticket of read.tickets) this.#fieldChanged.add(ticket);
      } else state.ticketsCursor = read.ticketsCursor;
    }
  }

  /** Reads the slots that changed since the last run, newest first. */
  async slots(startedAt: Instant): Promise<void> {
    const { source, state, since, auditAll } = this.#gathering;
    const until = auditAll ? null : state.slotsUntil;
    const found = new Map<string, SlotFacts>();
    reading: for await (const page of source.slotsByChange()) {
      for (const slot of page) {
        if (until !== null && slot.updatedAt < until) break reading;
        found.set(slot.record, slotFacts(slot));
      }
    }
    if (until === null) state.slots.clear();
    const keys = new Set([...found.values()].map(({ key }) => formatSlotKey(key)));
    for (const [record, { key }] of state.slots) {
      // Zendesk holds no two records of one name: the older one was deleted.
      if (!found.has(record) && keys.has(formatSlotKey(key))) state.slots.delete(record);
    }
    for (const [record, slot] of found) {
      state.slots.set(record, slot);
      const { ticket, updatedAt } = slot;
      this.#moved.set(ticket, later(updatedAt, this.#moved.get(ticket) ?? updatedAt));
    }
    this.#seenNow = keys;
    // Two machines of Zendesk may stamp a little apart.
    state.slotsUntil = plus(startedAt, -UNSEEN);
    this.#named = namedBySlots([...state.slots.values()], since, this.#history);
  }

  async statusField(): Promise<void> {
    const { source, state, since, note } = this.#gathering;
    const from =
      state.fieldCursor === null ? { since: seenBy(since, source) } : { cursor: state.fieldCursor };
    for await (const page of source.statusFieldChanges(from)) {
      const tickets = page.items.map(({ ticket }) => ticket);
      for (const ticket of tickets) this.#fieldChanged.add(ticket);
      state.fieldCursor = page.cursor;
      await note({ fieldCursor: page.cursor, tickets });
    }
  }

  /** Proves what changed, page by page, and then what the sums need and nobody has proved. */
  async tickets(): Promise<void> {
    const { source, state, since, note } = this.#gathering;
    const from =
      state.ticketsCursor === null
        ? { since: seenBy(since, source) }
        : { cursor: state.ticketsCursor };
    const startedAt = source.now();
    for await (const page of source.changedTickets(from)) {
      const changed = page.items.filter((ticket) => this.#concerns(ticket));
      await inPool(changed, AT_ONCE, (ticket) => this.#proveChanged(ticket));
      const last = page.items.at(-1);
      const part = last ? (last.updatedAt - since) / Math.max(1, startedAt - since) : 1;
      this.#passed = { ...this.#passed, part: Math.min(1, Math.max(0, part)) };
      state.ticketsCursor = page.cursor;
      await note({ ticketsCursor: page.cursor });
    }
    const missing = [...new Set([...this.#named, ...this.#fieldChanged, ...this.again])].filter(
      (ticket) =>
        !this.#fresh.has(ticket) &&
        (this.again.has(ticket) || !state.proofs.has(ticket) || this.#hasMoved(ticket)),
    );
    await inPool(missing, AT_ONCE, (ticket) => this.#prove(ticket));
  }

  /** Whether a slot changed since its ticket was read. */
  #hasMoved(ticket: TicketId): boolean {
    const moved = this.#moved.get(ticket);
    const readAt = this.#gathering.state.proofs.get(ticket)?.readAt;
    return moved !== undefined && readAt !== undefined && readAt <= plus(moved, STAMPS_APART);
  }

  /**
   * Reads those tickets again that decide about money now and were read before `asOf`: an export
   * leaves out a ticket that changed in the last minute, and with it what happened on it before.
   * @returns whether any was read
   */
  async confirmTickets(books: Books): Promise<boolean> {
    const { state } = this.#gathering;
    const stale = [...ticketsBehindPayments(books, state.since)].filter(
      (ticket) => (state.proofs.get(ticket)?.readAt ?? 0) < books.asOf,
    );
    await inPool(stale, AT_ONCE, (ticket) => this.#prove(ticket));
    return stale.length > 0;
  }

  /** Reads the slots again that stand for money now: a deleted record is in no list of changes. */
  async confirmSlots(): Promise<void> {
    const { source, state } = this.#gathering;
    const wanted = new Set<string>();
    for (const { credits } of state.proofs.values()) {
      for (const credit of credits) {
        const posted = credit.state.kind === 'posted' && credit.state.at >= state.since;
        if (!posted || state.exported.has(credit.id)) continue;
        const key = formatSlotKey(credit.slot.key);
        if (!this.#seenNow.has(key)) wanted.add(key);
      }
    }
    const byKey = new Map([...state.slots].map(([id, { key }]) => [formatSlotKey(key), id]));
    for (const keys of inParts([...wanted], SLOT_PAGE)) {
      for (const key of keys) state.slots.delete(byKey.get(key) ?? '');
      for (const slot of await source.readSlots(keys))
        state.slots.set(slot.record, slotFacts(slot));
    }
  }

  #concerns(ticket: ExportedTicket): boolean {
    const { state, auditAll } = this.#gathering;
    return (
      auditAll ||
      ticket.statusField !== null ||
      this.#fieldChanged.has(ticket.id) ||
      this.#named.has(ticket.id) ||
      state.proofs.has(ticket.id)
    );
  }

  async #proveChanged({ id, updatedAt }: ExportedTicket): Promise<void> {
    const known = this.#gathering.state.proofs.get(id);
    const seen = this.#fresh.has(id) && known && known.readAt > plus(updatedAt, UNSEEN);
    if (!seen) await this.#prove(id);
  }

  async #prove(ticket: TicketId): Promise<void> {
    const { source, state, note, onPassed } = this.#gathering;
    const readAt = source.now();
    const audits = await source.readAudits(ticket);
    const proof = audits
      ? proveTicket(ticket, audits, this.#history, readAt)
      : deletedTicket(ticket, readAt, state.proofs.get(ticket));
    this.#fresh.add(ticket);
    this.#passed = {
      ...this.#passed,
      tickets: this.#passed.tickets + 1,
      audits: this.#passed.audits + (audits?.length ?? 0),
    };
    if (this.#keep(proof)) await note({ proof });
    onPassed(this.#passed);
  }

  /** Most tickets that changed have no credit: there is nothing to keep of them. */
  #keep(proof: TicketProof): boolean {
    const { ticket, credits, problems } = proof;
    const { proofs } = this.#gathering.state;
    const matters = credits.length > 0 || problems.length > 0 || this.#named.has(ticket);
    if (matters) proofs.set(ticket, proof);
    else proofs.delete(ticket);
    return matters;
  }
}

/**
 * The tickets that slots name and the sums need: those of the slots that changed since then, and of
 * the same budgets, and of the same customers as far back as the longest cap counts.
 */
function namedBySlots(
  slots: readonly SlotFacts[],
  since: Instant,
  history: TermsHistory,
): ReadonlySet<TicketId> {
  const touched = slots.filter(({ updatedAt }) => updatedAt >= since);
  const makers = new Set(touched.map(({ key }) => key.maker));
  const customers = new Set(touched.map(({ customer }) => customer));
  const periods = new Set<string>(touched.map(({ key }) => key.period));
  let capDays = 0;
  for (const { terms } of history) {
    if (!terms) continue;
    capDays = Math.max(capDays, terms.customerCapDays);
    periods.add(periodKeyAt(since, periodOf(terms)));
  }
  let earliest: number = since;
  for (const { createdAt } of touched) earliest = Math.min(earliest, createdAt);
  const named = slots.filter(
    ({ key, customer, createdAt, updatedAt }) =>
      updatedAt >= since ||
      (makers.has(key.maker) && periods.has(key.period)) ||
      (customers.has(customer) && createdAt >= earliest - capDays * DAY),
  );
  return new Set(named.map(({ ticket }) => ticket));
}

/** Runs `work` for each, so many at a time. The first failure ends it, once those under way have ended. */
async function inPool<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const item = items[next] as T;
      next += 1;
      try {
        await work(item);
      } catch (cause) {
        failed = true;
        throw cause;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
}

function* inParts<T>(items: readonly T[], size: number): Generator<readonly T[], void> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
