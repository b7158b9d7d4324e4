import type { LogEntry } from '#simulator/request-log.ts';
import type { SimulatorState } from '#simulator/state.ts';

/** One update of a ticket that carried a journal, as the simulator's log has it. */
export interface JournalWrite {
  readonly entry: LogEntry;
  readonly ticket: string;
  readonly events: readonly JournalWriteEvent[];
  readonly stamp: string | null;
}

export interface JournalWriteEvent {
  readonly type: string;
  readonly id: string;
  readonly credit: string;
  readonly as?: string;
  readonly cites?: { readonly audit: string };
  readonly slot?: { readonly key: string };
  readonly asked?: readonly string[];
}

export interface SlotClaim {
  readonly entry: LogEntry;
  readonly key: string;
  readonly credit: string;
  readonly amount: number;
}

/** What the simulator's log says about who wrote what, by the app or by hand. */
export interface Evidence {
  readonly writes: readonly JournalWrite[];
  readonly claims: readonly SlotClaim[];
  /** Ids of events that the app sent. */
  readonly byApp: ReadonlySet<string>;
  /** Ids of records, and external ids, that somebody wrote past the app. */
  readonly tampered: ReadonlySet<string>;
}

interface TicketBody {
  ticket?: { metadata?: { leeway?: string }; updated_stamp?: string };
}

interface RecordBody {
  custom_object_record?: {
    external_id?: string;
    custom_object_fields?: { credit_id?: string; amount_minor?: number };
  };
}

const TICKET = /^\/api\/v2\/tickets\/(\d+)$/;
const SLOTS = '/api/v2/custom_objects/leeway_credit/records';

function eventsOf(journal: string): readonly JournalWriteEvent[] {
  try {
    const { events } = JSON.parse(journal) as { events?: JournalWriteEvent[] };
    return Array.isArray(events) ? events : [];
  } catch {
    return [];
  }
}

/**
 * Reads the log as it grows: what was read once is not read again.
 * @param touched external ids that were changed or deleted by hand
 */
export function createEvidence(
  log: readonly LogEntry[],
  stateNow: () => SimulatorState,
  touched: ReadonlySet<string>,
): () => Evidence {
  const writes: JournalWrite[] = [];
  const claims: SlotClaim[] = [];
  const byApp = new Set<string>();
  const tampered = new Set<string>();
  let read = 0;
  return () => {
    for (; read < log.length; read += 1) {
      const entry = log[read];
      if (entry) note(entry);
    }
    for (const id of touched) tampered.add(id);
    return { writes, claims, byApp, tampered };
  };

  function note(entry: LogEntry): void {
    const state = stateNow();
    if (entry.method === 'GET') return;
    const ticket = TICKET.exec(entry.path)?.[1];
    const leeway = (entry.body as TicketBody | undefined)?.ticket?.metadata?.leeway;
    if (entry.method === 'PUT' && ticket !== undefined && leeway !== undefined) {
      const events = eventsOf(leeway);
      const stamp = (entry.body as TicketBody).ticket?.updated_stamp ?? null;
      writes.push({ entry, ticket, events, stamp });
      if (entry.app) for (const { id } of events) byApp.add(id);
    }
    if (!entry.path.startsWith(SLOTS) || entry.path.includes('/search')) return;
    const body = (entry.body as RecordBody | undefined)?.custom_object_record;
    if (entry.method === 'POST' && entry.app && body?.custom_object_fields?.credit_id) {
      const { credit_id: credit, amount_minor: amount = 0 } = body.custom_object_fields;
      claims.push({ entry, key: body.external_id ?? '', credit, amount });
    }
    if (entry.app || entry.status >= 400) return;
    const record = entry.path.slice(SLOTS.length + 1);
    tampered.add(record === '' ? (body?.external_id ?? '') : record);
    const external = state.records['leeway_credit']?.[record]?.external_id;
    if (external) tampered.add(external);
  }
}
