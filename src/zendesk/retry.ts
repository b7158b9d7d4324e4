import { SECOND } from '#domain/instant.ts';
import { HelpdeskError, type HelpdeskErrorCode } from './errors.ts';
import type { Pause } from './pause.ts';
import type { Transport } from './transport.ts';

/** Waiting and chance, injected so that tests need neither. */
export interface RetryTiming {
  sleep(ms: number): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
}

const MOST_TRIES = 4;
const FIRST_PAUSE = SECOND / 2;
const LONGEST_PAUSE = 8 * SECOND;

/** A window of Zendesk's limits is a minute: half a second later nothing has changed. */
const FIRST_SHARED_PAUSE = 5 * SECOND;

/** Who is asked to wait longer than this is told so: nobody sits before a spinner for minutes. */
const LONGEST_ASKED_PAUSE = 60 * SECOND;

const passing: ReadonlySet<HelpdeskErrorCode> = new Set([
  'rate-limited',
  'unavailable',
  'offline',
  'timed-out',
]);

/**
 * Repeats reads that failed for a passing reason, up to three times, after a pause of chance
 * between nothing and twice the last one's longest: many tabs that failed together must not come
 * back together. Where Zendesk's `Retry-After` can be seen the pause is at least that (the app
 * cannot see headers, the command line can). Writes pass through once.
 * @param shared begun by whatever meets Zendesk's rate limit, writes too, and waited for by each read:
 *   five seconds at first, then twice as long
 */
export function retryReads(transport: Transport, timing: RetryTiming, shared?: Pause): Transport {
  return {
    async send(request) {
      for (let tries = 1; ; tries += 1) {
        const left = request.kind === 'read' && shared ? shared.left() : 0;
        if (left > 0) await timing.sleep(left + timing.random() * FIRST_PAUSE * 2);
        try {
          return await transport.send(request);
        } catch (error) {
          const limited = error instanceof HelpdeskError && error.code === 'rate-limited';
          if (limited) shared?.begin(Math.max(error.retryAfterMs ?? 0, sharedPause(tries)));
          if (request.kind === 'write' || tries === MOST_TRIES) throw error;
          const pause = pauseAfter(error, tries, timing);
          if (pause === null) throw error;
          if (!(limited && shared)) await timing.sleep(pause);
        }
      }
    },
  };
}

const sharedPause = (tries: number): number => FIRST_SHARED_PAUSE * 2 ** (tries - 1);

/** null: repeating is no use. */
function pauseAfter(error: unknown, tries: number, timing: RetryTiming): number | null {
  if (!(error instanceof HelpdeskError) || !passing.has(error.code)) return null;
  const asked = error.retryAfterMs ?? 0;
  if (asked > LONGEST_ASKED_PAUSE) return null;
  return asked + timing.random() * Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE);
}
