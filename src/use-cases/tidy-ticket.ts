import { statusFieldFor } from '#domain/credit.ts';
import type { Ledger } from '#domain/fold.ts';
import type { TicketId } from '#domain/ids.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import type { Context } from './context.ts';
import { noLongerAsked } from './no-longer-asked.ts';

/**
 * Brings the ticket's status field and followers to what its journal says: after a credit expired,
 * where somebody set the field by hand, and on a follow-up ticket, which Zendesk gives a copy of the
 * closed ticket's field. Two requests, and none where the page already shows the right value.
 * @param shown the field as the page shows it; undefined: the page does not say
 * @returns whether something was changed; a failure is no loss, the next opening tries again
 */
export async function tidyTicket(
  { helpdesk }: Context,
  ticket: TicketId,
  { credits, closed, problems }: Ledger,
  shown: string | null | undefined,
): Promise<boolean> {
  const statusField = statusFieldFor(credits);
  // What a newer Leeway wrote may be why the field says something else.
  const unsure = credits.some(({ frozen }) => frozen) || problems.some(isNewer);
  if (closed || unsure || shown === undefined || shown === statusField) return false;
  try {
    const now = await helpdesk.readTicket(ticket);
    const unfollow = credits
      .filter(({ state }) => state.kind !== 'open')
      .flatMap((credit) => noLongerAsked(credit, credits))
      .filter((person) => now.followers.includes(person));
    if (now.status === 'closed' || now.statusField === statusField) return false;
    await helpdesk.tidyTicket(ticket, {
      statusField,
      follow: [],
      unfollow: [...new Set(unfollow)],
      updatedStamp: now.updatedStamp,
    });
    return true;
  } catch (cause) {
    if (cause instanceof HelpdeskError) return false;
    throw cause;
  }
}

const isNewer = ({ code }: Ledger['problems'][number]): boolean => code === 'newer-version';
