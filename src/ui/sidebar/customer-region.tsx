import { Button } from '@zendeskgarden/react-buttons';
import { useState } from 'react';
import styled from 'styled-components';
import { DAY, plus } from '#domain/instant.ts';
import { excess, sum } from '#domain/money.ts';
import { heldByCustomer } from '#use-cases/maker-facts.ts';
import { pastCredits } from '#use-cases/past-credits.ts';
import type { CustomerHistory } from '#zendesk/helpdesk.ts';
import { Failed } from '../shared/failed.tsx';
import { all } from '../shared/reading.ts';
import { Plain, Quiet, Region, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { CustomerTickets } from './customer-tickets.tsx';
import { PastCreditList } from './past-credit-list.tsx';
import { useReasonLabel } from './use-settings.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** What an agent wants to know of how somebody writes is how often lately. */
const LATELY_DAYS = 30;
const TAGS_SHOWN = 4;

/** Who the customer is, what became of their tickets, and what they were given: a glance, and more on demand. */
export function CustomerRegion({ view }: { readonly view: TicketView }) {
  const { t } = useTexts();
  const { customer } = view;
  const [open, setOpen] = useState(false);
  if (view.customerId === null) {
    return (
      <Region title={t('customer.title')}>
        <Quiet>{t('mayAsk.no-customer')}</Quiet>
      </Region>
    );
  }
  return (
    <Region title={t('customer.title')} busy={customer.kind === 'reading'}>
      {customer.kind === 'reading' && <Skeleton lines={8} />}
      {customer.kind === 'failed' && <Failed what={t('customer.failed')} {...customer} />}
      {customer.kind === 'known' && (
        <Stack>
          <Who history={customer.value} all={open} />
          <Credits view={view} all={open} />
          <CustomerTickets history={customer.value} now={view.now} all={open} />
          <div>
            <Button
              size="small"
              isBasic
              aria-expanded={open}
              onClick={() => {
                setOpen(!open);
              }}
            >
              {t(open ? 'customer.less' : 'customer.more')}
            </Button>
          </div>
        </Stack>
      )}
    </Region>
  );
}

function Who({
  history: { customer, organization, tickets, more },
  all: isAll,
}: {
  readonly history: CustomerHistory;
  readonly all: boolean;
}) {
  const { t, day, list } = useTexts();
  const { context } = useWorld();
  const since = plus(context.clock.now(), -LATELY_DAYS * DAY);
  const lately = tickets.filter(({ createdAt }) => createdAt > since);
  // The list goes by what changed last: only where its end is old, all that is new is in it.
  const isComplete = !more || (tickets.at(-1)?.updatedAt ?? 0) <= since;
  const tags = isAll ? customer.tags : customer.tags.slice(0, TAGS_SHOWN);
  return (
    <div>
      <Name>{customer.name}</Name>
      <Quiet>{t('customer.since', { date: day(customer.createdAt) })}</Quiet>
      {customer.organization !== null && (
        <Quiet>
          {organization === null
            ? t('customer.organizationUnknown')
            : t('customer.organization', { name: organization })}
        </Quiet>
      )}
      {tags.length > 0 && (
        <Quiet>
          {t(tags.length < customer.tags.length ? 'customer.tagsSome' : 'customer.tags', {
            tags: list(tags),
          })}
        </Quiet>
      )}
      <Quiet>
        {t(isComplete ? 'customer.lately' : 'customer.latelyAtLeast', {
          count: lately.length,
          days: LATELY_DAYS,
        })}
      </Quiet>
    </div>
  );
}

/** What counts against the cap, what is left of it, and the last one; on demand all that are known. */
function Credits({ view, all: isAll }: { readonly view: TicketView; readonly all: boolean }) {
  const { t, money, relative } = useTexts();
  const { host } = useWorld();
  const label = useReasonLabel();
  const facts = all(view.foundSlots, view.ownSlots, view.ledger, view.inForce);
  if (facts.kind === 'reading') return <Skeleton lines={3} />;
  if (facts.kind === 'failed') return <Failed what={t('customer.creditsFailed')} {...facts} />;
  const [found, own, ledger, inForce] = facts.value;
  const terms = inForce?.terms;
  if (!terms || !view.customerId) return null;
  const { now } = view;
  const ticket = host.ticket.id;
  const held = heldByCustomer({ found, own, ledger, terms, now }, ticket, view.customerId);
  const past = pastCredits({ found, own, ledger, now }, ticket, view.customerId);
  const { currency, customerCap: cap, customerCapDays: days } = terms;
  const total = sum(held.map(({ amount }) => amount));
  const room = excess(cap, total);
  const [last] = past;
  return (
    <div>
      <Plain>
        {held.length === 0
          ? t('customer.credits.none', { days })
          : t('customer.credits.some', { count: held.length, days, total: money(total, currency) })}
      </Plain>
      <Quiet>
        {t(room > 0 ? 'customer.room' : 'customer.roomNone', {
          room: money(room, currency),
          cap: money(cap, currency),
        })}
      </Quiet>
      {last && !isAll && (
        <Quiet>
          {t('customer.last', {
            amount: money(last.amount.minor, last.amount.currency),
            when: relative(last.at, now),
            reason: label(last.reason),
            outcome: t(`outcome.${last.outcome}`),
          })}
        </Quiet>
      )}
      {isAll && past.length > 0 && <PastCreditList credits={past} now={now} />}
    </div>
  );
}

const Name = styled.p`
  margin: 0;
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  overflow-wrap: anywhere;
`;
