import styled from 'styled-components';
import type { Instant } from '#domain/instant.ts';
import type { CustomerHistory, TicketSummary } from '#zendesk/helpdesk.ts';
import { List, Quiet } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { TicketLink } from './ticket-link.tsx';
import { useWorld } from './world.ts';

const SHOWN = 3;

const OPEN: readonly string[] = ['new', 'open', 'pending', 'hold'];

/** The customer's other tickets: those that are open first, then the newest. */
export function CustomerTickets({
  history: { tickets, more },
  now,
  all,
}: {
  readonly history: CustomerHistory;
  readonly now: Instant;
  readonly all: boolean;
}) {
  const { t } = useTexts();
  const { host } = useWorld();
  const others = tickets.filter(({ id }) => id !== host.ticket.id);
  if (others.length === 0) return <Quiet>{t('customer.ticketsNone')}</Quiet>;
  const ordered = others.toSorted(
    (one, other) => Number(OPEN.includes(other.status)) - Number(OPEN.includes(one.status)),
  );
  const shown = all ? ordered : ordered.slice(0, SHOWN);
  return (
    <div>
      <Subheading>{t('customer.tickets')}</Subheading>
      <List>
        {shown.map((ticket) => (
          <TicketLine key={ticket.id} ticket={ticket} now={now} comment={all} />
        ))}
      </List>
      {shown.length < others.length && (
        <Quiet>
          {t(more ? 'customer.ticketsHiddenAtLeast' : 'customer.ticketsHidden', {
            count: others.length - shown.length,
          })}
        </Quiet>
      )}
      {all && more && <Quiet>{t('customer.ticketsMore')}</Quiet>}
    </div>
  );
}

const isStatus = (
  status: string,
): status is 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' =>
  [...OPEN, 'solved', 'closed'].includes(status);

function TicketLine({
  ticket: { id, subject, status, updatedAt, satisfaction },
  now,
  comment,
}: {
  readonly ticket: TicketSummary;
  readonly now: Instant;
  /** Whether the customer's own words are shown. */
  readonly comment: boolean;
}) {
  const { t, relative, dayAndTime } = useTexts();
  const score =
    satisfaction &&
    t(satisfaction.score === 'good' ? 'customer.satisfied' : 'customer.dissatisfied');
  return (
    <li>
      <Subject>
        <TicketLink ticket={id}>{subject || `#${id}`}</TicketLink>
      </Subject>
      <Quiet title={dayAndTime(updatedAt)}>
        {t('customer.ticketLine', {
          status: isStatus(status) ? t(`ticketStatus.${status}`) : status,
          when: relative(updatedAt, now),
        })}
        {score !== null && ` · ${score}`}
      </Quiet>
      {comment && satisfaction?.comment && (
        <Quiet>{t('customer.said', { text: satisfaction.comment })}</Quiet>
      )}
    </li>
  );
}

const Subheading = styled.h3`
  margin: 4px 0;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

const Subject = styled.span`
  overflow-wrap: anywhere;
`;
