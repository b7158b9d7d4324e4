/** Time as the pretend Zendesk sees it. Everything that waits or stamps goes through one clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** A clock that a test or the control surface may move. */
export interface MovableClock extends Clock {
  /**
   * Moves time on and wakes what sleeps, in the order in which it was due. Resolves when what was
   * woken has run.
   */
  advance(ms: number): Promise<void>;
}

interface Sleeper {
  at: number;
  wake: () => void;
}

/** A woken write runs in microtasks only; this many turns let the longest of them finish. */
const TURNS_AFTER_A_WAKE = 25;

async function letItRun(): Promise<void> {
  for (let turn = 0; turn < TURNS_AFTER_A_WAKE; turn += 1) await Promise.resolve();
}

function takeNextDue(sleepers: Sleeper[], until: number): Sleeper | undefined {
  let first: Sleeper | undefined;
  for (const sleeper of sleepers) {
    if (sleeper.at <= until && (first === undefined || sleeper.at < first.at)) first = sleeper;
  }
  if (first !== undefined) sleepers.splice(sleepers.indexOf(first), 1);
  return first;
}

/** A clock that stands still until somebody advances it. `start` in milliseconds since the epoch. */
export function createManualClock(start: number): MovableClock {
  let now = start;
  const sleepers: Sleeper[] = [];
  return {
    now: () => now,
    sleep: (ms) =>
      ms <= 0
        ? Promise.resolve()
        : new Promise((resolve) => sleepers.push({ at: now + ms, wake: resolve })),
    async advance(ms) {
      const until = now + ms;
      for (;;) {
        const due = takeNextDue(sleepers, until);
        if (due === undefined) break;
        now = Math.max(now, due.at);
        due.wake();
        await letItRun();
      }
      now = until;
    },
  };
}

/** The machine's clock, which can be set forward. Sleepers wake by time passing or by an advance. */
export function createRunningClock(): MovableClock {
  let offset = 0;
  const sleepers: Sleeper[] = [];
  const now = () => Date.now() + offset;
  return {
    now,
    sleep: (ms) =>
      ms <= 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            const sleeper = { at: now() + ms, wake: resolve };
            sleepers.push(sleeper);
            setTimeout(() => {
              const at = sleepers.indexOf(sleeper);
              if (at >= 0) sleepers.splice(at, 1);
              resolve();
            }, ms);
          }),
    async advance(ms) {
      offset += ms;
      for (;;) {
        const due = takeNextDue(sleepers, now());
        if (due === undefined) return;
        due.wake();
        await letItRun();
      }
    },
  };
}

/** Zendesk's stamps have one-second resolution: two writes in one second have the same stamp. */
export function stampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
