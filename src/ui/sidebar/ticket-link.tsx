import { Anchor } from '@zendeskgarden/react-buttons';
import type { ReactNode } from 'react';
import type { TicketId } from '#domain/ids.ts';
import { useWorld } from './world.ts';

/** Opens another ticket as a tab of Zendesk's own workspace. */
export function TicketLink({
  ticket,
  children,
}: {
  readonly ticket: TicketId;
  readonly children: ReactNode;
}) {
  const { context, host } = useWorld();
  return (
    <Anchor
      href={context.ticketUrl(ticket)}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        event.preventDefault();
        host.openTicket(ticket);
      }}
    >
      {children}
    </Anchor>
  );
}
