import type { SimulatorEvent } from '../events.ts';
import type { FaultRule } from '../faults.ts';
import type { LogEntry } from '../request-log.ts';
import type { JsonValue, SimulatorState } from '../state.ts';

/** Calls of the control surface under `/simulator/`. Each rejects with the sentence it was refused with. */
export interface SimulatorClient {
  state(): Promise<SimulatorState>;
  log(since: number): Promise<{ entries: LogEntry[]; next: number }>;
  faults(): Promise<FaultRule[]>;
  addFault(rule: FaultRule): Promise<void>;
  clearFaults(): Promise<void>;
  saveSettings(settings: Record<string, JsonValue>): Promise<void>;
  now(): Promise<number>;
  advanceClock(ms: number): Promise<void>;
  reset(): Promise<void>;
  act(action: string, input: Record<string, JsonValue>): Promise<void>;
  /** A ticket update from the agent's own browser: one audit, as when Submit is pressed. */
  saveTicket(userId: number, ticketId: number, changes: Record<string, JsonValue>): Promise<void>;
  /** Server-sent events; returns what stops them. */
  listen(listener: (event: SimulatorEvent) => void): () => void;
  /** A file of the app's package. */
  file(path: string): Promise<unknown>;
}

/** The control surface of the server that this page came from. */
export function createSimulatorClient(): SimulatorClient {
  return {
    state: async () => (await ask('GET', '/simulator/state')) as SimulatorState,
    log: async (since) =>
      (await ask('GET', `/simulator/log?since=${String(since)}`)) as {
        entries: LogEntry[];
        next: number;
      },
    faults: async () => ((await ask('GET', '/simulator/faults')) as { faults: FaultRule[] }).faults,
    addFault: async (rule) => void (await ask('POST', '/simulator/faults', rule)),
    clearFaults: async () => void (await ask('DELETE', '/simulator/faults')),
    saveSettings: async (settings) => void (await ask('PUT', '/simulator/settings', { settings })),
    now: async () => ((await ask('GET', '/simulator/clock')) as { now_ms: number }).now_ms,
    advanceClock: async (ms) => void (await ask('POST', '/simulator/clock', { advance_ms: ms })),
    reset: async () => void (await ask('POST', '/simulator/reset')),
    act: async (action, input) => void (await ask('POST', `/simulator/actions/${action}`, input)),
    saveTicket: async (userId, ticketId, changes) =>
      void (await ask(
        'PUT',
        `/api/v2/tickets/${String(ticketId)}.json`,
        { ticket: changes },
        { 'X-Simulator-User': String(userId) },
      )),
    listen(listener) {
      const events = new EventSource('/simulator/events');
      let lost = false;
      events.onerror = () => {
        lost = true;
      };
      events.onopen = () => {
        // What happened while the stream was down was told to nobody.
        if (lost) listener({ type: 'account.updated' });
        lost = false;
      };
      events.onmessage = (message) => {
        listener(JSON.parse(String(message.data)) as SimulatorEvent);
      };
      return () => {
        events.close();
      };
    },
    file: (path) => ask('GET', path),
  };
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const response = await fetch(path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(reasonIn(text) ?? `${path}: ${String(response.status)}`);
  return text === '' ? null : JSON.parse(text);
}

/** The most telling sentence of an error's body, whatever shape it has. */
function reasonIn(text: string): string | null {
  try {
    const body = JSON.parse(text) as Record<string, unknown>;
    const detail = JSON.stringify(body['details'] ?? '').match(/"description":"([^"]+)"/)?.[1];
    const reason = detail ?? body['description'] ?? body['error'];
    return typeof reason === 'string' ? reason : null;
  } catch {
    return null;
  }
}
