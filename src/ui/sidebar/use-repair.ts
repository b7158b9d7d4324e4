import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Ledger } from '#domain/fold.ts';
import type { Instant } from '#domain/instant.ts';
import type { Slot } from '#domain/slot.ts';
import { type Repair, repairSlots } from '#use-cases/repair-slots.ts';
import { tidyTicket } from '#use-cases/tidy-ticket.ts';
import { isOverdue } from '#use-cases/unfinished-slot.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import { valueOf } from '../shared/reading.ts';
import { rereadOwnSlots } from './own-writes.ts';
import { useReplies } from './use-replies.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

const NOTHING: Repair = { moved: [], differences: [] };

/**
 * Brings the ticket's slots to what its journal proves, once an opening and never for those who may
 * not write; and tells what nobody may mend by themselves.
 */
export function useRepair(view: TicketView): Repair {
  const { context, host, shared } = useWorld();
  const client = useQueryClient();
  const me = valueOf(view.people)?.get(context.me);
  const ledger = valueOf(view.ledger);
  const found = valueOf(view.foundSlots);
  const own = valueOf(view.ownSlots);
  const readAt = valueOf(view.journal)?.at;
  const { settled, pending } = useReplies(view);
  const mayWrite = me?.role === 'agent' || me?.role === 'admin';
  const known = ledger !== null && readAt !== undefined && own !== null;
  const { data, refetch } = useQuery({
    queryKey: ['repair', host.ticket.id],
    queryFn: async () => {
      const slots = newest([...(found ?? []), ...(own ?? [])]);
      const repair = await repairSlots(
        context,
        host.ticket.id,
        ledger as Ledger,
        slots,
        readAt as Instant,
        new Set(pending.map(({ credit }) => credit.id)),
      ).catch(
        // What can't be repaired now is repaired by whoever opens the ticket next.
        (cause: unknown) => {
          if (cause instanceof HelpdeskError) return NOTHING;
          throw cause;
        },
      );
      // An opening spends little on repair: what was moved now is tidied by the next one.
      if (repair.moved.length === 0) {
        await tidyTicket(context, host.ticket.id, ledger as Ledger, await host.statusField());
      }
      if (repair.moved.some(({ key }) => key.maker === context.me)) {
        await rereadOwnSlots(client, shared);
      }
      return repair;
    },
    enabled: mayWrite && settled && known && found !== null,
    staleTime: Infinity,
  });
  const overdue = known && own.some((slot) => isOverdue(slot, ledger, host.ticket.id, readAt));
  const was = useRef(overdue);
  useEffect(() => {
    // The tab was opened while a lost ask could still arrive, or by a clock that was behind.
    if (overdue && !was.current && data) void refetch();
    was.current = overdue;
  }, [overdue, data, refetch]);
  return data ?? NOTHING;
}

const newest = (slots: readonly Slot[]): readonly Slot[] => [
  ...new Map(
    slots
      .toSorted((one, other) => one.updatedAt - other.updatedAt)
      .map((slot) => [slot.record, slot]),
  ).values(),
];
