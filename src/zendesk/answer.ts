import { SECOND } from '#domain/instant.ts';
import { HelpdeskError, type HelpdeskErrorCode } from './errors.ts';
import type { ApiRequest } from './transport.ts';

/** An answer with a status that is no 2xx. */
export interface Refusal {
  readonly status: number;
  /** As text or as parsed JSON; Zendesk's errors come in four shapes, and a proxy's is HTML. */
  readonly body: unknown;
  /** The header, where the transport lets it be seen. */
  readonly retryAfter: string | null;
}

const codes: Readonly<Record<number, HelpdeskErrorCode>> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'not-found',
  429: 'rate-limited',
};

/** The error for an answer that refuses. A write that met a 5xx may have happened all the same. */
export function refused(request: ApiRequest, { status, body, retryAfter }: Refusal): HelpdeskError {
  const about = { status, retryAfterMs: milliseconds(retryAfter) };
  const message = `${describe(request)} answered ${String(status)} ${excerpt(body)}`;
  if (status >= 400 && status < 500 && status !== 408) {
    const closed = status === 422 && saysClosed(body);
    return new HelpdeskError(closed ? 'closed' : (codes[status] ?? 'invalid'), message, about);
  }
  if (request.kind === 'write') return new HelpdeskError('outcome-unknown', message, about);
  // A redirect leads to a page to sign in or to nowhere, never to the answer.
  const code = status === 408 ? 'timed-out' : status < 400 ? 'malformed-response' : 'unavailable';
  return new HelpdeskError(code, message, about);
}

/** The error for a request that got no answer. */
export function unanswered(
  request: ApiRequest,
  why: 'offline' | 'timed-out',
  cause?: unknown,
): HelpdeskError {
  const code = request.kind === 'write' ? 'outcome-unknown' : why;
  return new HelpdeskError(code, `${describe(request)} was not answered (${why})`, { cause });
}

/** The error for an answer of 2xx that is not JSON. */
export function unreadable(request: ApiRequest, status: number, body: unknown): HelpdeskError {
  const code = request.kind === 'write' ? 'outcome-unknown' : 'malformed-response';
  return new HelpdeskError(code, `${describe(request)} answered no JSON: ${excerpt(body)}`, {
    status,
  });
}

const describe = ({ method, path }: ApiRequest): string => `${method} ${path}`;

function excerpt(body: unknown): string {
  const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  return text.slice(0, 300);
}

/**
 * Zendesk refuses updates of a closed ticket with 422 and, for the field `status`, the words
 * "closed prevents ticket update". There is no code for it.
 */
function saysClosed(body: unknown): boolean {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return /closed prevents ticket update/i.test(text ?? '');
}

/** `Retry-After` in whole seconds, as Zendesk sends it. */
function milliseconds(retryAfter: string | null): number | null {
  const seconds = retryAfter === null || retryAfter === '' ? NaN : Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * SECOND : null;
}
