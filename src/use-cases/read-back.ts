import type { EventId, TicketId, UserId } from '#domain/ids.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import type { Context } from './context.ts';

/** Whether an audit's metadata holds the event: how a lost answer is found again. Ids are never reused. */
export const holdsEvent = (leeway: unknown, id: EventId): boolean =>
  typeof leeway === 'string' && leeway.includes(`"${id}"`);

/**
 * Whom of those asked Zendesk does not notify, because they are no followers.
 * @param followers as a write's answer has them; left out, they are read. Where even that fails nobody
 *   is named: the step itself is done, and that is what counts
 */
export async function notFollowing(
  { helpdesk }: Context,
  ticket: TicketId,
  asked: readonly UserId[],
  followers: readonly UserId[] | null = null,
): Promise<readonly UserId[]> {
  if (asked.length === 0) return [];
  const known =
    followers ??
    (await helpdesk.readTicket(ticket).then(
      (read) => read.followers,
      (cause: unknown) => {
        if (cause instanceof HelpdeskError) return asked;
        throw cause;
      },
    ));
  return asked.filter((person) => !known.includes(person));
}
