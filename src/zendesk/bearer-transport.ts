import { HOUR, MINUTE, SECOND } from '#domain/instant.ts';
import { HelpdeskError, type HelpdeskErrorCode } from './errors.ts';
import { createFetchTransport } from './fetch-transport.ts';
import type { ApiRequest, Transport } from './transport.ts';

/** Why a request is not sent yet, or sent again. */
export type WaitReason = 'rate-limited' | 'unavailable' | 'offline';

export interface BearerOptions {
  /** Such as `https://acme.zendesk.com`; without TLS only to this very machine. */
  readonly baseUrl: string;
  /** An OAuth token. It is in no message and no error. */
  readonly token: string;
  readonly clock: {
    /** ms since 1970 */
    now(): number;
    sleep(ms: number): Promise<void>;
  };
  /** Told once of each pause, so that whoever watches knows why nothing happens. */
  readonly onWait?: (ms: number, why: WaitReason) => void;
  readonly fetch?: typeof globalThis.fetch;
  /** From 0 up to, not including, 1: runs that failed together do not come back together. */
  readonly random?: () => number;
}

/** Nobody sits before a screen, and a page of an export is large. */
const TIMEOUT_MS = MINUTE;

/** Eight tries are over after some four minutes. */
const MOST_FAILURES = 8;
const FIRST_PAUSE = SECOND;
const LONGEST_PAUSE = MINUTE;

/** To be asked to wait so often without one answer in between is no rate limit any more. */
const MOST_REFUSALS = 30;

/** Where Zendesk refuses without a word on how long: its windows are of a minute. */
const UNTOLD_PAUSE = MINUTE;
const LONGEST_ASKED_PAUSE = HOUR;

/** This part of the account's requests is left to the people who work with it meanwhile. */
const LEFT_TO_PEOPLE = 0.1;

const passing: Partial<Readonly<Record<HelpdeskErrorCode, WaitReason>>> = {
  unavailable: 'unavailable',
  'timed-out': 'unavailable',
  offline: 'offline',
};

/**
 * Requests with an OAuth token for a program that runs unattended. It goes by what Zendesk's headers
 * tell: it stops before the account's last tenth of the minute, before an export is refused, and for
 * as long as `Retry-After` asks. Reads that failed for a passing reason are repeated with growing
 * pauses; writes are sent once. Safe for several requests at a time: a pause holds for all.
 * @throws TypeError for a base address that is not of the form above, or a token that cannot be sent
 */
export function createBearerTransport(options: BearerOptions): Transport {
  const { token, clock, random = Math.random } = options;
  const pauses = createPauses(options);
  const inner = createFetchTransport({
    origin: originOf(options.baseUrl),
    token: sendable(token),
    fetch: options.fetch ?? globalThis.fetch,
    onHeaders: (request, headers) => {
      const account = accountLimit(headers);
      if (account && account.remaining <= account.limit * LEFT_TO_PEOPLE) {
        pauses.hold('account', clock.now() + account.reset);
      }
      const exports = exportsLimit(headers);
      if (isExport(request) && exports?.remaining === 0) {
        pauses.hold('exports', clock.now() + exports.reset);
      }
    },
  });
  return {
    async send(request) {
      let failures = 0;
      let refusals = 0;
      for (;;) {
        await pauses.pass(request);
        try {
          return await inner.send({ timeoutMs: TIMEOUT_MS, ...request });
        } catch (error) {
          if (!(error instanceof HelpdeskError) || request.kind === 'write') throw error;
          if (error.code === 'rate-limited') {
            refusals += 1;
            const asked = error.retryAfterMs ?? UNTOLD_PAUSE;
            if (refusals === MOST_REFUSALS || asked > LONGEST_ASKED_PAUSE) throw error;
            const until = clock.now() + asked + random() * SECOND;
            pauses.hold(isExport(request) ? 'exports' : 'account', until);
            continue;
          }
          const why = passing[error.code];
          failures += 1;
          if (why === undefined || failures === MOST_FAILURES) throw error;
          const longest = Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE);
          const pause = Math.max(error.retryAfterMs ?? 0, (longest * (1 + random())) / 2);
          if (pause > LONGEST_ASKED_PAUSE) throw error;
          options.onWait?.(pause, why);
          await clock.sleep(pause);
        }
      }
    },
  };
}

function originOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const isHere = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) return url.origin;
  throw new TypeError('the address must begin with https:// (http:// only for localhost)');
}

/** What is no token is refused here: what refuses it later has it in its message. */
function sendable(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new TypeError('the token is empty, or has characters that no token has');
}

const isExport = ({ path }: ApiRequest): boolean => path.startsWith('/api/v2/incremental/');

type Limit = 'account' | 'exports';

/** Until when nothing is sent that a limit holds for. */
function createPauses({ clock, onWait }: BearerOptions) {
  const until: Record<Limit, number> = { account: 0, exports: 0 };
  let told = 0;
  return {
    hold(limit: Limit, moment: number) {
      until[limit] = Math.max(until[limit], moment);
    },
    async pass(request: ApiRequest) {
      for (;;) {
        const end = isExport(request) ? Math.max(until.account, until.exports) : until.account;
        const rest = end - clock.now();
        if (rest <= 0) return;
        if (end > told) onWait?.(rest, 'rate-limited');
        told = Math.max(told, end);
        await clock.sleep(rest);
      }
    },
  };
}

interface Left {
  readonly limit: number;
  readonly remaining: number;
  /** ms until the window ends */
  readonly reset: number;
}

const accountLimit = (headers: Headers): Left | null =>
  left(
    headers.get('ratelimit-limit') ?? headers.get('x-rate-limit'),
    headers.get('ratelimit-remaining') ?? headers.get('x-rate-limit-remaining'),
    headers.get('ratelimit-reset'),
  );

/** `total=10; remaining=9; resets=42`, by one of two names. */
function exportsLimit(headers: Headers): Left | null {
  const name = 'zendesk-ratelimit-incremental-exports';
  const text = headers.get(name) ?? headers.get(`${name}-cursor`) ?? '';
  const part = (key: string): string | null =>
    new RegExp(`(?:^|;)\\s*${key}=(\\d+)`).exec(text)?.[1] ?? null;
  return left(part('total'), part('remaining'), part('resets'));
}

function left(limit: string | null, remaining: string | null, reset: string | null): Left | null {
  const count = /^\d+$/;
  if (limit === null || remaining === null) return null;
  if (!count.test(limit) || !count.test(remaining)) return null;
  const seconds = reset !== null && count.test(reset) ? Number(reset) : UNTOLD_PAUSE / SECOND;
  const ms = Math.min(seconds * SECOND, LONGEST_ASKED_PAUSE);
  return { limit: Number(limit), remaining: Number(remaining), reset: ms };
}
