import { useState } from 'react';
import styled from 'styled-components';
import type { Currency } from '#domain/currencies.ts';
import type { UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import type { Compared, Precedent } from '#domain/precedents.ts';
import { type Memory, nearest } from '#use-cases/precedents.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { Failed } from '../shared/failed.tsx';
import { type Reading, valueOf } from '../shared/reading.ts';
import { Between, List, Quiet, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { RangePlot, scaleOf } from './range-plot.tsx';
import { useRatings } from './use-past-credits.ts';

interface PastProps {
  /** As the agent knows it. */
  readonly reason: string;
  readonly currency: Currency;
  readonly compared: Compared;
  /** Those whose names are known already: nobody is asked for here. */
  readonly people: ReadonlyMap<UserId, Person>;
  readonly now: Instant;
}

/** What was usual for the reason, and the credits most like this one. Nobody they were for is named. */
export function PastCredits({ past, ...props }: PastProps & { readonly past: Reading<Memory> }) {
  const { t } = useTexts();
  if (past.kind === 'reading') return <Skeleton lines={3} />;
  if (past.kind === 'failed') return <Failed what={t('past.failed')} {...past} />;
  return <Past {...props} memory={past.value} />;
}

function Past({ memory, ...props }: PastProps & { readonly memory: Memory }) {
  const { t, money } = useTexts();
  const { reason, currency, compared } = props;
  const { credits, more, range } = memory;
  const count = credits.length;
  const amount = (minor: Minor): string => money(minor, currency);
  const scale = range && scaleOf(range, compared.amount);
  const ends = range && { low: amount(range.low), high: amount(range.high) };
  return (
    <Stack $gap={4}>
      {ends === null || range === null || scale === null ? (
        <Quiet>{t(count === 0 ? 'past.none' : 'past.few', { count, reason })}</Quiet>
      ) : (
        <>
          <Quiet>{t('past.usual', { ...ends, reason, count })}</Quiet>
          <RangePlot
            amounts={credits.map((credit) => credit.amount)}
            range={range}
            typed={compared.amount}
            label={t(compared.amount === null ? 'past.plot' : 'past.plotTyped', {
              ...ends,
              smallest: amount(range.smallest),
              largest: amount(range.largest),
              typed: compared.amount === null ? '' : amount(compared.amount),
            })}
          />
          <Between aria-hidden>
            <Quiet>{amount(scale.from)}</Quiet>
            <Quiet>{amount(scale.to)}</Quiet>
          </Between>
        </>
      )}
      {more && <Quiet>{t('past.more', { count })}</Quiet>}
      {count > 0 && <Similar {...props} memory={memory} />}
    </Stack>
  );
}

/** A look at them costs one request, so somebody has to want it. */
function Similar({ memory, currency, compared, people, now }: PastProps & { memory: Memory }) {
  const { t, money, relative, list } = useTexts();
  const [open, setOpen] = useState(false);
  const ratings = useRatings(memory, open);
  const signedBy = ({ signers }: Precedent): string =>
    signers.length === 0
      ? t('past.alone')
      : t('past.signed', {
          people: list(signers.map((id) => people.get(id)?.name ?? t('past.colleague'))),
        });
  const said = ({ ticket }: Precedent): string => {
    const known = valueOf(ratings);
    if (known === null) return t(ratings.kind === 'failed' ? 'past.ratingUnknown' : 'reading');
    return t(`past.rating.${known.has(ticket) ? (known.get(ticket) ?? 'none') : 'hidden'}`);
  };
  return (
    <details
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <Summary>{t('past.similar')}</Summary>
      {open && (
        <Stack $gap={4}>
          <List>
            {nearest(memory, compared).map((credit) => (
              <li key={`${credit.ticket} ${String(credit.at)}`}>
                <Between>
                  <span>{money(credit.amount, currency)}</span>
                  <Quiet as="span">{relative(credit.at, now)}</Quiet>
                </Between>
                <Quiet>{signedBy(credit)}</Quiet>
                {credit.exception && <Quiet>{t('past.exception')}</Quiet>}
                <Quiet>{said(credit)}</Quiet>
              </li>
            ))}
          </List>
          <Quiet>{t('past.looked', { count: memory.credits.length })}</Quiet>
        </Stack>
      )}
    </details>
  );
}

const Summary = styled.summary`
  cursor: pointer;
  font-size: ${({ theme }) => theme.fontSizes.sm};
`;
