import { SECOND } from '#domain/instant.ts';
import type { Passed } from './gather.ts';

const EVERY_MS = SECOND;

/** What has to be known of whoever watches. */
interface Watcher {
  readonly now: () => number;
  readonly stderr: (text: string) => void;
  readonly watched: boolean;
}

/** A log gets a line now and then; a person's line is written over once a second. */
const UNWATCHED_EVERY_MS = 30 * SECOND;

/** Tells how far a run is, how fast, and how long it may still take. */
export function createProgressLine({ now, stderr, watched }: Watcher) {
  const began = now();
  let shown = began;
  let open = false;
  return {
    show(passed: Passed): void {
      const at = now();
      if (at - shown < (watched ? EVERY_MS : UNWATCHED_EVERY_MS)) return;
      shown = at;
      open = watched;
      stderr(
        watched
          ? `\r\u001b[K${progressText(passed, at - began)}`
          : `${progressText(passed, at - began)}\n`,
      );
    },
    end(): void {
      if (open) stderr('\n');
      open = false;
    },
  };
}

/** @param ms since the beginning */
export function progressText({ tickets, audits, part }: Passed, ms: number): string {
  const rate = Math.round(audits / Math.max(1, ms / SECOND));
  const read = `${String(tickets)} tickets, ${String(audits)} audits, ${String(rate)} audits/s`;
  if (part <= 0) return read;
  const left = Math.round((ms * (1 - part)) / part / SECOND);
  return `${read}, ${String(Math.floor(part * 100))} %, about ${duration(left)} left`;
}

const duration = (seconds: number): string =>
  seconds < 90 ? `${String(seconds)} s` : `${String(Math.round(seconds / 60))} min`;
