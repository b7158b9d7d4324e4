import { SECOND } from '#domain/instant.ts';
import { HelpdeskError, type HelpdeskErrorCode } from './errors.ts';
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
 */
export function retryReads(transport: Transport, timing: RetryTiming): Transport {
  return {
    async send(request) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await transport.send(request);
        } catch (error) {
          if (request.kind === 'write' || tries === MOST_TRIES) throw error;
          const pause = pauseAfter(error, tries, timing);
          if (pause === null) throw error;
          await timing.sleep(pause);
        }
      }
    },
  };
}

/** null: repeating is no use. */
function pauseAfter(error: unknown, tries: number, timing: RetryTiming): number | null {
  if (!(error instanceof HelpdeskError) || !passing.has(error.code)) return null;
  const asked = error.retryAfterMs ?? 0;
  if (asked > LONGEST_ASKED_PAUSE) return null;
  return asked + timing.random() * Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE);
}
