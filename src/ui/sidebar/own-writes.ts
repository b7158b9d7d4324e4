import type { QueryClient } from '@tanstack/react-query';
import type { TicketId } from '#domain/ids.ts';
import type { SharedAnswers } from '../shared/shared-answers.ts';
import type { JournalRead } from './ticket-queries.ts';

/** Shows at once what a write of ours gave back: its journal is newer than any that was read. */
export const showJournal = (client: QueryClient, ticket: TicketId, journal: JournalRead): void => {
  client.setQueryData(['journal', ticket], journal);
};

/** After a write that moved own money: no tab may trust the slots as last read. */
export async function rereadOwnSlots(client: QueryClient, shared: SharedAnswers): Promise<void> {
  await reread(client, shared, 'own-slots');
}

export async function rereadTerms(client: QueryClient, shared: SharedAnswers): Promise<void> {
  await reread(client, shared, 'terms');
}

async function reread(client: QueryClient, shared: SharedAnswers, name: string): Promise<void> {
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: [name] })) {
    shared.drop(queryKey as readonly string[]);
  }
  await client.invalidateQueries({ queryKey: [name] });
}

export async function rereadJournal(client: QueryClient, ticket: TicketId): Promise<void> {
  await client.invalidateQueries({ queryKey: ['journal', ticket] });
}
