import type { TicketId } from '#domain/ids.ts';

/** Tickets that wait to be settled, one at a time, in the order in which they came. */
export interface TicketQueue {
  /**
   * A ticket that waits already is not added again: one settling sees all that came before it began.
   * @param from ms since the epoch, before which settling it does not begin
   * @returns false: as many wait as may
   */
  add(ticket: TicketId, from: number): boolean;
  /** Lets the one under way end. @returns the tickets that nobody settled */
  stop(): Promise<readonly TicketId[]>;
  /** Resolves when none waits and none is under way. */
  idle(): Promise<void>;
}

export interface QueueOptions {
  readonly most: number;
  readonly clock: { now(): number; sleep(ms: number): Promise<unknown> };
  settle(ticket: TicketId): Promise<void>;
  failed(ticket: TicketId, error: unknown): void;
}

export function createTicketQueue({ most, clock, settle, failed }: QueueOptions): TicketQueue {
  const waiting = new Map<TicketId, number>();
  let isStopped = false;
  let work: Promise<void> | null = null;

  async function workThrough(): Promise<void> {
    for (;;) {
      const [next] = waiting;
      if (isStopped || next === undefined) return;
      const [ticket, from] = next;
      if (from > clock.now()) {
        await clock.sleep(from - clock.now());
        // It may have been asked for again meanwhile, for a later time.
        continue;
      }
      waiting.delete(ticket);
      try {
        await settle(ticket);
      } catch (error) {
        failed(ticket, error);
      }
    }
  }

  return {
    add(ticket, from) {
      if (isStopped) return false;
      if (!waiting.has(ticket) && waiting.size >= most) return false;
      waiting.set(ticket, Math.max(from, waiting.get(ticket) ?? from));
      work ??= workThrough().finally(() => (work = null));
      return true;
    },
    async stop() {
      isStopped = true;
      await work;
      return [...waiting.keys()];
    },
    async idle() {
      while (work !== null) await work;
    },
  };
}
