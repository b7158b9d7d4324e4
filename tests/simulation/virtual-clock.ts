import type { Clock } from '#simulator/clock.ts';

/** Time that passes only when the run says so. Whoever sleeps is woken in the order of their times. */
export interface VirtualClock extends Clock {
  /** When the next sleeper is due; null when nobody sleeps. */
  nextDue(): number | null;
  /** Moves time on to `until`, waking whoever is due on the way and letting them run. */
  passUntil(until: number): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly number: number;
  readonly wake: () => void;
}

/**
 * Resolves when everything that can run without an answer has run: all of our code between two
 * answers is microtasks, and this waits for the turn after them.
 */
export const letRun = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  let count = 0;
  let sleepers: Sleeper[] = [];
  const first = (): Sleeper | undefined => {
    let found: Sleeper | undefined;
    for (const sleeper of sleepers) {
      const sooner =
        found === undefined ||
        sleeper.at < found.at ||
        (sleeper.at === found.at && sleeper.number < found.number);
      if (sooner) found = sleeper;
    }
    return found;
  };
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((resolve) => {
        count += 1;
        sleepers.push({ at: now + Math.max(0, Math.ceil(ms)), number: count, wake: resolve });
      }),
    nextDue: () => first()?.at ?? null,
    async passUntil(until) {
      for (let due = first(); due !== undefined && due.at <= until; due = first()) {
        const woken = due;
        sleepers = sleepers.filter((sleeper) => sleeper !== woken);
        now = Math.max(now, woken.at);
        woken.wake();
        await letRun();
      }
      now = Math.max(now, until);
    },
  };
}
