import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { TicketId } from '#domain/ids.ts';
import { type Instant, SECOND } from '#domain/instant.ts';
import type { Host } from '../shared/host.ts';

/** News of one save come as several events: they are one reason to read. */
const SETTLE = SECOND / 4;
const TICK = 30 * SECOND;

/**
 * Whether the agent looks at this ticket's tab. What is old is read again when they come back, and
 * the journal when somebody writes on the ticket; a hidden tab only remembers to.
 */
export function useShown(host: Host, ticket: TicketId): boolean {
  const client = useQueryClient();
  const [shown, setShown] = useState(true);
  const isShown = useRef(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (now: boolean): void => {
      isShown.current = now;
      setShown(now);
    };
    const end = host.onNews((news) => {
      if (news === 'hidden') show(false);
      else if (news === 'activated') {
        show(true);
        void client.refetchQueries({ type: 'active', stale: true }, { cancelRefetch: false });
      } else {
        void client.invalidateQueries({ queryKey: ['journal', ticket], refetchType: 'none' });
        clearTimeout(timer);
        if (!isShown.current) return;
        timer = setTimeout(() => {
          // Cancels a read under way: it may have begun before what the news tell.
          void client.refetchQueries({ queryKey: ['journal', ticket], type: 'active' });
        }, SETTLE);
      }
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [client, host, ticket]);
  return shown;
}

/**
 * Zendesk's time as far as screens need it: moves on while somebody looks, and with each reading,
 * whose answer may have set a clock right that was wrong.
 * @param read changes when something was read
 */
export function useNow(clock: { now(): Instant }, shown: boolean, read: number): Instant {
  const [ticks, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!shown) return;
    tick();
    const timer = setInterval(tick, TICK);
    return () => {
      clearInterval(timer);
    };
  }, [shown]);
  // No state: one that is set while a tick waits would be overtaken by the older time.
  return useMemo(() => ({ ticks, read, now: clock.now() }), [clock, ticks, read]).now;
}
