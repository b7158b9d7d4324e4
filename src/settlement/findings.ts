import { holdsBudget } from '#domain/budget.ts';
import { SLOT_LIFE } from '#domain/fold-request.ts';
import { type Instant, plus } from '#domain/instant.ts';
import { plainAmount } from '#domain/money.ts';
import type { Problem } from '#domain/problem.ts';
import { rankOf } from './reason.ts';
import type { Finding } from './settled-credit.ts';
import { budgetOfSlot, nameOfSlot, type SlotFacts } from './slot-facts.ts';
import type { ProvenCredit, TicketProof } from './ticket-proof.ts';
import { budgetKey, groupBy } from './true-facts.ts';

interface Seen {
  readonly asOf: Instant;
  readonly proofs: readonly TicketProof[];
  readonly slots: readonly SlotFacts[];
}

/**
 * What is wrong and is no credit: records that no journal names, numbers whose record was deleted,
 * and events that count for nothing.
 * @param ofSlot the credits of all proofs by their slot
 */
export function findings(
  seen: Seen,
  ofSlot: ReadonlyMap<string, readonly ProvenCredit[]>,
): readonly Finding[] {
  return [
    ...slotsWithoutJournal(seen, ofSlot),
    ...deletedNumbers(seen),
    ...seen.proofs.flatMap(({ ticket, problems }) =>
      problems.map((problem, place) => eventFinding(ticket, problem, place)),
    ),
  ].sort((one, other) => rankOf(one.code) - rankOf(other.code) || compare(one.id, other.id));
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

function slotsWithoutJournal(
  { asOf, proofs, slots }: Seen,
  ofSlot: ReadonlyMap<string, readonly ProvenCredit[]>,
): readonly Finding[] {
  const byTicket = new Map(proofs.map((proof) => [proof.ticket, proof]));
  return slots.flatMap((slot): readonly Finding[] => {
    const proof = byTicket.get(slot.ticket);
    // A ticket that was not read, since nothing of it is asked: its slot only fills up the sums.
    if (!proof || ofSlot.has(nameOfSlot(slot)) || !holdsBudget(slot.status)) return [];
    if (proof.deleted) return [slotFinding('ticket-deleted', slot)];
    // Its journal may still come, or was written by a newer Leeway that this one cannot read.
    if (plus(slot.createdAt, SLOT_LIFE) > proof.readAt || slot.createdAt > asOf) return [];
    if (proof.problems.some(({ code }) => code === 'newer-version')) return [];
    return [slotFinding('slot-without-journal', slot)];
  });
}

const slotFinding = (
  code: 'ticket-deleted' | 'slot-without-journal',
  slot: SlotFacts,
): Finding => ({
  kind: 'finding',
  id: `${code}:${slot.record}`,
  code,
  ticket: slot.ticket,
  credit: slot.credit,
  audit: null,
  by: slot.updatedBy,
  at: slot.updatedAt,
  values: {
    slot: nameOfSlot(slot),
    status: slot.status,
    amount: `${plainAmount({ minor: slot.amount, currency: slot.currency })} ${slot.currency}`,
  },
});

/** How many numbers are named: a number skipped by hand can leave out thousands. */
const MOST_NAMED = 10;

/** Numbers without a record, below the highest of a maker's period, that no journal names. */
function deletedNumbers({ proofs, slots }: Seen): readonly Finding[] {
  const journals = groupBy(
    proofs.flatMap(({ credits }) => credits),
    budgetKey,
  );
  return [...groupBy(slots, budgetOfSlot)].flatMap(([budget, records]): readonly Finding[] => {
    const present = new Set([
      ...records.map(({ key }) => key.number),
      ...(journals.get(budget) ?? []).map(({ slot }) => slot.key.number),
    ]);
    const highest = Math.max(...present);
    const missing = highest - present.size;
    if (missing <= 0) return [];
    const named: number[] = [];
    for (let number = 1; named.length < Math.min(missing, MOST_NAMED); number += 1) {
      if (!present.has(number)) named.push(number);
    }
    return [
      {
        kind: 'finding',
        id: `slots-deleted:${budget}:${String(missing)}`,
        code: 'slots-deleted',
        ticket: null,
        credit: null,
        audit: null,
        by: null,
        at: null,
        values: {
          budget,
          count: missing,
          numbers: `${named.join(', ')}${missing > named.length ? ' …' : ''}`,
        },
      },
    ];
  });
}

const eventFinding = (ticket: TicketProof['ticket'], problem: Problem, place: number): Finding => ({
  kind: 'finding',
  id: `event:${ticket}:${problem.audit}:${String(place)}`,
  code: `event-${problem.code}`,
  ticket,
  credit: problem.credit,
  audit: problem.audit,
  by: problem.by,
  at: problem.at,
  values: { event: problem.event ?? 'events', why: problem.reasons.join(', ') },
});
