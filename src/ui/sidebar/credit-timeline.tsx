import styled from 'styled-components';
import type { Credit, TimelineEntry } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { getColor } from '@zendeskgarden/react-theming';
import { type Texts, useTexts } from '../shared/texts.ts';

/** Who did what when, and why. Not a list of list items: those are the credits. */
export function CreditTimeline({
  credit,
  name,
  now,
}: {
  readonly credit: Credit;
  readonly name: (id: UserId) => string;
  readonly now: Instant;
}) {
  const texts = useTexts();
  const { t, relative, dayAndTime } = texts;
  const { state } = credit;
  const lapsed = state.kind === 'void' && (state.why === 'expired' || state.why === 'closed');
  return (
    <Lines>
      {credit.timeline.map((entry) => (
        <Line key={`${entry.audit}-${entry.type}`}>
          {textOf(entry, credit.band === 'lead', name, texts)}{' '}
          <time dateTime={new Date(entry.at).toISOString()} title={dayAndTime(entry.at)}>
            {relative(entry.at, now)}
          </time>
        </Line>
      ))}
      {lapsed && (
        <Line>
          {t('timeline.expired')}{' '}
          <time dateTime={new Date(state.at).toISOString()} title={dayAndTime(state.at)}>
            {relative(state.at, now)}
          </time>
        </Line>
      )}
    </Lines>
  );
}

function textOf(
  { type, by, as, asked, reason }: TimelineEntry,
  toLead: boolean,
  name: (id: UserId) => string,
  { t, list }: Texts,
): string {
  const values = { name: name(by), people: list(asked.map(name)), reason };
  switch (type) {
    case 'request':
      if (asked.length === 0) return t('timeline.given', values);
      return t(toLead ? 'timeline.askedLead' : 'timeline.askedPeer', values);
    case 'ask':
      return t(as === 'lead' ? 'timeline.askedLead' : 'timeline.askedPeer', values);
    case 'approve':
      return t(as === 'lead' ? 'timeline.approvedLead' : 'timeline.approvedPeer', values);
    case 'decline':
      return t('timeline.declined', values);
    case 'withdraw':
      return t('timeline.withdrawn', values);
    case 'reverse':
      return t('timeline.reversed', values);
  }
}

const Lines = styled.div`
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding-inline-start: 10px;
  border-inline-start: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
`;

const Line = styled.p`
  margin: 0;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: ${({ theme }) => theme.lineHeights.sm};
  time {
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
    white-space: nowrap;
  }
`;
