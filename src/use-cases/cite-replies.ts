import type { Audit } from '#domain/audit.ts';
import { pairCount } from '#domain/budget.ts';
import { type CheckerRefusal, mayCheck } from '#domain/checkers.ts';
import { type Credit, statusFieldFor } from '#domain/credit.ts';
import { type ApproveEvent, type DeclineEvent, writeJournal } from '#domain/events.ts';
import { fold, type Ledger } from '#domain/fold.ts';
import type { EventId, TicketId, UserId } from '#domain/ids.ts';
import { isoFromInstant } from '#domain/instant.ts';
import { periodKeyAt } from '#domain/period.ts';
import type { ProblemCode } from '#domain/problem.ts';
import { type CitableReply, type NearMiss, readReplies } from '#domain/replies.ts';
import { requirementUnder } from '#domain/requirement.ts';
import type { Slot } from '#domain/slot.ts';
import { periodOf, type Terms, type TermsHistory, termsInForce } from '#domain/terms.ts';
import { HelpdeskError, nullIfHelpdeskFailed } from '#zendesk/errors.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { noteHtml } from '#zendesk/note-html.ts';
import { colleague } from './colleague.ts';
import { auditsAfter } from './audits-after.ts';
import type { Context, Notes } from './context.ts';
import { noLongerAsked } from './no-longer-asked.ts';
import { stepNote } from './notes.ts';
import { predict } from './predict.ts';
import { slotKeyOf } from './slot-of-credit.ts';
import { endedByTime } from './time-is-over.ts';

/** A reply that was well formed, and whose author may not decide so. */
export interface RefusedReply {
  readonly reply: CitableReply;
  readonly why: ProblemCode | CheckerRefusal;
}

export interface RepliesReading {
  /** The audits with those that cite replies. */
  readonly audits: readonly Audit[];
  readonly ledger: Ledger;
  readonly refused: readonly RefusedReply[];
  readonly nearMisses: readonly NearMiss[];
  /** Replies that count but could not be written down yet: the next client will. */
  readonly pending: readonly CitableReply[];
}

/** A ticket with more unread decisions than this is read in several openings. */
const MOST_CITATIONS = 3;

/**
 * Writes down what colleagues decided by a private reply, before anything else is decided: an
 * `approve` or `decline` that cites the reply's audit and attests the facts about its author as read
 * now. The fold orders it where the citation stands and judges it by the reply.
 */
export async function citeReplies(
  context: Context,
  ticket: TicketId,
  audits: readonly Audit[],
  history: TermsHistory,
): Promise<RepliesReading> {
  let reading: RepliesReading = {
    audits,
    ledger: fold(audits, history, context.clock.now()),
    refused: [],
    nearMisses: [],
    pending: [],
  };
  const { citable, nearMisses } = readReplies(audits, reading.ledger.credits);
  reading = { ...reading, nearMisses };
  if (citable.length === 0) return reading;
  const asked = citable.flatMap(({ by, credit }) => [by, credit.offer.maker]);
  const people = await context.people.get(asked).catch(nullIfHelpdeskFailed);
  const pairs = pairsReader(context);
  let writes = 0;
  for (const reply of citable) {
    if (!people || writes === MOST_CITATIONS) {
      reading = { ...reading, pending: [...reading.pending, reply] };
      continue;
    }
    const before = reading.audits.length;
    reading = await cite(context, ticket, history, reading, reply, people, pairs);
    if (reading.audits.length > before) writes += 1;
  }
  return reading;
}

async function cite(
  context: Context,
  ticket: TicketId,
  history: TermsHistory,
  reading: RepliesReading,
  reply: CitableReply,
  people: ReadonlyMap<UserId, Person>,
  pairsOf: PairsReader,
): Promise<RepliesReading> {
  const refuse = (why: RefusedReply['why']): RepliesReading => ({
    ...reading,
    refused: [...reading.refused, { reply, why }],
  });
  const pending = (from = reading): RepliesReading => ({
    ...from,
    pending: [...from.pending, reply],
  });
  const inForce = termsInForce(history, reply.at);
  if (inForce?.state !== 'good') return pending();
  const { terms } = inForce;
  const author = people.get(reply.by);
  if (!author) return refuse('role-unfit');
  const pairs = await pairsOf(terms, reply).catch(nullIfHelpdeskFailed);
  if (pairs === null) return pending();
  // The pair limit bounds approvals: whoever was asked may always decline.
  const counted = reply.reply.verdict === 'approve' ? pairs : 0;
  const check = mayCheck(colleague(author), reply.credit.offer, terms, counted);
  if (!check.may) return refuse(check.why);
  // What was refused for a while may count later. Once the money was given back it must not.
  const isFreed = await isSlotFreed(context, reply.credit).catch(nullIfHelpdeskFailed);
  if (isFreed === null) return pending();
  if (isFreed) return refuse('too-late');

  const notes = await context.notes();
  const id = context.newId() as EventId;
  let stamp = stampOf(reading.audits);
  for (let tries = 1; ; tries += 1) {
    const credit = reading.ledger.credits.find((each) => each.id === reply.credit.id);
    if (!credit) return reading;
    const event = eventOf(id, reply, credit, terms, author, pairs, inForce.digest);
    const now = context.clock.now();
    const foreseen = predict(reading.audits, history, { event, ticket, me: context.me, now });
    if (foreseen.problem) return refuse(foreseen.problem.code);
    const after = foreseen.ledger.credits.find((each) => each.id === credit.id);
    // A second signature of one person, or what another client cited first: nothing is left to write.
    if (!after || after.timeline.length === credit.timeline.length) return reading;
    try {
      const { audit } = await context.helpdesk.writeStep(ticket, {
        journal: writeJournal([event]),
        noteHtml: noteHtml(noteLines(context, notes, event, after, author, people)),
        follow: [],
        unfollow: after.state.kind === 'open' ? [] : noLongerAsked(credit, foreseen.ledger.credits),
        statusField: statusFieldFor(foreseen.ledger.credits),
        updatedStamp: stamp,
      });
      // Another's write of the same second as the newest audit read may stand before this one.
      const before = { audits: reading.audits, stamp: '', since: 0 };
      const audits = await auditsAfter(context, ticket, before, audit);
      return withAudits(context, history, reading, audits);
    } catch (cause) {
      if (!(cause instanceof HelpdeskError)) throw cause;
      if (tries === MOST_TRIES) return pending();
    }
    // Refused as outdated, or lost: the journal tells which, and the same id counts once.
    const again = await Promise.all([
      context.helpdesk.readAudits(ticket),
      context.helpdesk.readTicket(ticket),
    ]).catch(nullIfHelpdeskFailed);
    if (!again) return pending();
    const [audits, { updatedStamp }] = again;
    reading = withAudits(context, history, reading, audits);
    stamp = updatedStamp;
  }
}

/** Whether somebody's client gave an expired credit's money back: a slot goes forward only. */
async function isSlotFreed({ helpdesk }: Context, credit: Credit): Promise<boolean> {
  if (endedByTime(credit) === null) return false;
  const [slot] = await helpdesk.readSlots([slotKeyOf(credit)]);
  return slot?.fields.credit === credit.id && slot.fields.status === 'void';
}

const MOST_TRIES = 3;

const stampOf = (audits: readonly Audit[]): string => {
  const last = audits.at(-1);
  return last ? isoFromInstant(last.at) : '';
};

const withAudits = (
  { clock }: Context,
  history: TermsHistory,
  reading: RepliesReading,
  audits: readonly Audit[],
): RepliesReading => ({ ...reading, audits, ledger: fold(audits, history, clock.now()) });

const noteLines = (
  context: Context,
  notes: Notes,
  event: ApproveEvent | DeclineEvent,
  after: Credit,
  author: Person,
  people: ReadonlyMap<UserId, Person>,
) => [
  notes.say('note.cited', { name: author.name }),
  ...stepNote(
    context,
    notes,
    event.type === 'approve'
      ? { type: 'approve', as: event.as, overrun: event.overrun }
      : { type: 'decline', reason: event.reason },
    after,
    new Map([...people].map(([id, { name }]) => [id, name])),
  ),
];

type PairsReader = (terms: Terms, reply: CitableReply) => Promise<number>;

/** Reads a maker's slots of a period once, however many replies ask. */
function pairsReader({ helpdesk }: Context): PairsReader {
  const read = new Map<string, Promise<readonly Slot[]>>();
  return async (terms, { at, by, credit }) => {
    const { maker } = credit.offer;
    const period = periodKeyAt(at, periodOf(terms));
    const key = `${period}/${maker}`;
    const slots = read.get(key) ?? helpdesk.readOwnSlots(maker, period);
    read.set(key, slots);
    return pairCount(await slots, by);
  };
}

function eventOf(
  id: EventId,
  { audit, by, reply }: CitableReply,
  credit: Credit,
  terms: Terms,
  author: Person,
  pairs: number,
  digest: string,
): ApproveEvent | DeclineEvent {
  const as = terms.leads.includes(by) ? 'lead' : 'peer';
  const base = {
    id,
    credit: credit.id,
    digest: credit.digest,
    as,
    terms: { number: terms.number, digest },
    cites: { audit },
  } as const;
  return reply.verdict === 'approve'
    ? {
        ...base,
        type: 'approve',
        facts: { role: author.role, pairCount: pairs },
        overrun: requirementUnder(terms, credit).overrun,
      }
    : { ...base, type: 'decline', reason: reply.reason };
}
