import { Button } from '@zendeskgarden/react-buttons';
import { useEffect, useState } from 'react';
import type { TicketId } from '#domain/ids.ts';
import { type Decided, takeDecided } from '#use-cases/decided-meanwhile.ts';
import { valueOf } from '../shared/reading.ts';
import { List, Plain, Row } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { TicketLink } from './ticket-link.tsx';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/**
 * What concerns the viewer on other tickets, as the search for the customer's credits and the own slots
 * tell it: who asks them, and what became of their own credits meanwhile.
 */
export function WaitingElsewhere({ view }: { readonly view: TicketView }) {
  return (
    <>
      <AskedOfMe view={view} />
      <DecidedMeanwhile view={view} />
    </>
  );
}

function AskedOfMe({ view }: { readonly view: TicketView }) {
  const { t } = useTexts();
  const { context, host } = useWorld();
  const asks = (valueOf(view.foundSlots) ?? []).filter(
    ({ fields }) =>
      fields.status === 'reserved' &&
      fields.asked.includes(context.me) &&
      !fields.signers.includes(context.me) &&
      fields.ticket !== host.ticket.id &&
      fields.expiresAt > view.now,
  );
  const tickets: readonly TicketId[] = [...new Set(asks.map(({ fields }) => fields.ticket))];
  if (tickets.length === 0) return null;
  return (
    <Row>
      <span>{t('credits.elsewhere', { count: asks.length })}</span>
      {tickets.map((ticket) => (
        <TicketLink key={ticket} ticket={ticket}>
          {t('credits.elsewhereTicket', { ticket })}
        </TicketLink>
      ))}
    </Row>
  );
}

function DecidedMeanwhile({
  view: { foundSlots, ownSlots, shown },
}: {
  readonly view: TicketView;
}) {
  const { t, money } = useTexts();
  const { context, host } = useWorld();
  const { memory, me } = context;
  const [decided, setDecided] = useState<readonly Decided[]>([]);
  const found = valueOf(foundSlots);
  const own = valueOf(ownSlots);
  const ticket = host.ticket.id;
  useEffect(() => {
    // Told is what somebody sees: a hidden tab leaves it to the one that is looked at.
    if (!shown || (!found && !own)) return;
    const news = takeDecided(memory, [...(found ?? []), ...(own ?? [])], me, ticket);
    if (news.length === 0) return;
    queueMicrotask(() => {
      setDecided((before) => [...before, ...news]);
    });
  }, [memory, me, ticket, shown, found, own]);
  if (decided.length === 0) return null;
  return (
    <div>
      <Plain>{t('credits.meanwhile', { count: decided.length })}</Plain>
      <List>
        {decided.map(({ credit, ticket: on, amount, outcome }) => (
          <li key={`${credit} ${outcome}`}>
            {t('credits.meanwhileOne', {
              amount: money(amount.minor, amount.currency),
              outcome: t(`outcome.${outcome}`),
            })}{' '}
            <TicketLink ticket={on}>{t('credits.elsewhereTicket', { ticket: on })}</TicketLink>
          </li>
        ))}
      </List>
      <Button
        size="small"
        isBasic
        onClick={() => {
          setDecided([]);
        }}
      >
        {t('action.dismiss')}
      </Button>
    </div>
  );
}
