import type { Audit } from '#domain/audit.ts';
import type { Credit, Signature } from '#domain/credit.ts';
import { fold } from '#domain/fold.ts';
import type { AuditId, TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Money } from '#domain/money.ts';
import type { MakerFacts } from '#domain/policy.ts';
import type { Problem } from '#domain/problem.ts';
import type { SlotKey } from '#domain/slot-key.ts';
import type { TermsHistory } from '#domain/terms.ts';

/** An approval that counts, and when it was written down: later than it was given where it cites a reply. */
export interface ProvenSignature extends Signature {
  readonly writtenAt: Instant;
}

/**
 * A credit as its ticket proves it, without the texts of people: what settlement keeps on disk holds
 * no word of a customer or an agent.
 */
export interface ProvenCredit extends Pick<
  Credit,
  | 'id'
  | 'code'
  | 'requestedAt'
  | 'requestAudit'
  | 'terms'
  | 'expiresAt'
  | 'band'
  | 'before'
  | 'state'
  | 'toAffirm'
  | 'frozen'
> {
  readonly ticket: TicketId;
  readonly customer: UserId;
  readonly maker: UserId;
  readonly amount: Money;
  /** Key of the reason in the settings. */
  readonly reason: string;
  readonly exception: boolean;
  /** As the maker's client attested them. */
  readonly facts: MakerFacts;
  /** The slot that the request names, and when it says that the slot was made. */
  readonly slot: { readonly key: SlotKey; readonly createdAt: Instant };
  readonly signatures: readonly ProvenSignature[];
}

/** What one ticket proves, by the fold that every screen uses. */
export interface TicketProof {
  readonly ticket: TicketId;
  /** When its audits were asked for, by Zendesk's clock: it proves nothing of what came later. */
  readonly readAt: Instant;
  /** The ticket is deleted, and its journal with it; credits are those that an earlier run had proved. */
  readonly deleted: boolean;
  readonly credits: readonly ProvenCredit[];
  readonly problems: readonly Problem[];
}

/**
 * The first of settlement's two pure functions: one ticket's audits to what they prove. It needs no
 * other ticket, so that any number of machines can share the tickets among them.
 * @param now when the audits were asked for
 */
export function proveTicket(
  ticket: TicketId,
  audits: readonly Audit[],
  history: TermsHistory,
  now: Instant,
): TicketProof {
  const { credits, problems } = fold(audits, history, now);
  const times = new Map(audits.map(({ id, at }) => [id, at]));
  return {
    ticket,
    readAt: now,
    deleted: false,
    credits: credits.map((credit) => provenOf(credit, times)),
    problems,
  };
}

/** Of a ticket that is gone: what an earlier run had proved stays known, and is not paid any more. */
export const deletedTicket = (
  ticket: TicketId,
  now: Instant,
  before: TicketProof | undefined,
): TicketProof => ({
  ticket,
  readAt: now,
  deleted: true,
  credits: before?.credits ?? [],
  problems: before?.problems ?? [],
});

function provenOf(credit: Credit, times: ReadonlyMap<AuditId, Instant>): ProvenCredit {
  const { offer, request } = credit;
  return {
    id: credit.id,
    code: credit.code,
    ticket: offer.ticket,
    customer: offer.customer,
    maker: offer.maker,
    amount: offer.amount,
    reason: offer.reason,
    exception: offer.exception.trim() !== '',
    requestedAt: credit.requestedAt,
    requestAudit: credit.requestAudit,
    terms: credit.terms,
    expiresAt: credit.expiresAt,
    band: credit.band,
    before: credit.before,
    facts: request.facts,
    slot: request.slot,
    signatures: credit.signatures.map((signature) => ({
      ...signature,
      writtenAt: times.get(signature.audit) ?? signature.at,
    })),
    state: credit.state,
    toAffirm: credit.toAffirm,
    frozen: credit.frozen,
  };
}

/** When its money came back to the budget; null: it is spent or reserved. */
export function returnedAt({ state, frozen, expiresAt }: ProvenCredit): Instant | null {
  switch (state.kind) {
    case 'void':
      return state.at;
    case 'reversed':
      return state.late ? null : state.at;
    case 'open':
      // It was folded a while ago, perhaps: what has run out since then is over.
      return frozen ? null : expiresAt;
    case 'posted':
      return null;
  }
}

/** When the customer no longer had it; null: they have it, or wait for it. */
export const takenBackAt = (credit: ProvenCredit): Instant | null =>
  credit.state.kind === 'reversed' ? credit.state.at : returnedAt(credit);

/** Whether something that ended then, if ever, still held at that moment. */
export const heldThen = (ended: Instant | null, at: Instant): boolean =>
  ended === null || ended > at;

/** Audit ids are numbers beyond what a JavaScript number holds; the longer of two is the larger. */
const compareIds = (one: AuditId, other: AuditId): number =>
  one.length - other.length || (one < other ? -1 : Number(one > other));

/** Which of two requests was first. Zendesk numbers audits as it writes them. */
export const byRequest = (one: ProvenCredit, other: ProvenCredit): number =>
  one.requestedAt - other.requestedAt || compareIds(one.requestAudit, other.requestAudit);

/** Which of two credits claimed budget first. */
export const byClaim = (one: ProvenCredit, other: ProvenCredit): number =>
  one.slot.createdAt - other.slot.createdAt ||
  one.slot.key.number - other.slot.key.number ||
  byRequest(one, other);

/** Which of two approvals was written first. */
export const byWriting = (one: ProvenSignature, other: ProvenSignature): number =>
  one.writtenAt - other.writtenAt || compareIds(one.audit, other.audit);
