import type { Audit } from '#domain/audit.ts';
import { pairCount } from '#domain/budget.ts';
import { type CheckerRefusal, mayCheck } from '#domain/checkers.ts';
import { type Credit, statusFieldFor } from '#domain/credit.ts';
import { type ApproveEvent, type DeclineEvent, writeJournal } from '#domain/events.ts';
import { fold, type Ledger } from '#domain/fold.ts';
import type { EventId, TicketId } from '#domain/ids.ts';
import { isoFromInstant } from '#domain/instant.ts';
import { periodKeyAt } from '#domain/period.ts';
import type { ProblemCode } from '#domain/problem.ts';
import { type CitableReply, type NearMiss, readReplies } from '#domain/replies.ts';
import { requirementUnder } from '#domain/requirement.ts';
import { type Terms, type TermsHistory, termsInForce } from '#domain/terms.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { noteHtml } from '#zendesk/note-html.ts';
import { colleague } from './colleague.ts';
import type { Context } from './context.ts';
import { stepNote } from './notes.ts';
import { predict } from './predict.ts';

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
  const { clock } = context;
  let reading: RepliesReading = {
    audits,
    ledger: fold(audits, history, clock.now()),
    refused: [],
    nearMisses: [],
    pending: [],
  };
  const { citable, nearMisses } = readReplies(audits, reading.ledger.credits);
  reading = { ...reading, nearMisses };
  if (citable.length === 0) return reading;
  const people = await context.people.get(citable.map(({ by }) => by)).catch(ifHelpdesk);
  for (const [index, reply] of citable.entries()) {
    const author = people?.get(reply.by);
    if (!people || index >= MOST_CITATIONS) {
      reading = { ...reading, pending: [...reading.pending, reply] };
      continue;
    }
    reading = await cite(context, ticket, history, reading, reply, author);
  }
  return reading;
}

async function cite(
  context: Context,
  ticket: TicketId,
  history: TermsHistory,
  reading: RepliesReading,
  reply: CitableReply,
  author: Person | undefined,
): Promise<RepliesReading> {
  const refuse = (why: RefusedReply['why']): RepliesReading => ({
    ...reading,
    refused: [...reading.refused, { reply, why }],
  });
  const pending = (): RepliesReading => ({ ...reading, pending: [...reading.pending, reply] });
  const inForce = termsInForce(history, reply.at);
  if (inForce?.state !== 'good') return pending();
  const { terms } = inForce;
  const credit = reading.ledger.credits.find(({ id }) => id === reply.credit.id);
  if (!credit || !author) return refuse('role-unfit');
  const pairs = await pairsOf(context, terms, credit, reply).catch(ifHelpdesk);
  if (pairs === null) return pending();
  const check = mayCheck(colleague(author), credit.offer, terms, pairs);
  if (!check.may) return refuse(check.why);

  const event = eventOf(context, reply, credit, terms, author, pairs, inForce.digest);
  const now = context.clock.now();
  const foreseen = predict(reading.audits, history, { event, ticket, me: context.me, now });
  if (foreseen.problem) return refuse(foreseen.problem.code);
  const after = foreseen.ledger.credits.find(({ id }) => id === credit.id);
  // A second signature of one person and the like: it counts for nothing and needs no word.
  if (!after || after.timeline.length === credit.timeline.length) return reading;
  const last = reading.audits.at(-1);
  const names = new Map([[author.id, author.name]]);
  try {
    const written = await context.helpdesk.writeStep(ticket, {
      journal: writeJournal([event]),
      noteHtml: noteHtml([
        context.sayInNotes('note.cited', { name: author.name }),
        ...stepNote(
          context,
          event.type === 'approve'
            ? { type: 'approve', as: event.as, overrun: event.overrun }
            : { type: 'decline', reason: event.reason },
          after,
          names,
        ),
      ]),
      follow: [],
      unfollow: after.state.kind === 'open' ? [] : credit.followed,
      statusField: statusFieldFor(foreseen.ledger.credits),
      updatedStamp: last ? isoFromInstant(last.at) : '',
    });
    const audits = [...reading.audits, written.audit];
    return { ...reading, audits, ledger: fold(audits, history, context.clock.now()) };
  } catch (cause) {
    // Another client may have cited it first, or the answer was lost: the journal will tell.
    if (cause instanceof HelpdeskError) return pending();
    throw cause;
  }
}

async function pairsOf(
  { helpdesk }: Context,
  terms: Terms,
  credit: Credit,
  reply: CitableReply,
): Promise<number> {
  const period = periodKeyAt(reply.at, {
    kind: terms.period,
    timeZone: terms.timeZone,
    currency: terms.currency,
  });
  return pairCount(await helpdesk.readOwnSlots(credit.offer.maker, period), reply.by);
}

function eventOf(
  context: Context,
  { audit, by, reply }: CitableReply,
  credit: Credit,
  terms: Terms,
  author: Person,
  pairs: number,
  digest: string,
): ApproveEvent | DeclineEvent {
  const as = terms.leads.includes(by) ? 'lead' : 'peer';
  const base = {
    id: context.newId() as EventId,
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

function ifHelpdesk(cause: unknown): null {
  if (cause instanceof HelpdeskError) return null;
  throw cause;
}
