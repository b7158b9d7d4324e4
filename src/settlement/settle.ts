import type { CreditId, TicketId } from '#domain/ids.ts';
import { type Instant, MINUTE, plus } from '#domain/instant.ts';
import { type Gathering, gather, readHistory, readKnown } from './gather.ts';
import { type Books, judge } from './judge.ts';
import { inOrder, isException } from './line-order.ts';
import type { ReversalLine, SettledCredit, SettledLine } from './settled-credit.ts';
import { slotFacts, type SlotFacts } from './slot-facts.ts';
import type { Source } from './source.ts';
import type { State } from './state-file.ts';
import { deletedTicket, proveTicket, type TicketProof } from './ticket-proof.ts';

/** What a run found. */
export interface Settled {
  /** Everything since then, in order. */
  readonly all: readonly SettledLine[];
  /** What is new, or says something else than the last run's. */
  readonly news: readonly SettledLine[];
}

/** Which credits are listed. */
export interface Listing {
  readonly since: Instant;
  /** Credits posted from then on wait for a later run; null: all. */
  readonly until: Instant | null;
}

export interface Settling extends Gathering {
  readonly listing: Listing;
}

/** Reads, proves and judges. Changes what the state knows, not what it has told or exported: see {@link handedOver}. */
export async function settle(settling: Settling): Promise<Settled> {
  const books: Books = { ...(await gather(settling)), confirmed: settling.confirmed };
  return settledFrom(books, settling.state, settling.listing);
}

function settledFrom(books: Books, state: State, listing: Listing): Settled {
  const { credits, findings } = judge(books);
  const listed = credits.filter((credit) => isListed(credit, listing));
  const all = inOrder([
    ...listed,
    ...findings.filter(({ at }) => at === null || at >= listing.since),
    ...listed.flatMap((credit) => reversalOf(credit, state)),
  ]);
  return { all, news: all.filter((line) => isNews(line, state)) };
}

function isListed(credit: SettledCredit, { since, until }: Listing): boolean {
  const { requestedAt, postedAt, endedAt } = credit;
  if (until !== null && (postedAt ?? requestedAt) >= until) return false;
  return Math.max(requestedAt, postedAt ?? 0, endedAt ?? 0) >= since;
}

/** A reversal of what was handed over is money that goes back. */
function reversalOf(
  credit: SettledCredit,
  { exported }: Pick<State, 'exported'>,
): readonly ReversalLine[] {
  if (credit.ended !== 'reversed' || credit.endedAt === null) return [];
  if (!exported.has(credit.id)) return [];
  const { id, code, ticket, customer, amount, currency, maker, endedAt } = credit;
  return [
    {
      kind: 'reversal',
      id: `${id}.reversal`,
      credit: id,
      code,
      ticket,
      customer,
      amount,
      currency,
      maker,
      reversedAt: endedAt,
    },
  ];
}

const saying = (line: SettledLine): string =>
  line.kind === 'credit'
    ? [
        line.verdict,
        ...line.reasons.map(({ code }) => code),
        ...line.confirmed.map(({ code }) => `+${code}`),
      ].join(' ')
    : line.kind;

function isNews(line: SettledLine, { told, exported, reversed }: State): boolean {
  // Whatever was said in between: what was handed over once is never payable again.
  if (line.kind === 'credit' && line.verdict === 'payable') return !exported.has(line.id);
  if (line.kind === 'reversal') return !reversed.has(line.credit);
  return told.get(line.id) !== saying(line);
}

/** Notes in the state that these lines were handed over. Saved together with the file that holds them. */
export function handedOver(state: State, lines: readonly SettledLine[]): void {
  for (const line of lines) {
    state.told.set(line.id, saying(line));
    if (line.kind === 'credit' && line.verdict === 'payable') state.exported.add(line.id);
    if (line.kind === 'reversal') state.reversed.add(line.credit);
  }
}

/** 0: nothing that anybody has to look at; 1: somebody has to. */
export const exitCodeOf = (lines: readonly SettledLine[]): 0 | 1 =>
  lines.some(isException) ? 1 : 0;

/** More tickets than this behind one ticket's budgets and customer are an error of somebody's, not a sum. */
const MOST_AROUND = 2_000;

/**
 * Settles one ticket: its credits, summed up with those of their makers' periods and of their
 * customers, which slots name. Nothing is kept. For a bell that rang, and for a question.
 * @throws RangeError when more than {@link MOST_AROUND} tickets hang together with it
 */
export async function settleTicket(
  source: Source,
  ticket: TicketId,
  confirmed: ReadonlySet<string> = new Set(),
  exported = new Set<CreditId>(),
): Promise<readonly SettledLine[]> {
  const asOf = source.now();
  const history = await readHistory(source, new Map());
  const proofs = new Map<TicketId, TicketProof>();
  const prove = async (id: TicketId): Promise<TicketProof> => {
    const readAt = source.now();
    const audits = await source.readAudits(id);
    const proof = audits
      ? proveTicket(id, audits, history, readAt)
      : deletedTicket(id, readAt, undefined);
    proofs.set(id, proof);
    return proof;
  };
  const { credits } = await prove(ticket);
  const slots = new Map<string, SlotFacts>();
  const keep = (found: readonly Parameters<typeof slotFacts>[0][]): void => {
    for (const slot of found) slots.set(slot.record, slotFacts(slot));
  };
  const makers = new Set(credits.map(({ maker }) => maker));
  const periods = new Set(credits.map(({ slot }) => slot.key.period));
  for (const maker of makers) {
    for (const period of periods) keep(await source.readOwnSlots(maker, period));
  }
  for (const customer of new Set(credits.map((credit) => credit.customer))) {
    keep(await source.searchSlots(customer));
  }
  const around = new Set([...slots.values()].map((slot) => slot.ticket));
  if (around.size > MOST_AROUND)
    throw new RangeError(`ticket ${ticket} hangs together with too many`);
  for (const id of around) if (!proofs.has(id)) await prove(id);
  const known = [...proofs.values()];
  const settlement = judge({
    // Slots come from the search too, which lags: what is newer may be missing.
    asOf: plus(asOf, -2 * MINUTE),
    proofs: known,
    slots: [...slots.values()],
    people: await readKnown(source, known, history),
    history,
    confirmed,
    exported,
  });
  const listed = settlement.credits.filter((credit) => credit.ticket === ticket);
  return inOrder([
    ...listed,
    ...listed.flatMap((credit) => reversalOf(credit, { exported })),
    ...settlement.findings.filter((finding) => finding.ticket === ticket),
  ]);
}
