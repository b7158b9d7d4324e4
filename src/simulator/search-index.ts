import type { CustomObjectRecord, SearchIndex, SimulatorState, Ticket } from './state.ts';

type Kind = keyof SearchIndex;
type DocumentOf<K extends Kind> = K extends 'tickets' ? Ticket : CustomObjectRecord;
interface Version<T> {
  at: number;
  document: T | null;
}

function versionsOf<K extends Kind>(
  state: SimulatorState,
  kind: K,
): Record<string, Version<DocumentOf<K>>[]> {
  return state.search_index[kind] as Record<string, Version<DocumentOf<K>>[]>;
}

function lagOf(state: SimulatorState, kind: Kind): number {
  return kind === 'tickets'
    ? state.account.ticket_search_lag_ms
    : state.account.record_search_lag_ms;
}

/**
 * Notes a write for search, which sees it only when the lag has passed: until then it finds the
 * document as it was, or does not find it, or still finds one that was deleted.
 */
export function noteForSearch<K extends Kind>(
  state: SimulatorState,
  kind: K,
  id: string,
  now: number,
  before: DocumentOf<K> | null,
  after: DocumentOf<K> | null,
): void {
  const index = versionsOf(state, kind);
  const versions = index[id] ?? [{ at: -Infinity, document: before }];
  versions.push({ at: now, document: after === null ? null : structuredClone(after) });
  const seen = versions.findLastIndex((version) => version.at <= now - lagOf(state, kind));
  index[id] = versions.slice(Math.max(0, seen)).map((version) => ({
    // JSON has no infinity: the oldest version counts as always seen.
    at: version.at === -Infinity ? 0 : version.at,
    document: version.document,
  }));
}

/** The documents as search sees them now, given the fresh ones. */
export function searchable<K extends Kind>(
  state: SimulatorState,
  kind: K,
  fresh: Record<string, DocumentOf<K>>,
  now: number,
): DocumentOf<K>[] {
  const index = versionsOf(state, kind);
  const horizon = now - lagOf(state, kind);
  const found: DocumentOf<K>[] = [];
  for (const id of new Set([...Object.keys(fresh), ...Object.keys(index)])) {
    const versions = index[id];
    if (versions === undefined) {
      const document = fresh[id];
      if (document !== undefined) found.push(document);
      continue;
    }
    const seen = versions.findLast((version) => version.at <= horizon);
    if (seen !== undefined && seen.document !== null) found.push(seen.document);
    if (seen !== undefined && seen === versions.at(-1)) {
      // Caught up: from here on the fresh document is what search sees.
      Reflect.deleteProperty(index, id);
    }
  }
  return found;
}
