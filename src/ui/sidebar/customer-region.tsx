import { Anchor } from '@zendeskgarden/react-buttons';
import styled from 'styled-components';
import { excess, sum } from '#domain/money.ts';
import { heldByCustomer } from '#use-cases/maker-facts.ts';
import type { CustomerHistory, TicketSummary } from '#zendesk/helpdesk.ts';
import { all } from '../shared/reading.ts';
import { Failed } from '../shared/failed.tsx';
import { List, Plain, Quiet, Region, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { useReasonLabel } from './use-settings.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

const SHOWN = 4;

/** Who the customer is, what became of their tickets, and what they were given lately. */
export function CustomerRegion({ view }: { readonly view: TicketView }) {
  const { t } = useTexts();
  const { customer } = view;
  if (view.customerId === null) {
    return (
      <Region title={t('customer.title')}>
        <Quiet>{t('mayAsk.no-customer')}</Quiet>
      </Region>
    );
  }
  return (
    <Region title={t('customer.title')} busy={customer.kind === 'reading'}>
      {customer.kind === 'reading' && <Skeleton lines={6} />}
      {customer.kind === 'failed' && <Failed what={t('customer.failed')} {...customer} />}
      {customer.kind === 'known' && (
        <Stack>
          <Who history={customer.value} />
          <PastCredits view={view} />
          <Tickets history={customer.value} view={view} />
        </Stack>
      )}
    </Region>
  );
}

function Who({ history: { customer } }: { readonly history: CustomerHistory }) {
  const { t, day } = useTexts();
  return (
    <div>
      <Name>{customer.name}</Name>
      <Quiet>{t('customer.since', { date: day(customer.createdAt) })}</Quiet>
    </div>
  );
}

function PastCredits({ view }: { readonly view: TicketView }) {
  const { t, money, relative } = useTexts();
  const { host } = useWorld();
  const label = useReasonLabel();
  const facts = all(view.foundSlots, view.ownSlots, view.ledger, view.inForce);
  if (facts.kind === 'reading') return <Skeleton lines={2} />;
  if (facts.kind === 'failed') return <Failed what={t('customer.creditsFailed')} {...facts} />;
  const [found, own, ledger, inForce] = facts.value;
  const terms = inForce?.terms;
  if (!terms || !view.customerId) return null;
  const held = heldByCustomer(
    { found, own, ledger, terms, now: view.now },
    host.ticket.id,
    view.customerId,
  );
  const { currency, customerCap: cap, customerCapDays: days } = terms;
  const total = sum(held.map(({ amount }) => amount));
  const room = excess(cap, total);
  const last = held.at(-1);
  return (
    <div>
      <Plain>
        {held.length === 0
          ? t('customer.credits.none', { days })
          : t('customer.credits.some', { count: held.length, days, total: money(total, currency) })}
      </Plain>
      {last && (
        <Quiet>
          {t('customer.last', {
            amount: money(last.amount, currency),
            when: relative(last.at, view.now),
            reason: label(last.reason),
          })}
        </Quiet>
      )}
      <Quiet>
        {t(room > 0 ? 'customer.room' : 'customer.roomNone', {
          room: money(room, currency),
          cap: money(cap, currency),
        })}
      </Quiet>
    </div>
  );
}

function Tickets({
  history: { tickets, more },
  view,
}: {
  readonly history: CustomerHistory;
  readonly view: TicketView;
}) {
  const { t } = useTexts();
  const { host } = useWorld();
  const others = tickets.filter(({ id }) => id !== host.ticket.id);
  if (others.length === 0) return <Quiet>{t('customer.ticketsNone')}</Quiet>;
  return (
    <div>
      <Subheading>{t('customer.tickets')}</Subheading>
      <List>
        {others.slice(0, SHOWN).map((ticket) => (
          <TicketLine key={ticket.id} ticket={ticket} view={view} />
        ))}
      </List>
      {(more || others.length > SHOWN) && <Quiet>{t('customer.ticketsMore')}</Quiet>}
    </div>
  );
}

const isStatus = (
  status: string,
): status is 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' =>
  ['new', 'open', 'pending', 'hold', 'solved', 'closed'].includes(status);

function TicketLine({
  ticket: { id, subject, status, updatedAt, satisfaction },
  view,
}: {
  readonly ticket: TicketSummary;
  readonly view: TicketView;
}) {
  const { t, relative, dayAndTime } = useTexts();
  const { context, host } = useWorld();
  const score =
    satisfaction &&
    t(satisfaction.score === 'good' ? 'customer.satisfied' : 'customer.dissatisfied');
  return (
    <li>
      <Anchor
        href={context.ticketUrl(id)}
        target="_blank"
        rel="noopener noreferrer"
        onClick={(event) => {
          // Zendesk opens it as a tab of its own workspace.
          event.preventDefault();
          host.openTicket(id);
        }}
      >
        {subject || `#${id}`}
      </Anchor>
      <Quiet title={dayAndTime(updatedAt)}>
        {t('customer.ticketLine', {
          status: isStatus(status) ? t(`ticketStatus.${status}`) : status,
          when: relative(updatedAt, view.now),
        })}
        {score !== null && ` · ${score}`}
      </Quiet>
    </li>
  );
}

const Name = styled.p`
  margin: 0;
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

const Subheading = styled.h3`
  margin: 4px 0;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;
