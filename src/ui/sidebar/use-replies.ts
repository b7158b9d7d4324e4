import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Audit } from '#domain/audit.ts';
import { type CitableReply, type NearMiss, readReplies } from '#domain/replies.ts';
import type { RepliesReading } from '#use-cases/cite-replies.ts';
import { all, valueOf } from '../shared/reading.ts';
import { showJournal } from './own-writes.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** What became of decisions that colleagues wrote as replies, as far as they do not simply count. */
export interface Replies extends Pick<RepliesReading, 'nearMisses' | 'refused' | 'pending'> {
  /** Whether every answer that might decide has been tried: until then nobody knows what stands. */
  readonly settled: boolean;
}

/**
 * Writes down what colleagues decided by a private reply, whenever the journal shows an answer that
 * nobody has written down yet; and explains the answers that count for nothing.
 */
export function useReplies(view: TicketView): Replies {
  const { context, host, citeReplies } = useWorld();
  const client = useQueryClient();
  const ticket = host.ticket.id;
  const facts = all(view.journal, view.ledger, view.history);
  const role = valueOf(view.people)?.get(context.me)?.role;
  const mayWrite = role === 'agent' || role === 'admin';
  const [journal, ledger, history] = facts.kind === 'known' ? facts.value : [];
  const audits: readonly Audit[] = journal?.audits ?? [];
  const read: { citable: readonly CitableReply[]; nearMisses: readonly NearMiss[] } = ledger
    ? readReplies(audits, ledger.credits)
    : { citable: [], nearMisses: [] };
  const { data, isError } = useQuery({
    queryKey: ['replies', ticket, audits.at(-1)?.id ?? ''],
    queryFn: async () => {
      const reading = await citeReplies(context, ticket, audits, history ?? []);
      if (reading.audits !== audits) {
        showJournal(client, ticket, { audits: reading.audits, at: context.clock.now() });
      }
      return reading;
    },
    enabled: mayWrite && read.citable.length > 0 && history !== undefined,
    staleTime: Infinity,
  });
  return {
    nearMisses: read.nearMisses,
    refused: data?.refused ?? [],
    // What could not even be tried is as little written down as what failed.
    pending: data?.pending ?? (isError ? read.citable : []),
    settled: history !== undefined && (read.citable.length === 0 || data !== undefined),
  };
}
