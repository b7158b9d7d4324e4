import { fold } from '#domain/fold.ts';
import type { TicketId } from '#domain/ids.ts';
import { periodKeyAt } from '#domain/period.ts';
import type { Slot } from '#domain/slot.ts';
import { periodOf, termsInForce } from '#domain/terms.ts';
import { citeReplies } from '#use-cases/cite-replies.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { repairSlots } from '#use-cases/repair-slots.ts';
import { unfinishedAsk } from '#use-cases/unfinished-ask.ts';
import { forgetUnfinished, readUnfinished } from '#use-cases/unfinished.ts';
import type { Context } from '#use-cases/context.ts';
import type { Tab } from '../browser.ts';
import type { Told } from '../checker/told.ts';
import { begin, type World } from '../world.ts';
import { lifeShown } from './shown.ts';

/** What an open ticket shows, in plain data. */
export interface Shown {
  readonly credits: readonly {
    readonly id: string;
    readonly life: string;
    readonly band: string;
    readonly needed: number;
    readonly signers: readonly string[];
    readonly expires: number;
    readonly code: string;
  }[];
  readonly problems: readonly { readonly audit: number; readonly credit: string | null }[];
  readonly differences: readonly { readonly credit: string; readonly why: string }[];
  readonly moved: number;
  /** Credits with a reply that counts and could not be written down, which is shown. */
  readonly pending: readonly string[];
  readonly cited: number;
  readonly unfinished: 'waiting' | 'arrived' | 'lost' | null;
  /** The credit that this browser kept of an ask whose end it was not told. */
  readonly unfinishedAsk: string | null;
}

const newest = (slots: readonly Slot[]): readonly Slot[] => [
  ...new Map(
    slots
      .toSorted((one, other) => one.updatedAt - other.updatedAt)
      .map((slot) => [slot.record, slot]),
  ).values(),
];

/** Opening a ticket as the sidebar does: read, cite, fold, repair, and tell of an ask left unfinished. */
export async function openTicket(context: Context, ticketId: number): Promise<Shown> {
  const ticket = String(ticketId) as TicketId;
  const { helpdesk, memory, me, clock } = context;
  const readAt = clock.now();
  const [audits, read, history] = await Promise.all([
    helpdesk.readAudits(ticket),
    helpdesk.readTicket(ticket),
    readTermsHistory(context),
  ]);
  const reading = await citeReplies(context, ticket, audits, history);
  const inForce = termsInForce(history, clock.now());
  const [own, found] = await Promise.all([
    inForce?.terms
      ? helpdesk.readOwnSlots(me, periodKeyAt(clock.now(), periodOf(inForce.terms)))
      : [],
    helpdesk.searchSlots({ customer: read.requester, asked: me }),
  ]);
  const repair = await repairSlots(
    context,
    ticket,
    reading.ledger,
    newest([...found, ...own]),
    readAt,
    new Set(reading.pending.map(({ credit }) => credit.id)),
  );
  const ledger = fold(reading.audits, history, clock.now());
  const kept = readUnfinished(memory, ticket);
  const unfinished = unfinishedAsk(
    context,
    ticket,
    { ledger, readAt, ownSlots: own, voided: repair.moved },
    (minor) => String(minor),
  );
  if (unfinished && unfinished.kind !== 'waiting') forgetUnfinished(memory, ticket);
  return {
    credits: ledger.credits.map((credit) => ({
      id: credit.id,
      life: lifeShown(credit),
      band: credit.band,
      needed: credit.needed,
      signers: credit.signatures.map(({ by, as }) => `${by} ${as}`),
      expires: credit.expiresAt,
      code: credit.code,
    })),
    problems: ledger.problems.map(({ audit, credit }) => ({ audit: Number(audit), credit })),
    differences: repair.differences.map(({ credit, why }) => ({ credit: credit.id, why })),
    moved: repair.moved.length,
    pending: reading.pending.map(({ credit }) => credit.id),
    cited: reading.audits.length - audits.length,
    unfinished: unfinished?.kind ?? null,
    unfinishedAsk: kept?.credit ?? null,
  };
}

export const beginOpen = (world: World, tab: Tab, ticket: number): Told =>
  begin(
    world,
    tab,
    'open',
    { ticket: String(ticket), credit: null },
    () => openTicket(tab.context, ticket),
    ({ unfinished, unfinishedAsk: credit }) => ({
      kind: 'done',
      ...(unfinished ? { shows: unfinished } : {}),
      ...(credit === null ? {} : { credit }),
    }),
  );
