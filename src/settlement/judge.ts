import type { CreditId, UserId } from '#domain/ids.ts';
import { SLOT_LIFE } from '#domain/fold-request.ts';
import { type Instant, later, MINUTE, plus } from '#domain/instant.ts';
import type { TermsHistory } from '#domain/terms.ts';
import { holdsBudget } from '#domain/budget.ts';
import { findings } from './findings.ts';
import { limitReasons, requestTerms } from './limit-reasons.ts';
import { peopleReasons, type People, signersOf } from './people-reasons.ts';
import { mayBeConfirmed, rankOf, type Reason, reason } from './reason.ts';
import type { Finding, SettledCredit, Verdict } from './settled-credit.ts';
import { budgetOfSlot, byAge, nameOfSlot, type SlotFacts } from './slot-facts.ts';
import { slotReasons } from './slot-reasons.ts';
import { byRequest, type ProvenCredit, type TicketProof } from './ticket-proof.ts';
import { budgetKey, groupBy, type LostSlot, slotName } from './true-facts.ts';

/** Everything that is known when the credits of some periods are judged together. */
export interface Books {
  /**
   * When reading began, by Zendesk's clock. What was written later may have been seen in part only,
   * so that nothing which it could change is payable yet.
   */
  readonly asOf: Instant;
  readonly proofs: readonly TicketProof[];
  readonly slots: readonly SlotFacts[];
  readonly people: People;
  readonly history: TermsHistory;
  /** Credits that an admin confirmed. */
  readonly confirmed: ReadonlySet<string>;
  /** Credits whose payment was caused before. */
  readonly exported: ReadonlySet<CreditId>;
}

export interface Settlement {
  /** In the order of their requests. */
  readonly credits: readonly SettledCredit[];
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/**
 * A slot that was claimed before another may get its journal ten minutes later. A credit is judged
 * for good when nothing that came before it can still appear: then it is the same in every later run.
 */
const SETTLING = SLOT_LIFE + 5 * MINUTE;

/**
 * The second of settlement's two pure functions: all proofs together to a verdict on each credit. Its
 * sums are by budget (period and maker), by customer, by maker, by slot and by credit id: the same
 * groups that any engine with a group-by can make.
 */
export function judge(books: Books): Settlement {
  const credits = books.proofs.flatMap((proof) =>
    proof.credits.map((credit): Listed => ({ credit, deleted: proof.deleted })),
  );
  credits.sort((one, other) => byRequest(one.credit, other.credit));
  const all = credits.map(({ credit }) => credit);
  const sums: Sums = {
    ofPeriod: groupBy(all, budgetKey),
    ofCustomer: groupBy(all, ({ customer }) => customer),
    ofMaker: groupBy(all, ({ maker }) => maker),
    ofSlot: groupBy(all, slotName),
    ofId: groupBy(all, ({ id }) => id),
    slots: groupBy([...books.slots].sort(byAge), nameOfSlot),
    lost: lostSlots(books),
  };
  return {
    credits: credits.map((one) => settle(one, books, sums)),
    findings: findings(books, sums.ofSlot),
  };
}

interface Listed {
  readonly credit: ProvenCredit;
  readonly deleted: boolean;
}

type Grouped<K> = ReadonlyMap<K, readonly ProvenCredit[]>;

interface Sums {
  readonly ofPeriod: Grouped<string>;
  readonly ofCustomer: Grouped<UserId>;
  readonly ofMaker: Grouped<UserId>;
  readonly ofSlot: Grouped<string>;
  readonly ofId: Grouped<CreditId>;
  readonly slots: ReadonlyMap<string, readonly SlotFacts[]>;
  readonly lost: ReadonlyMap<string, readonly LostSlot[]>;
}

/** Slots of deleted tickets that no earlier run had proved: they hold budget until their period ends. */
function lostSlots({ proofs, slots }: Books): ReadonlyMap<string, readonly LostSlot[]> {
  const gone = new Set(proofs.filter(({ deleted }) => deleted).map(({ ticket }) => ticket));
  const known = new Set(proofs.flatMap(({ credits }) => credits.map(slotName)));
  return groupBy(
    slots.filter(
      (slot) => gone.has(slot.ticket) && holdsBudget(slot.status) && !known.has(nameOfSlot(slot)),
    ),
    budgetOfSlot,
  );
}

function settle({ credit, deleted }: Listed, books: Books, sums: Sums): SettledCredit {
  const { state } = credit;
  const over = lifeOver(credit, books.asOf);
  const postedAt =
    state.kind === 'posted' ? state.at : state.kind === 'reversed' ? state.postedAt : null;
  const judged = over ? { reasons: [], remarks: [] } : judgeCredit(credit, deleted, books, sums);
  const { reasons, confirmed } = confirmedApart(credit, judged.reasons, books.confirmed);
  const doubted =
    reasons.length > 0 && books.exported.has(credit.id)
      ? [reason('paid-in-doubt'), ...reasons]
      : reasons;
  const holdUntil =
    state.kind === 'posted' ? later(state.holdUntil, plus(credit.slot.createdAt, SETTLING)) : null;
  return {
    kind: 'credit',
    id: credit.id,
    code: credit.code,
    ticket: credit.ticket,
    customer: credit.customer,
    amount: credit.amount.minor,
    currency: credit.amount.currency,
    maker: credit.maker,
    signers: signersOf(credit, books.people),
    terms: credit.terms.number,
    requestedAt: credit.requestedAt,
    postedAt,
    holdUntil,
    endedAt: over?.at ?? null,
    ended: over?.why ?? null,
    verdict: verdictOn(holdUntil, over !== null, doubted, books.asOf),
    reasons: doubted,
    confirmed,
    remarks: judged.remarks,
  };
}

function lifeOver(
  { state, frozen, expiresAt }: ProvenCredit,
  asOf: Instant,
): { readonly why: NonNullable<SettledCredit['ended']>; readonly at: Instant } | null {
  if (state.kind === 'void') return { why: state.why, at: state.at };
  if (state.kind === 'reversed') return { why: 'reversed', at: state.at };
  // Its ticket was folded a while ago, perhaps.
  const expired = state.kind === 'open' && !frozen && expiresAt <= asOf;
  return expired ? { why: 'expired', at: expiresAt } : null;
}

function verdictOn(
  holdUntil: Instant | null,
  over: boolean,
  reasons: readonly Reason[],
  asOf: Instant,
): Verdict {
  if (over) return 'ended';
  if (reasons.length > 0) return 'not-payable';
  if (holdUntil === null) return 'waiting';
  return holdUntil <= asOf ? 'payable' : 'held';
}

/** What is against paying a credit that waits or is posted. */
function judgeCredit(credit: ProvenCredit, deleted: boolean, books: Books, sums: Sums) {
  const { history, people } = books;
  const reasons: Reason[] = [];
  if (credit.frozen === 'newer-version') reasons.push(reason('newer-version'));
  else if (credit.toAffirm) reasons.push(reason('terms-to-affirm', { terms: credit.terms.number }));
  if (credit.state.kind !== 'posted') return { reasons, remarks: [] };

  if (deleted) reasons.push(reason('ticket-deleted', { ticket: credit.ticket }));
  const [firstOfId] = sums.ofId.get(credit.id) ?? [];
  if (firstOfId && firstOfId !== credit) {
    reasons.push(reason('credit-repeated', { ticket: firstOfId.ticket }));
  }
  const slot = slotName(credit);
  const [firstOnSlot] = sums.ofSlot.get(slot) ?? [];
  if (firstOnSlot && firstOnSlot !== credit) {
    reasons.push(
      reason('slot-shared', { slot, first: firstOnSlot.code, ticket: firstOnSlot.ticket }),
    );
  }
  const terms = requestTerms(credit, history);
  // On a shared slot the record is the first one's: that it differs from the second says nothing new.
  if (firstOnSlot === credit) {
    reasons.push(...slotReasons(credit, sums.slots.get(slot) ?? [], terms));
  }
  const limits = limitReasons(
    credit,
    {
      ofPeriod: sums.ofPeriod.get(budgetKey(credit)) ?? [],
      lost: sums.lost.get(budgetKey(credit)) ?? [],
      ofCustomer: sums.ofCustomer.get(credit.customer) ?? [],
      ofMaker: sums.ofMaker.get(credit.maker) ?? [],
    },
    history,
  );
  reasons.push(...limits.reasons, ...peopleReasons(credit, people, terms));
  reasons.sort((one, other) => rankOf(one.code) - rankOf(other.code));
  return { reasons, remarks: limits.remarks };
}

/** An admin's word makes up for all that it may, or for nothing: with one other reason left it stays unpaid. */
function confirmedApart(
  { id }: ProvenCredit,
  reasons: readonly Reason[],
  confirmed: ReadonlySet<string>,
): { readonly reasons: readonly Reason[]; readonly confirmed: readonly Reason[] } {
  if (!confirmed.has(id)) return { reasons, confirmed: [] };
  return {
    reasons: reasons.filter((one) => !mayBeConfirmed(one)),
    confirmed: reasons.filter(mayBeConfirmed),
  };
}
