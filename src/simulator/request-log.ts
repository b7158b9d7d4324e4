/** One answered (or lost) request. Requests to the control surface are not logged. */
export interface LogEntry {
  /** Counts from 0 since the last reset. */
  n: number;
  /** Milliseconds since the epoch by the simulator's clock, when the request arrived. */
  at: number;
  /** Who asked; null for anonymous. */
  user: number | null;
  method: string;
  /** With query, as it was sent. */
  path: string;
  /** What Zendesk answered, also when the answer was lost on its way; 0 when nothing was done. */
  status: number;
  /** The request's JSON body, if it had one. */
  body?: unknown;
  answered: 'yes' | 'lost';
  /** Whether it came from the app's iframe. */
  app: boolean;
}
