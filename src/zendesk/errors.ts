/** Why Zendesk could not be read or written. One translation each. */
export type HelpdeskErrorCode =
  /** The signed-in person may not (403). It may be the plan, too. */
  | 'forbidden'
  /** Nobody is signed in any more (401). */
  | 'signed-out'
  /** Deleted, or never there (404). */
  | 'not-found'
  /** The ticket changed since it was read (409). Nothing was written. */
  | 'conflict'
  /** The ticket is closed and takes no updates. Nothing was written. */
  | 'closed'
  /** Zendesk refused what was sent. Nothing was written. */
  | 'invalid'
  /** Too many requests (429). Nothing was written. */
  | 'rate-limited'
  /** Zendesk failed to answer a read (5xx). */
  | 'unavailable'
  /** A read did not reach Zendesk. */
  | 'offline'
  /** A read was not answered in time. */
  | 'timed-out'
  /** A write whose answer did not come or cannot be read: it may have happened. Read back by id. */
  | 'outcome-unknown'
  /** Zendesk answered what this version cannot read. Nothing of it is used. */
  | 'malformed-response'
  /** A part of the app did not load: no connection, or a newer version took its place. Nothing was written. */
  | 'app-not-loaded';

/** Every failure of the helpdesk. Our own bugs are other errors. */
export class HelpdeskError extends Error {
  override readonly name = 'HelpdeskError';
  readonly code: HelpdeskErrorCode;
  /** The HTTP status; null when there was no answer or it is not about one. */
  readonly status: number | null;
  /** How long Zendesk asks to wait, in ms; null when it does not say so where we can see it. */
  readonly retryAfterMs: number | null;

  /** @param message for the browser's log, never shown to people: they see the code's translation */
  constructor(
    code: HelpdeskErrorCode,
    message: string,
    about: {
      readonly status?: number | null;
      readonly retryAfterMs?: number | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`${code}: ${message}`, about.cause === undefined ? {} : { cause: about.cause });
    this.code = code;
    this.status = about.status ?? null;
    this.retryAfterMs = about.retryAfterMs ?? null;
  }
}

/** For `.catch`: null where the helpdesk failed and nothing is lost by it. Our own bugs go on. */
export function nullIfHelpdeskFailed(cause: unknown): null {
  if (cause instanceof HelpdeskError) return null;
  throw cause;
}
