import type { Audit } from '#domain/audit.ts';
import { pairCount } from '#domain/budget.ts';
import type { Digest } from '#domain/canonical.ts';
import {
  type Colleague,
  type Situation,
  type StepRefusal,
  stepsFor,
  type Steps,
} from '#domain/checkers.ts';
import { askedNow, type Credit, provenSlotStatus, statusFieldFor } from '#domain/credit.ts';
import { type JournalEvent, type NamedTerms, writeJournal } from '#domain/events.ts';
import { fold, type Ledger } from '#domain/fold.ts';
import type { CreditId, TicketId, UserId } from '#domain/ids.ts';
import { isoFromInstant, plus } from '#domain/instant.ts';
import { periodKeyAt } from '#domain/period.ts';
import type { ProblemCode } from '#domain/problem.ts';
import type { Slot } from '#domain/slot.ts';
import { periodOf, type TermsEntry, type TermsHistory, termsInForce } from '#domain/terms.ts';
import { HelpdeskError, type HelpdeskErrorCode } from '#zendesk/errors.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { noteHtml } from '#zendesk/note-html.ts';
import { auditsAfter } from './audits-after.ts';
import { type BudgetDoubt, budgetDoubts } from './budget-doubts.ts';
import { citeReplies } from './cite-replies.ts';
import { colleague } from './colleague.ts';
import type { Context, Notes } from './context.ts';
import { stepNote } from './notes.ts';
import { predict } from './predict.ts';
import { handedOff, noLongerAsked } from './no-longer-asked.ts';
import { holdsEvent, notFollowing } from './read-back.ts';
import { readTermsHistory } from './terms-history.ts';
import { endedByTime, timeIsOver } from './time-is-over.ts';
import { trustedSlots } from './trusted-slots.ts';
import { type UnfitToBeAsked, unfitToBeAsked } from './unfit-to-be-asked.ts';
import {
  slotFieldsOf,
  slotKeyOf,
  slotName,
  slotOf,
  slotRepair,
  statusOn,
} from './slot-of-credit.ts';

/** What somebody wants to do with a credit. */
export type Step =
  /** `despite`: the co-signer has seen what is doubtful about the maker's budget. */
  | { readonly type: 'approve'; readonly despite?: boolean }
  | { readonly type: 'decline'; readonly reason: string }
  | { readonly type: 'withdraw' }
  | { readonly type: 'ask'; readonly lead: boolean; readonly asked: readonly UserId[] }
  | { readonly type: 'reverse'; readonly reason: string };

export type StepRefused =
  | StepRefusal
  | ProblemCode
  | 'credit-gone'
  | 'reason-missing'
  | UnfitToBeAsked
  /** A colleague's reply decides this credit and could not be written down yet. */
  | 'reply-first';

export type StepOutcome =
  | {
      readonly kind: 'done';
      readonly credit: Credit;
      readonly ledger: Ledger;
      readonly audits: readonly Audit[];
      /** Asked people whom Zendesk did not make followers: nobody told them. */
      readonly notNotified: readonly UserId[];
      /** Whether the slot says so too; if not, the next client to open the ticket moves it. */
      readonly slotMoved: boolean;
    }
  | { readonly kind: 'refused'; readonly why: StepRefused; readonly ledger: Ledger | null }
  /** Nothing was written: the co-signer should see this first, and may then approve despite it. */
  | { readonly kind: 'doubtful'; readonly doubts: readonly BudgetDoubt[]; readonly ledger: Ledger }
  /** The answer was lost and could not be read back: it may or may not have happened. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly code: HelpdeskErrorCode };

/** The credit that the person saw when pressing the button. */
export interface Seen {
  readonly ticket: TicketId;
  readonly credit: CreditId;
  readonly digest: Digest;
}

interface Fresh {
  readonly audits: readonly Audit[];
  readonly history: TermsHistory;
  readonly inForce: TermsEntry | undefined;
  readonly ledger: Ledger;
  readonly makerSlots: readonly Slot[];
  /** The same, proved where their word may be doubted; only for approving. */
  readonly provenSlots: readonly Slot[];
  /** The actor and those who are to be asked. */
  readonly people: ReadonlyMap<UserId, Person>;
  readonly stamp: string;
  readonly customer: UserId | null;
  /** Credits that somebody decided by a reply which could not be written down yet. */
  readonly undecided: ReadonlySet<CreditId>;
}

const MOST_TRIES = 4;

/**
 * One step on a credit: read fresh, fold, check, write once, fold the returned audit, move the slot.
 * A conflict is tried again while credit and verdict are unchanged; a lost answer is read back by the
 * event's id and sent again under it, which the fold counts once.
 * @param names how people are called, for the note
 */
export async function takeStep(
  context: Context,
  names: ReadonlyMap<UserId, string>,
  seen: Seen,
  step: Step,
): Promise<StepOutcome> {
  const id = context.newId() as JournalEvent['id'];
  // Once an answer was lost, no later failure can say that nothing happened.
  let lost = false;
  try {
    for (let tries = 1; ; tries += 1) {
      const since = context.clock.elapsed();
      const fresh = await readFresh(context, seen, step, tries > 1);
      const written = fresh.audits.some(({ leeway }) => holdsEvent(leeway, id));
      if (written) return await finish(context, seen, fresh, fresh.audits, id, null, since);
      const planned = plan(context, await context.notes(), names, seen, step, fresh, id);
      if (planned.kind === 'refused') {
        await repairAfterRefusal(context, fresh, seen, since);
        return planned;
      }
      const doubts = await doubtsBefore(context, step, seen, fresh);
      if (doubts.length > 0) return { kind: 'doubtful', doubts, ledger: fresh.ledger };
      try {
        const answer = await context.helpdesk.writeStep(seen.ticket, planned.write);
        const before = { audits: fresh.audits, stamp: fresh.stamp, since };
        const audits = await auditsAfter(context, seen.ticket, before, answer.audit);
        return await finish(context, seen, fresh, audits, id, answer.followers, since);
      } catch (cause) {
        if (!(cause instanceof HelpdeskError)) throw cause;
        lost ||= mayHaveHappened(cause);
        const mayRetry = cause.code === 'conflict' || mayHaveHappened(cause);
        if (!mayRetry || tries === MOST_TRIES) throw cause;
      }
    }
  } catch (cause) {
    if (!(cause instanceof HelpdeskError)) throw cause;
    return lost ? { kind: 'unknown' } : { kind: 'failed', code: cause.code };
  }
}

/** Lost, or answered with something else than was sent: either way something may stand in the journal. */
const mayHaveHappened = ({ code }: HelpdeskError): boolean =>
  code === 'outcome-unknown' || code === 'malformed-response';

async function readFresh(
  context: Context,
  seen: Seen,
  step: Step,
  askTicket: boolean,
): Promise<Fresh> {
  const { helpdesk, clock } = context;
  const [read, history, ticket, people] = await Promise.all([
    helpdesk.readAudits(seen.ticket),
    readTermsHistory(context),
    askTicket ? helpdesk.readTicket(seen.ticket) : null,
    context.people.get([context.me, ...(step.type === 'ask' ? step.asked : [])]),
  ]);
  // What colleagues answered before comes first: it may have decided this very credit.
  const { audits, ledger, pending } = await citeReplies(context, seen.ticket, read, history);
  const now = clock.now();
  const inForce = termsInForce(history, now);
  const maker = ledger.credits.find(({ id }) => id === seen.credit)?.offer.maker;
  const makerSlots =
    maker && inForce?.terms
      ? await helpdesk.readOwnSlots(maker, periodKeyAt(now, periodOf(inForce.terms)))
      : [];
  const last = audits.at(-1);
  return {
    audits,
    history,
    inForce,
    ledger,
    makerSlots,
    provenSlots:
      step.type === 'approve'
        ? await trustedSlots(context, makerSlots, history, new Map([[seen.ticket, ledger]]))
        : makerSlots,
    people,
    undecided: new Set(pending.map(({ credit }) => credit.id)),
    // By the journal, as the fold judges: merging two profiles changes the ticket without an audit.
    customer: ledger.customer ?? ticket?.requester ?? null,
    // Zendesk changes a ticket's updated_at only with an event, so the newest audit's time is its
    // stamp; where that proves wrong, the conflict makes us read the ticket itself.
    stamp: ticket?.updatedStamp ?? (last ? isoFromInstant(last.at) : ''),
  };
}

async function doubtsBefore(
  context: Context,
  step: Step,
  seen: Seen,
  { ledger, history, makerSlots, provenSlots }: Fresh,
): Promise<readonly BudgetDoubt[]> {
  const credit = ledger.credits.find(({ id }) => id === seen.credit);
  if (step.type !== 'approve' || step.despite || !credit) return [];
  const { period, maker } = credit.request.slot.key;
  if (makerSlots.some(({ key }) => key.period === period)) {
    return budgetDoubts(credit, makerSlots, provenSlots);
  }
  // Asked in one period, approved in the next: the slots of the request's own are read besides.
  const slots = await context.helpdesk.readOwnSlots(maker, period);
  const folded = new Map([[seen.ticket, ledger]]);
  return budgetDoubts(credit, slots, await trustedSlots(context, slots, history, folded));
}

type Planned =
  | { readonly kind: 'refused'; readonly why: StepRefused; readonly ledger: Ledger }
  | {
      readonly kind: 'planned';
      readonly event: JournalEvent;
      readonly write: Parameters<Context['helpdesk']['writeStep']>[1];
    };

function plan(
  context: Context,
  notes: Notes,
  names: ReadonlyMap<UserId, string>,
  seen: Seen,
  step: Step,
  fresh: Fresh,
  id: JournalEvent['id'],
): Planned {
  const { ledger, history, inForce } = fresh;
  const refused = (why: StepRefused): Planned => ({ kind: 'refused', why, ledger });
  const now = context.clock.now();
  const credit = ledger.credits.find((each) => each.id === seen.credit);
  if (!credit) return refused('credit-gone');
  if (credit.digest !== seen.digest) return refused('other-offer');
  if (fresh.undecided.has(credit.id)) return refused('reply-first');
  // The page may have been open since the morning: who one is now counts, not then.
  const person = fresh.people.get(context.me);
  if (!person) return refused('no-agent');
  const actor = colleague(person);

  const situation: Situation = {
    customer: fresh.customer,
    closed: ledger.closed,
    inForce,
    now,
    pairCount: pairCount(fresh.provenSlots, actor.id),
  };
  const steps = stepsFor(credit, actor, situation);
  const may = step.type === 'ask' ? askStep(steps, step.lead) : steps[step.type];
  if (!may.may) return refused(may.why);
  if ((step.type === 'decline' || step.type === 'reverse') && step.reason.trim() === '') {
    return refused('reason-missing');
  }
  const unfitAsked = step.type === 'ask' ? unfitAsk(step, credit, fresh) : null;
  if (unfitAsked) return refused(unfitAsked);

  const event = eventOf(step, credit, id, actor, situation, may);
  if (!event) return refused('terms-none');
  const { ledger: after, problem } = predict(fresh.audits, history, {
    event,
    ticket: seen.ticket,
    me: actor.id,
    now,
  });
  if (problem) return refused(problem.code);
  const afterwards = after.credits.find((each) => each.id === credit.id) ?? credit;
  const decided = afterwards.state.kind !== 'open';
  return {
    kind: 'planned',
    event,
    write: {
      journal: writeJournal([event]),
      noteHtml: noteHtml(
        stepNote(context, notes, noteStep(step, event, credit), afterwards, {
          // Whom the ticket never named before was read just now.
          get: (id) => fresh.people.get(id)?.name ?? names.get(id),
        }),
      ),
      follow: event.type === 'ask' ? event.followed : [],
      unfollow: decided
        ? noLongerAsked(credit, after.credits)
        : event.type === 'ask'
          ? handedOff(credit, afterwards, after.credits)
          : [],
      statusField: statusFieldFor(after.credits),
      updatedStamp: fresh.stamp,
    },
  };
}

/** A lead is asked for the first time, or the credit is handed on: to leads only where one decides. */
function askStep(steps: Steps, lead: boolean): Steps['ask'] | Steps['askLead'] {
  if (lead && steps.askLead.may) return steps.askLead;
  if (!steps.ask.may || steps.ask.lead === lead) return steps.ask;
  return { may: false, why: lead ? 'not-asked' : 'needs-lead' };
}

/** Why the credit cannot be put to these people. */
function unfitAsk(
  { asked, lead }: Extract<Step, { type: 'ask' }>,
  { offer }: Credit,
  { people, inForce, makerSlots }: Fresh,
): StepRefused | null {
  if (!inForce?.terms) return 'terms-none';
  return unfitToBeAsked(asked, {
    enough: 1,
    leadsOnly: lead,
    credit: offer,
    terms: inForce.terms,
    people,
    makerSlots,
  });
}

function noteStep(step: Step, event: JournalEvent, before: Credit): Parameters<typeof stepNote>[2] {
  if (step.type === 'approve' && event.type === 'approve') {
    return { type: 'approve', as: event.as, overrun: event.overrun };
  }
  if (step.type === 'ask') {
    const known = askedNow(before);
    const added = step.asked.filter((person) => !known.includes(person));
    // Who knows of it already is not called again, unless nobody else is.
    return { ...step, asked: added.length > 0 ? added : step.asked };
  }
  return step as Exclude<Step, { type: 'approve' | 'ask' }>;
}

function eventOf(
  step: Step,
  credit: Credit,
  id: JournalEvent['id'],
  actor: Colleague,
  { inForce, pairCount: pairs }: Situation,
  may: Extract<Steps[keyof Steps], { may: true }>,
): JournalEvent | null {
  const base = { id, credit: credit.id };
  const terms: NamedTerms | null = inForce?.digest
    ? { number: inForce.number, digest: inForce.digest }
    : null;
  switch (step.type) {
    case 'withdraw':
      return { ...base, type: 'withdraw' };
    case 'ask':
      return {
        ...base,
        type: 'ask',
        asked: step.asked,
        // Whom an earlier ask handed it on from follows no longer.
        followed: step.asked.filter(
          (person) => !credit.followed.includes(person) || !askedNow(credit).includes(person),
        ),
        lead: step.lead,
      };
    case 'approve': {
      if (!('requirement' in may) || !terms) return null;
      return {
        ...base,
        type: 'approve',
        digest: credit.digest,
        as: may.as,
        terms,
        facts: { role: actor.role, pairCount: pairs },
        overrun: may.requirement.overrun,
        cites: null,
      };
    }
    case 'decline': {
      if (!('as' in may) || may.as === 'maker') return null;
      return {
        ...base,
        type: 'decline',
        digest: credit.digest,
        as: may.as,
        terms: terms ?? credit.terms,
        reason: step.reason.trim(),
        cites: null,
      };
    }
    case 'reverse': {
      if (!('as' in may) || may.as === 'peer') return null;
      return {
        ...base,
        type: 'reverse',
        as: may.as,
        terms: terms ?? credit.terms,
        reason: step.reason.trim(),
      };
    }
  }
}

/** Folds what Zendesk returned, and only then says what happened; then moves the slot. */
async function finish(
  context: Context,
  seen: Seen,
  fresh: Fresh,
  audits: readonly Audit[],
  event: JournalEvent['id'],
  followers: readonly UserId[] | null,
  since: number,
): Promise<StepOutcome> {
  const ledger = fold(audits, fresh.history, context.clock.now());
  const credit = ledger.credits.find(({ id }) => id === seen.credit);
  if (!credit) return { kind: 'refused', why: 'credit-gone', ledger };
  // Sent twice after a lost answer, it may stand in two audits; one of them counts, or none.
  const mine = audits.filter(({ leeway }) => holdsEvent(leeway, event)).map(({ id }) => id);
  const counted = credit.timeline.find(({ audit }) => mine.includes(audit));
  if (!counted) {
    const problem = ledger.problems.find(({ audit }) => mine.includes(audit));
    return { kind: 'refused', why: problem?.code ?? 'too-late', ledger };
  }
  const notNotified = await notFollowing(context, seen.ticket, counted.asked, followers);
  const slotMoved = await moveSlotOf(context, credit, fresh.makerSlots, since);
  return { kind: 'done', credit, ledger, audits, notNotified, slotMoved };
}

/** Brings the slot to what the journal proves. A failure is no loss: whoever opens the ticket next repairs it. */
async function moveSlotOf(
  context: Context,
  credit: Credit,
  known: readonly Slot[],
  since: number,
): Promise<boolean> {
  const { helpdesk, clock } = context;
  try {
    const slot = slotOf(known, credit) ?? (await helpdesk.readSlots([slotKeyOf(credit)])).at(0);
    if (!slot) return false;
    const proven = slotFieldsOf(credit, slot.fields.tags);
    const status = statusOn(slot, credit);
    if (!proven || !status) return true;
    const fields = { ...proven, status };
    const same =
      slot.fields.status === fields.status &&
      slot.fields.asked.join() === fields.asked.join() &&
      slot.fields.signers.join() === fields.signers.join();
    if (same) return true;
    const forward = slot.fields.status === fields.status || slotRepair(slot, credit) !== null;
    if (!forward) return false;
    const name = slotName(credit.offer, (await context.notes()).locale);
    const end = endedByTime(credit);
    const readAt = plus(clock.now(), since - clock.elapsed());
    if (end !== null && !(await timeIsOver(context, end, readAt, slot, name))) return false;
    await helpdesk.moveSlot(slot.record, fields, name);
    return true;
  } catch (cause) {
    if (cause instanceof HelpdeskError) return false;
    throw cause;
  }
}

/** A refusal may be the first to see that a credit expired or was resolved: its slot then moves on. */
async function repairAfterRefusal(
  context: Context,
  fresh: Fresh,
  seen: Seen,
  since: number,
): Promise<void> {
  const credit = fresh.ledger.credits.find(({ id }) => id === seen.credit);
  // Decided by a reply that is not written down yet: it may still be posted.
  if (!credit || fresh.undecided.has(credit.id)) return;
  if (provenSlotStatus(credit) !== 'reserved') {
    await moveSlotOf(context, credit, fresh.makerSlots, since);
  }
}
