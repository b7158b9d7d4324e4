import { Anchor } from '@zendeskgarden/react-buttons';
import type { TicketId } from '#domain/ids.ts';
import { valueOf } from '../shared/reading.ts';
import { Row } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** Other tickets on which somebody asks the viewer, as the search for the customer's credits found them. */
export function WaitingElsewhere({ view }: { readonly view: TicketView }) {
  const { t } = useTexts();
  const { context, host } = useWorld();
  const asks = (valueOf(view.foundSlots) ?? []).filter(
    ({ fields }) =>
      fields.status === 'reserved' &&
      fields.asked.includes(context.me) &&
      fields.ticket !== host.ticket.id &&
      fields.expiresAt > view.now,
  );
  const tickets: readonly TicketId[] = [...new Set(asks.map(({ fields }) => fields.ticket))];
  if (tickets.length === 0) return null;
  return (
    <Row>
      <span>{t('credits.elsewhere', { count: asks.length })}</span>
      {tickets.map((ticket) => (
        <Anchor
          key={ticket}
          href={context.ticketUrl(ticket)}
          target="_blank"
          rel="noopener noreferrer"
          onClick={(event) => {
            event.preventDefault();
            host.openTicket(ticket);
          }}
        >
          {t('credits.elsewhereTicket', { ticket })}
        </Anchor>
      ))}
    </Row>
  );
}
