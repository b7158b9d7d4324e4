import type { Instant } from '#domain/instant.ts';
import type { PastCredit } from '#use-cases/past-credits.ts';
import { List, Quiet } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { TicketLink } from './ticket-link.tsx';
import { useReasonLabel } from './use-settings.ts';
import { useWorld } from './world.ts';

/** Everything that was asked for a customer, each with its reason and what became of it. */
export function PastCreditList({
  credits,
  now,
}: {
  readonly credits: readonly PastCredit[];
  readonly now: Instant;
}) {
  const { t, money, relative, dayAndTime } = useTexts();
  const { host } = useWorld();
  const label = useReasonLabel();
  return (
    <List>
      {credits.map(({ credit, ticket, amount, at, reason, outcome }) => (
        <li key={credit}>
          <Quiet title={dayAndTime(at)}>
            {t('customer.pastCredit', {
              amount: money(amount.minor, amount.currency),
              when: relative(at, now),
              reason: label(reason),
              outcome: t(`outcome.${outcome}`),
            })}{' '}
            {ticket !== host.ticket.id && (
              <TicketLink ticket={ticket}>{t('credits.elsewhereTicket', { ticket })}</TicketLink>
            )}
          </Quiet>
        </li>
      ))}
    </List>
  );
}
