import { currency } from '#domain/currencies.ts';
import type { Credit } from '#domain/credit.ts';
import { type ApproveEvent, type RequestEvent, writeJournal } from '#domain/events.ts';
import { creditId, eventId, ticketId, type TicketId, userId, type UserId } from '#domain/ids.ts';
import { minor } from '#domain/money.ts';
import { offerDigest } from '#domain/offer.ts';
import { periodKeyAt } from '#domain/period.ts';
import type { Slot, SlotFields } from '#domain/slot.ts';
import type { SlotKey } from '#domain/slot-key.ts';
import { periodOf, type TermsEntry, termsInForce } from '#domain/terms.ts';
import { viaOf } from '#simulator/audit-writer.ts';
import type { Clock } from '#simulator/clock.ts';
import { takeId } from '#simulator/ids.ts';
import { makeLightAgent } from '#simulator/people-actions.ts';
import { customers, type CustomerKey } from '#simulator/scenarios/customers.ts';
import { staff, type StaffKey } from '#simulator/scenarios/staff.ts';
import type { SimulatorState } from '#simulator/state.ts';
import { createTicket, removeTicket } from '#simulator/ticket-update.ts';
import { createZendesk } from '#simulator/zendesk.ts';
import type { Context } from '#use-cases/context.ts';
import { requestCredit } from '#use-cases/request-credit.ts';
import { takeStep } from '#use-cases/take-step.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { noteHtml } from '#zendesk/note-html.ts';
import { createSimulatedSession } from './simulated-session.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How many days of its past are played here. */
export const DOUBTFUL_DAYS = 3;

/** What was done by hand, or by accident, in the days before settlement: what it has to find. */
export interface DoubtfulPast {
  /** By what is wrong with them; `good` and `held` are as they should be. */
  readonly credits: Readonly<Record<string, string>>;
}

/**
 * Plays credits over the shop that settlement must not pay, beside some that it must: half of them
 * by the app, half past it, as somebody with a browser's console could. Changes the state in place.
 * @param state of a shop that was opened before {@link DOUBTFUL_DAYS} began: nobody plays behind it
 * @param now ms since 1970; all but one are older than their hold then
 */
export async function playDoubtfulPast(state: SimulatorState, now: number): Promise<DoubtfulPast> {
  const play = new Play(state, now - DOUBTFUL_DAYS * DAY);
  await play.begin();
  const credits: Record<string, string> = {};

  credits['good'] = (await play.give('ana', 'ben', 'marcus', 1500)).id;
  credits['signer-unfit'] = (await play.give('ana', 'maximiliane', 'owen', 2000)).id;
  makeLightAgent(play.inner, staff.maximiliane.id);

  // Two at once for one customer: neither search nor tab could know of the other.
  credits['first-of-crossed'] = (await play.byHand('ben', 'ana', 'imani', 9000)).credit;
  credits['crossed'] = (await play.byHand('ana', 'tomas', 'imani', 9000)).credit;
  play.pass(HOUR);

  const altered = await play.give('tomas', 'ben', 'sofie', 2500);
  await play.patchSlot('tomas', altered, { amount_minor: 1 });
  credits['slot-changed'] = altered.id;

  const deleted = await play.give('sakura', 'priya', 'marcus', 1000);
  await play.deleteSlot('sakura', deleted);
  credits['slot-missing'] = deleted.id;

  const gone = await play.give('tomas', 'ana', 'ruth', 1200);
  play.removeTicket(gone.offer.ticket);
  credits['ticket-deleted'] = gone.id;

  // A second journal on the slot of a credit that was posted before.
  const shared = await play.give('samir', 'lea', 'ruth', 1100);
  credits['slot-shared'] = (
    await play.byHand('samir', 'ben', 'sofie', 1100, shared.request.slot)
  ).credit;

  // Three times "nothing used so far": the third is over the budget of the month.
  credits['under-budget'] = (await play.byHand('priya', 'ben', 'owen', 9000)).credit;
  credits['also-under-budget'] = (await play.byHand('priya', 'tomas', 'ruth', 9000)).credit;
  credits['over-budget'] = (await play.byHand('priya', 'ana', 'sofie', 9000)).credit;

  await play.claimNothing('ben', 'owen', 700);
  await play.signOwn('ben', 'marcus', 900);

  play.goTo(now - 2 * HOUR);
  credits['held'] = (await play.give('ben', 'priya', 'marcus', 800)).id;
  // All of this is long past: search has caught up with it.
  state.search_index = { tickets: {}, records: {} };
  return { credits };
}

class Play {
  readonly #state: SimulatorState;
  #at: number;
  readonly #zendesk;
  readonly #clock: Clock;
  #sessions = 0;
  #ids = 0;
  #entry: (TermsEntry & { readonly terms: NonNullable<TermsEntry['terms']> }) | null = null;

  constructor(state: SimulatorState, at: number) {
    this.#state = state;
    this.#at = at;
    this.#clock = { now: () => this.#at, sleep: () => Promise.resolve() };
    this.#zendesk = createZendesk({ state, clock: this.#clock });
  }

  get inner() {
    return this.#zendesk.world;
  }

  pass(ms: number): void {
    this.#at += ms;
  }

  goTo(at: number): void {
    this.#at = at;
  }

  async begin(): Promise<void> {
    const context = this.#session('ada');
    const history = await readTermsHistory(context);
    const entry = termsInForce(history, context.clock.now());
    if (!entry?.terms) throw new Error('the shop has published no limits');
    this.#entry = { ...entry, terms: entry.terms };
  }

  /** A credit that the app asked for and that a colleague approved in it. */
  async give(
    maker: StaffKey,
    signer: StaffKey,
    customer: CustomerKey,
    cents: number,
  ): Promise<Credit> {
    const ticket = this.#newTicket(customer);
    const outcome = await requestCredit(this.#session(maker), {
      ticket,
      customer: idOf(customers[customer]),
      amount: { minor: minor(cents) ?? never(), currency: currency('USD') ?? never() },
      reason: 'goodwill',
      reasonLabel: () => 'Goodwill',
      note: 'For the trouble.',
      exception: '',
      asked: [idOf(staff[signer])],
      seenBand: 'peer',
      form: { amount: '', reason: 'goodwill', note: '', exception: '' },
    });
    if (outcome.kind !== 'done') throw new Error(`${maker}: ${JSON.stringify(outcome)}`);
    this.pass(5 * MINUTE);
    const { credit } = outcome;
    const done = await takeStep(
      this.#session(signer),
      new Map(),
      { ticket, credit: credit.id, digest: credit.digest },
      { type: 'approve' },
    );
    if (done.kind !== 'done') throw new Error(`${signer}: ${JSON.stringify(done)}`);
    this.pass(20 * MINUTE);
    return done.credit;
  }

  /**
   * Journal and approval written past the app, attesting that nothing was used so far.
   * @param onSlot somebody's slot that is there already; left out: a new one is claimed
   */
  async byHand(
    maker: StaffKey,
    signer: StaffKey,
    customer: CustomerKey,
    cents: number,
    onSlot?: RequestEvent['slot'],
  ): Promise<RequestEvent> {
    const ticket = this.#newTicket(customer);
    const request = await this.#request(maker, ticket, customer, cents, onSlot);
    await this.#write(maker, ticket, request);
    this.pass(MINUTE);
    await this.#write(signer, ticket, this.#approval(request));
    this.pass(2 * MINUTE);
    return request;
  }

  /** Somebody signs their own credit, by hand. */
  async signOwn(maker: StaffKey, customer: CustomerKey, cents: number): Promise<void> {
    const ticket = this.#newTicket(customer);
    const request = await this.#request(maker, ticket, customer, cents);
    await this.#write(maker, ticket, request);
    await this.#write(maker, ticket, this.#approval(request));
    this.pass(HOUR);
  }

  /** A browser that was closed between the slot and the journal. */
  async claimNothing(maker: StaffKey, customer: CustomerKey, cents: number): Promise<void> {
    await this.#request(maker, this.#newTicket(customer), customer, cents);
    this.pass(HOUR);
  }

  async patchSlot(who: StaffKey, credit: Credit, fields: Record<string, unknown>): Promise<void> {
    const { record } = await this.#slotOf(credit);
    await this.#rest(who, 'PATCH', record, {
      custom_object_record: { custom_object_fields: fields },
    });
  }

  async deleteSlot(who: StaffKey, credit: Credit): Promise<void> {
    const { record } = await this.#slotOf(credit);
    await this.#rest(who, 'DELETE', record);
  }

  removeTicket(id: TicketId): void {
    const ticket = this.#state.tickets[id];
    if (!ticket) throw new Error(`the shop has no ticket ${id}`);
    removeTicket(this.inner, ticket, staff.ada.id);
  }

  async #slotOf(credit: Credit): Promise<Slot> {
    const { key } = credit.request.slot;
    const slots = await this.#session('ada').helpdesk.readOwnSlots(key.maker, key.period);
    return slots.find(({ fields }) => fields.credit === credit.id) ?? never();
  }

  #session(who: StaffKey): Context {
    this.#sessions += 1;
    const ids = `doubt-${who}-${String(this.#sessions)}`;
    return createSimulatedSession(this.#zendesk, this.#clock, staff[who].id, ids);
  }

  #newTicket(customer: CustomerKey): TicketId {
    const user = this.#state.users[String(customers[customer].id)];
    if (!user) throw new Error(`the shop has no customer ${customer}`);
    const id = takeId(this.#state);
    createTicket(
      this.inner,
      id,
      user,
      {
        requester_id: user.id,
        subject: 'A word about my order',
        comment: { body: 'It is not as it should be.', public: true },
      },
      { via: viaOf('web') },
    );
    this.pass(3 * MINUTE);
    return ticketId(id) ?? never();
  }

  async #request(
    who: StaffKey,
    ticket: TicketId,
    customer: CustomerKey,
    cents: number,
    onSlot?: RequestEvent['slot'],
  ): Promise<RequestEvent> {
    const maker = idOf(staff[who]);
    const { terms, number, digest } = this.#entry ?? never();
    this.#ids += 1;
    const credit = creditId(`by-hand-${String(this.#ids).padStart(4, '0')}`) ?? never();
    const amount = { minor: minor(cents) ?? never(), currency: terms.currency };
    const from = idOf(customers[customer]);
    const fields: SlotFields = {
      credit,
      ticket,
      maker,
      customer: from,
      asked: [],
      signers: [],
      amount: amount.minor,
      currency: amount.currency,
      reason: 'goodwill',
      tags: [],
      status: 'reserved',
      band: 'peer',
      exception: false,
      terms: number,
      expiresAt: this.#session(who).clock.now(),
    };
    return {
      type: 'request',
      id: eventId(`${credit}-request`) ?? never(),
      credit,
      offer: {
        credit,
        ticket,
        customer: from,
        maker,
        amount,
        reason: 'goodwill',
        note: '',
        exception: '',
      },
      terms: { number, digest: digest ?? never() },
      facts: { role: 'agent', tier: null, budgetUsed: minor(0), customerUsed: minor(0) },
      band: 'peer',
      asked: [],
      followed: [],
      slot: onSlot ? await this.#sameMoment(onSlot) : await this.#claim(who, fields),
      expiresInHours: 24,
    };
  }

  /** The slot's name, and a moment for it that a request may still name. */
  #sameMoment({ key }: RequestEvent['slot']): Promise<RequestEvent['slot']> {
    const createdAt = this.#session('ada').clock.now();
    return Promise.resolve({ key, createdAt });
  }

  async #claim(who: StaffKey, fields: SlotFields): Promise<RequestEvent['slot']> {
    const { helpdesk, clock } = this.#session(who);
    const { terms } = this.#entry ?? never();
    const period = periodKeyAt(clock.now(), periodOf(terms));
    const own = await helpdesk.readOwnSlots(fields.maker, period);
    const number = Math.max(0, ...own.map(({ key }) => key.number)) + 1;
    const key: SlotKey = { period, maker: fields.maker, number };
    const claimed = await helpdesk.claimSlot(key, 'By hand', fields);
    if (claimed.kind !== 'claimed') throw new Error('the number is taken');
    return { key, createdAt: claimed.slot.createdAt };
  }

  #approval({ credit, offer }: RequestEvent): ApproveEvent {
    const { number, digest } = this.#entry ?? never();
    return {
      type: 'approve',
      id: eventId(`${credit}-approve`) ?? never(),
      credit,
      digest: offerDigest(offer),
      as: 'peer',
      terms: { number, digest: digest ?? never() },
      facts: { role: 'agent', pairCount: 0 },
      overrun: minor(0) ?? never(),
      cites: null,
    };
  }

  async #write(who: StaffKey, ticket: TicketId, event: RequestEvent | ApproveEvent): Promise<void> {
    const { helpdesk } = this.#session(who);
    const { updatedStamp } = await helpdesk.readTicket(ticket);
    await helpdesk.writeStep(ticket, {
      journal: writeJournal([event]),
      noteHtml: noteHtml(['Written by hand.']),
      follow: [],
      unfollow: [],
      statusField: 'leeway_posted',
      updatedStamp,
    });
  }

  async #rest(who: StaffKey, method: string, record: string, body?: unknown): Promise<void> {
    const path = `/api/v2/custom_objects/leeway_credit/records/${record}`;
    const response = await this.#zendesk.handle(
      new Request(`https://pedal-and-pine.zendesk.com${path}`, {
        method,
        headers: {
          'x-simulator-user': String(staff[who].id),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  }
}

const idOf = ({ id }: { readonly id: number }): UserId => userId(id) ?? never();

function never(): never {
  throw new Error('unreachable: ids and amounts here are sound');
}
