import type { Audit } from '#domain/audit.ts';
import { nextSlotNumber } from '#domain/budget.ts';
import { type Credit, statusFieldFor } from '#domain/credit.ts';
import { type RequestEvent, writeJournal } from '#domain/events.ts';
import { SLOT_LIFE } from '#domain/fold-request.ts';
import { fold, type Ledger } from '#domain/fold.ts';
import type { CreditId, EventId, TicketId, UserId } from '#domain/ids.ts';
import { HOUR, type Instant, plus } from '#domain/instant.ts';
import type { Money } from '#domain/money.ts';
import { creditCode, type Offer, offerDigest } from '#domain/offer.ts';
import { periodKeyAt } from '#domain/period.ts';
import type { Band, Decision } from '#domain/policy.ts';
import type { ProblemCode } from '#domain/problem.ts';
import type { Slot, SlotFields } from '#domain/slot.ts';
import { formatSlotKey, type SlotKey } from '#domain/slot-key.ts';
import { periodOf, type Terms, type TermsHistory, termsInForce } from '#domain/terms.ts';
import { HelpdeskError, type HelpdeskErrorCode, nullIfHelpdeskFailed } from '#zendesk/errors.ts';
import type { Person, Ticket } from '#zendesk/helpdesk.ts';
import { noteHtml } from '#zendesk/note-html.ts';
import { citeReplies } from './cite-replies.ts';
import { auditsAfter } from './audits-after.ts';
import { claimSlot, freeSlot } from './claim-slot.ts';
import type { Context, Notes } from './context.ts';
import { groupsThatMatter } from './groups-that-matter.ts';
import { decideOffer, type Known, makerFacts } from './maker-facts.ts';
import { requestNote } from './notes.ts';
import { predict } from './predict.ts';
import { slotsAreUnique } from './probe.ts';
import { holdsEvent, notFollowing } from './read-back.ts';
import { readTermsHistory } from './terms-history.ts';
import { slotName } from './slot-of-credit.ts';
import { trustedSlots } from './trusted-slots.ts';
import { type UnfitToBeAsked, unfitToBeAsked } from './unfit-to-be-asked.ts';
import {
  type FormText,
  forgetUnfinished,
  keepUnfinished,
  readUnfinished,
  type Unfinished,
} from './unfinished.ts';
import { isUnfinished } from './unfinished-slot.ts';

/** What the maker sends off. */
export interface Ask {
  readonly ticket: TicketId;
  readonly customer: UserId;
  readonly amount: Money;
  readonly reason: string;
  /** How people of a locale call the reason. */
  readonly reasonLabel: (locale: string) => string;
  readonly note: string;
  readonly exception: string;
  /** Why an amount that is not usual for the reason is right here; it becomes a part of the note. */
  readonly unusual?: string;
  /** A guideline that it goes against asks a lead. */
  readonly leadAdvised?: boolean;
  /** The texts without which it may not be sent: the reason asks for a note, it is an exception. */
  readonly needs?: { readonly note: boolean; readonly exception: boolean };
  /** At most five colleagues; leads only where a lead is needed; nobody in the self band. */
  readonly asked: readonly UserId[];
  /** The band that the button spoke of. */
  readonly seenBand: Band;
  /** As typed, to be offered again. */
  readonly form: FormText;
}

export type RequestRefused =
  | 'light-agent'
  | 'no-agent'
  | 'not-active'
  | 'terms-none'
  | 'terms-frozen'
  | 'closed'
  | 'customer-changed'
  /** The ticket's audits name another customer than the ticket, as after two profiles were merged. */
  | 'customer-unclear'
  | 'unfinished'
  | 'slots-not-unique'
  /** A colleague's reply on this ticket decides something and could not be written down yet. */
  | 'reply-first'
  | 'note-missing'
  | 'exception-missing'
  | ProblemCode
  | UnfitToBeAsked;

export type RequestOutcome =
  | {
      readonly kind: 'done';
      readonly credit: Credit;
      readonly ledger: Ledger;
      readonly audits: readonly Audit[];
      /** Asked people whom Zendesk did not make followers: nobody told them. */
      readonly notNotified: readonly UserId[];
    }
  /** The band is no longer what the button said. Nothing was written: look, and send it again. */
  | { readonly kind: 'changed'; readonly decision: Decision }
  | { readonly kind: 'refused'; readonly why: RequestRefused; readonly decision: Decision | null }
  /** The answer was lost: it may still arrive. A new ask on this ticket waits for it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly code: HelpdeskErrorCode };

const MOST_CLAIMS = 5;
const MOST_WRITES = 4;

/** Asks for a credit, or gives it where the maker may alone: claim the slot, then write the journal. */
export async function requestCredit(context: Context, ask: Ask): Promise<RequestOutcome> {
  const { memory, clock } = context;
  if (ask.needs?.note && ask.note.trim() === '') return refused('note-missing');
  if (ask.needs?.exception && ask.exception.trim() === '') return refused('exception-missing');
  const kept = readUnfinished(memory, ask.ticket);
  if (kept && clock.now() <= plus(kept.claimed ?? kept.since, SLOT_LIFE))
    return refused('unfinished');
  const credit = context.newId() as CreditId;
  const event = context.newId() as EventId;
  try {
    let seen: string | null = null;
    for (let claims = 1; ; claims += 1) {
      const prepared = await prepare(context, ask, { credit, event });
      if (prepared.kind !== 'prepared') return prepared;
      // Another window of the same person may just have asked for the very same.
      if (seen !== null && seen !== prepared.creditsHere) {
        return { kind: 'changed', decision: prepared.decision };
      }
      seen = prepared.creditsHere;
      const { key, fields, name } = prepared;
      const begun: Unfinished = {
        credit,
        event,
        slot: formatSlotKey(key),
        since: clock.now(),
        claimed: null,
        form: ask.form,
      };
      keepUnfinished(memory, ask.ticket, begun);
      const claimed = await claimSlot(context, key, name, fields);
      if (claimed.kind === 'claimed') {
        const { slot } = claimed;
        // Our own clock may have been wrong until this answer.
        keepUnfinished(memory, ask.ticket, { ...begun, claimed: slot.createdAt });
        if (periodKeyAt(slot.createdAt, periodOf(prepared.terms)) === key.period) {
          return await writeRequest(context, ask, prepared, slot);
        }
        // The period turned between our clock and Zendesk's.
        await freeSlot(context, slot, name);
      }
      forgetUnfinished(memory, ask.ticket);
      if (claims === MOST_CLAIMS) return { kind: 'failed', code: 'conflict' };
    }
  } catch (cause) {
    if (!(cause instanceof HelpdeskError)) throw cause;
    if (cause.code === 'outcome-unknown') return { kind: 'unknown' };
    forgetUnfinished(memory, ask.ticket);
    return { kind: 'failed', code: cause.code };
  }
}

const refused = (why: RequestRefused, decision: Decision | null = null) =>
  ({ kind: 'refused', why, decision }) as const;

interface Prepared {
  readonly kind: 'prepared';
  readonly key: SlotKey;
  readonly fields: SlotFields;
  readonly name: string;
  readonly event: Omit<RequestEvent, 'slot'>;
  readonly decision: Decision;
  readonly known: Known;
  readonly terms: Terms;
  readonly history: TermsHistory;
  readonly audits: readonly Audit[];
  /** `clock.elapsed()` before they were read. */
  readonly since: number;
  readonly ticket: Ticket;
  /** Which credits the ticket has, and how they stand. */
  readonly creditsHere: string;
  readonly names: ReadonlyMap<UserId, string>;
  readonly notes: Notes;
}

/** Reads everything fresh and judges it. Writes nothing but, once a session, the uniqueness probe. */
async function prepare(
  context: Context,
  ask: Ask,
  ids: { readonly credit: CreditId; readonly event: EventId },
): Promise<Prepared | RequestOutcome> {
  const { helpdesk, clock, people, me: myself } = context;
  const since = clock.elapsed();
  const [read, ticketAsRead, history, persons, notes] = await Promise.all([
    helpdesk.readAudits(ask.ticket),
    helpdesk.readTicket(ask.ticket),
    readTermsHistory(context),
    people.get([myself, ...ask.asked]),
    context.notes(),
  ]);
  // What colleagues answered before comes first: a decline among it changes who must agree.
  const { audits, ledger, pending } = await citeReplies(context, ask.ticket, read, history);
  if (pending.length > 0) return refused('reply-first');
  const ticket = audits.length > read.length ? await helpdesk.readTicket(ask.ticket) : ticketAsRead;
  const now = clock.now();
  const me = persons.get(myself);
  const unfit = unfitToAsk(me, ledger, ticket, ask);
  if (unfit !== null || !me) return refused(unfit ?? 'no-agent');
  const inForce = termsInForce(history, now);
  if (!inForce) return refused('terms-none');
  if (inForce.state !== 'good') return refused('terms-frozen');
  const { terms } = inForce;

  const period = periodKeyAt(now, periodOf(terms));
  const [ownSlots, customerSlots, groups] = await Promise.all([
    helpdesk
      .readOwnSlots(myself, period)
      .then((slots) => trustedSlots(context, slots, history, new Map([[ask.ticket, ledger]]))),
    helpdesk.searchSlots({ customer: ask.customer, asked: myself }),
    groupsThatMatter(context, terms, myself),
  ]);
  const arriving = (at: Instant | null): boolean =>
    ownSlots.some((slot) => isUnfinished(slot, ledger, ask.ticket, at, ids.credit));
  // A clock that nobody checked may run hours ahead; what is written by the probe sets it right.
  const suspect = arriving(null);
  if (suspect && !clock.checked() && (await helpdesk.probe(myself)) !== 'unique') {
    return refused('slots-not-unique');
  }
  const waiting = suspect && arriving(clock.now());
  if (waiting) return refused('unfinished');

  const known: Known = { me, groups, ownSlots, customerSlots, ledger, terms, now };
  const decision = decideOffer(known, ask);
  const { band } = decision;
  if (band === 'refused') return refused('refused', decision);
  if (band !== ask.seenBand) return { kind: 'changed', decision };
  const asked = band === 'self' ? [] : ask.asked;
  const unfitAsked =
    band === 'self'
      ? null
      : unfitToBeAsked(asked, {
          enough: band === 'lead' ? 1 : terms.cosigners,
          leadsOnly: band === 'lead',
          credit: { maker: myself, customer: ask.customer },
          terms,
          people: persons,
          makerSlots: ownSlots,
        });
  if (unfitAsked) return refused(unfitAsked, decision);
  if (!(await slotsAreUnique(context))) return refused('slots-not-unique');

  const offer: Offer = {
    credit: ids.credit,
    ticket: ask.ticket,
    customer: ask.customer,
    maker: myself,
    amount: ask.amount,
    reason: ask.reason,
    note: noteWith(ask, notes.say),
    exception: ask.exception.trim(),
  };
  const event: Prepared['event'] = {
    type: 'request',
    id: ids.event,
    credit: ids.credit,
    offer,
    terms: { number: inForce.number, digest: inForce.digest },
    facts: makerFacts(known, ask.ticket, ask.customer),
    band,
    asked,
    followed: asked.filter((person) => !ticket.followers.includes(person)),
    expiresInHours: terms.expiryHours,
  };
  return {
    kind: 'prepared',
    key: { period, maker: myself, number: nextSlotNumber(ownSlots) },
    name: slotName(offer, notes.locale),
    fields: {
      credit: ids.credit,
      ticket: ask.ticket,
      maker: myself,
      customer: ask.customer,
      asked,
      signers: [],
      amount: ask.amount.minor,
      currency: ask.amount.currency,
      reason: ask.reason,
      tags: ticket.tags,
      status: band === 'self' ? 'posted' : 'reserved',
      band,
      exception: offer.exception !== '',
      terms: terms.number,
      expiresAt: plus(now, terms.expiryHours * HOUR),
    },
    event,
    decision,
    known,
    terms,
    history,
    audits,
    since,
    ticket,
    creditsHere: ledger.credits.map(({ id, state }) => `${id} ${state.kind}`).join(),
    names: new Map([...persons].map(([id, { name }]) => [id, name])),
    notes,
  };
}

const noteWith = ({ note, unusual = '' }: Ask, say: Notes['say']): string =>
  [note, unusual.trim() && say('note.unusual', { text: unusual.trim() })]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');

function unfitToAsk(
  me: Person | undefined,
  ledger: Ledger,
  ticket: Ticket,
  ask: Ask,
): RequestRefused | null {
  if (!me || me.role === 'end-user') return 'no-agent';
  if (me.role === 'light') return 'light-agent';
  if (!me.active || me.suspended) return 'not-active';
  if (ledger.closed || ticket.status === 'closed') return 'closed';
  if (ticket.requester !== ask.customer) return 'customer-changed';
  // Merging two profiles moves their tickets without an audit: the journal could never prove the new one.
  return ledger.customer === ticket.requester ? null : 'customer-unclear';
}

/** Writes the journal of a claimed slot: one ticket update, read back when its answer is lost. */
async function writeRequest(
  context: Context,
  ask: Ask,
  prepared: Prepared,
  slot: Slot,
): Promise<RequestOutcome> {
  const { helpdesk, clock, memory } = context;
  let event: RequestEvent = {
    ...prepared.event,
    slot: { key: slot.key, createdAt: slot.createdAt },
  };
  const giveUp = async (outcome: RequestOutcome): Promise<RequestOutcome> => {
    await freeSlot(context, slot, prepared.name);
    forgetUnfinished(memory, ask.ticket);
    return outcome;
  };
  let { audits, ticket, since } = prepared;
  for (let tries = 1; ; tries += 1) {
    const { ledger, problem } = predict(audits, prepared.history, {
      event,
      ticket: ask.ticket,
      me: context.me,
      now: clock.now(),
    });
    const foreseen = ledger.credits.find(({ id }) => id === event.credit);
    if (problem) return giveUp(refused(problem.code));
    // Somebody wrote on the ticket meanwhile, and the same credit is now in another band.
    if (foreseen?.band !== event.band || foreseen.frozen) {
      const { band, reasons } = foreseen ?? prepared.decision;
      return giveUp({ kind: 'changed', decision: { ...prepared.decision, band, reasons } });
    }
    try {
      const written = await helpdesk.writeStep(ask.ticket, {
        journal: writeJournal([event]),
        noteHtml: noteHtml(requestNote(context, prepared.notes, noteOf(ask, event, prepared))),
        follow: event.followed,
        unfollow: [],
        statusField: statusFieldFor(ledger.credits),
        updatedStamp: ticket.updatedStamp,
      });
      const notNotified = event.asked.filter((person) => !written.followers.includes(person));
      const before = { audits, stamp: ticket.updatedStamp, since };
      const after = await auditsAfter(context, ask.ticket, before, written.audit);
      return settle(context, ask, prepared, event, after, notNotified);
    } catch (cause) {
      if (!(cause instanceof HelpdeskError)) throw cause;
      // An answer that holds something else than was sent is no proof that nothing was written.
      if (cause.code === 'outcome-unknown' || cause.code === 'malformed-response') {
        return readBack(context, ask, prepared, event);
      }
      if (cause.code !== 'conflict' || tries === MOST_WRITES) {
        return giveUp({ kind: 'failed', code: cause.code });
      }
    }
    since = clock.elapsed();
    try {
      [audits, ticket] = await Promise.all([
        helpdesk.readAudits(ask.ticket),
        helpdesk.readTicket(ask.ticket),
      ]);
    } catch (cause) {
      if (!(cause instanceof HelpdeskError)) throw cause;
      return giveUp({ kind: 'failed', code: cause.code });
    }
    if (ticket.requester !== ask.customer) return giveUp(refused('customer-changed'));
    // What was given on this ticket meanwhile is the customer's too: the fold adds nothing to what is attested.
    const now = clock.now();
    const known = { ...prepared.known, ledger: fold(audits, prepared.history, now), now };
    event = { ...event, facts: makerFacts(known, ask.ticket, ask.customer) };
  }
}

const noteOf = (
  ask: Ask,
  event: RequestEvent,
  { names, notes, terms }: Prepared,
): Parameters<typeof requestNote>[2] => ({
  offer: event.offer,
  code: creditCode(offerDigest(event.offer)),
  band: event.band,
  reasonLabel: ask.reasonLabel(notes.locale),
  asked: event.asked,
  names,
  expiryHours: terms.expiryHours,
});

/** Folds what Zendesk has, and only then says that it is done. */
function settle(
  { clock, memory }: Context,
  ask: Ask,
  { history }: Prepared,
  event: RequestEvent,
  audits: readonly Audit[],
  notNotified: readonly UserId[],
): RequestOutcome {
  const ledger = fold(audits, history, clock.now());
  forgetUnfinished(memory, ask.ticket);
  const credit = ledger.credits.find(({ id }) => id === event.credit);
  if (credit) return { kind: 'done', credit, ledger, audits, notNotified };
  const mine = audits.filter(({ leeway }) => holdsEvent(leeway, event.id)).map(({ id }) => id);
  const problem = ledger.problems.find(({ audit }) => mine.includes(audit));
  return refused(problem?.code ?? 'unreadable');
}

/** After a lost answer: found means done; absent means unknown, since the write may still land. */
async function readBack(
  context: Context,
  ask: Ask,
  prepared: Prepared,
  event: RequestEvent,
): Promise<RequestOutcome> {
  const audits = await context.helpdesk.readAudits(ask.ticket).catch(nullIfHelpdeskFailed);
  const landed = audits?.some(({ leeway }) => holdsEvent(leeway, event.id));
  if (!audits || !landed) return { kind: 'unknown' };
  const notNotified = await notFollowing(context, ask.ticket, event.asked);
  return settle(context, ask, prepared, event, audits, notNotified);
}
