/** One REST request. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From `/api/v2/` on, with its query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly timeoutMs?: number;
  /**
   * Whether it changes something in Zendesk. Not the method: a search is a POST that reads. What
   * is unknown about a write must not be taken for "not done", and a write is never repeated.
   */
  readonly kind: 'read' | 'write';
}

/** Carries requests to Zendesk. */
export interface Transport {
  /**
   * @returns the answer's JSON, or undefined when it has no body
   * @throws HelpdeskError for anything but an answer of 2xx with a body that is JSON or empty
   */
  send(request: ApiRequest): Promise<unknown>;
}

/** A list that is searched waits longer than a person does; still somebody is waiting. */
const READ_TIMEOUT_MS = 10_000;

/** Longer than a read's: giving up early turns a slow write into one whose outcome is unknown. */
const WRITE_TIMEOUT_MS = 30_000;

export const timeoutOf = ({ kind, timeoutMs }: ApiRequest): number =>
  timeoutMs ?? (kind === 'read' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS);
