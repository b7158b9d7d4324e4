import { Button } from '@zendeskgarden/react-buttons';
import { getColor } from '@zendeskgarden/react-theming';
import { useEffect, useId, useRef } from 'react';
import styled from 'styled-components';
import type { TermsEntry } from '#domain/terms.ts';
import { all, valueOf } from '../shared/reading.ts';
import { Failed } from '../shared/failed.tsx';
import { Between, Plain, Skeleton, Stack } from '../shared/region.tsx';
import { Problem } from '../shared/notice.tsx';
import { useTexts } from '../shared/texts.ts';
import { useNames } from '../sidebar/use-people.ts';
import type { TicketView } from '../sidebar/use-ticket.ts';
import { useWorld } from '../sidebar/world.ts';
import { AllSentences } from './all-sentences.tsx';
import { Draft } from './draft.tsx';
import { History } from './history.tsx';
import { OnDemand } from './on-demand.tsx';
import { OneAgent } from './one-agent.tsx';
import { TryOffer } from './try-offer.tsx';
import { YourLimits } from './your-limits.tsx';
import { usePublishing } from './use-publishing.ts';

export interface LimitsProps {
  readonly view: TicketView;
  readonly isAdmin: boolean;
  readonly onClose: () => void;
}

/** The limits in force as sentences, for everyone; for admins also the draft, and publishing it. */
export default function LimitsRegion({ view, isAdmin, onClose }: LimitsProps) {
  const { t } = useTexts();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const facts = all(view.inForce, view.history);
  const { context } = useWorld();
  const publishing = usePublishing(false).data;
  const next = publishing && publishing.changes.length > 0 ? publishing.next : null;
  return (
    <Section aria-labelledby={id}>
      <Stack $gap={12}>
        <Between>
          <Heading id={id} ref={heading} tabIndex={-1}>
            {t('limits.title')}
          </Heading>
          <Button size="small" isBasic onClick={onClose}>
            {t('action.close')}
          </Button>
        </Between>
        {facts.kind === 'reading' && <Skeleton lines={6} />}
        {facts.kind === 'failed' && <Failed what={t('limits.failed')} {...facts} />}
        {facts.kind === 'known' && <InForce entry={facts.value[0]} view={view} isAdmin={isAdmin} />}
        {facts.kind === 'known' && (
          <>
            <YourLimits entry={facts.value[0]} view={view} />
            {isAdmin ? (
              <Draft isAdmin history={facts.value[1]} />
            ) : (
              <OnDemand label={t('limits.compare')}>
                <Draft isAdmin={false} history={facts.value[1]} />
              </OnDemand>
            )}
            <OnDemand label={t('limits.whose.open')}>
              <OneAgent terms={facts.value[0]?.terms ?? null} next={next} />
            </OnDemand>
            <OnDemand label={t('limits.try.open')}>
              <TryOffer me={context.me} terms={facts.value[0]?.terms ?? null} next={next} />
            </OnDemand>
            {facts.value[1].length > 0 && (
              <OnDemand label={t('limits.history.open')}>
                <History history={facts.value[1]} />
              </OnDemand>
            )}
          </>
        )}
      </Stack>
    </Section>
  );
}

function InForce({
  entry,
  view,
  isAdmin,
}: {
  readonly entry: TermsEntry | undefined;
  readonly view: TicketView;
  readonly isAdmin: boolean;
}) {
  const { t, dayAndTime } = useTexts();
  const people = valueOf(view.people);
  const name = useNames(people);
  if (!entry) {
    return (
      <Stack>
        <Plain>{t(isAdmin ? 'limits.noneAdmin' : 'limits.none')}</Plain>
        {!isAdmin && <Plain>{t('limits.noneAgent')}</Plain>}
      </Stack>
    );
  }
  const { terms, record, number } = entry;
  const writer = record?.updatedBy ?? null;
  return (
    <Stack>
      {entry.state === 'frozen' && <Problem>{t(`limits.frozen.${entry.why}`, { number })}</Problem>}
      {terms && (
        <>
          <Plain>
            {t(writer !== null && people?.has(writer) ? 'limits.inForceBy' : 'limits.inForce', {
              number,
              date: dayAndTime(terms.startsAt),
              name: writer === null ? '' : name(writer),
            })}
          </Plain>
          <AllSentences terms={terms} name={name} />
        </>
      )}
    </Stack>
  );
}

const Section = styled.section`
  padding: 12px 0;
  border-top: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.subtle' })};
`;

const Heading = styled.h2`
  margin: 0;
  font-size: ${({ theme }) => theme.fontSizes.md};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  &:focus:not(:focus-visible) {
    outline: none;
  }
`;
