import { Button } from '@zendeskgarden/react-buttons';
import { getColor } from '@zendeskgarden/react-theming';
import { Suspense, useEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { HelpdeskError } from '#zendesk/errors.ts';
import { Problem } from '../shared/notice.tsx';
import { valueOf } from '../shared/reading.ts';
import { Plain, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { BudgetRegion } from './budget-region.tsx';
import { useTicket } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** One ticket's sidebar: what matters first stands first, and is there first. */
export function Sidebar() {
  const { t } = useTexts();
  const { context, LimitsRegion, TicketParts } = useWorld();
  const view = useTicket();
  const root = useHeight();
  const opener = useRef<HTMLButtonElement>(null);
  const [limitsOpen, setLimitsOpen] = useState(false);
  const isAdmin = valueOf(view.people)?.get(context.me)?.role === 'admin';
  return (
    <Page ref={root}>
      {view.outdated instanceof HelpdeskError && (
        <Problem type="warning">
          <Stack>
            <Plain>{t('failed.refresh', { why: t(`failed.${view.outdated.code}`) })}</Plain>
            <div>
              <Button size="small" onClick={view.refresh}>
                {t('action.tryAgain')}
              </Button>
            </div>
          </Stack>
        </Problem>
      )}
      <BudgetRegion view={view} />
      <Suspense fallback={<Skeleton lines={8} />}>
        <TicketParts view={view} isAdmin={isAdmin} />
      </Suspense>
      <Foot>
        <Button
          ref={opener}
          size="small"
          isBasic
          aria-expanded={limitsOpen}
          onClick={() => {
            setLimitsOpen(!limitsOpen);
          }}
        >
          {t('action.limits')}
        </Button>
      </Foot>
      {limitsOpen && (
        <Suspense fallback={<Skeleton lines={6} />}>
          <LimitsRegion
            view={view}
            isAdmin={isAdmin}
            onClose={() => {
              setLimitsOpen(false);
              opener.current?.focus();
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}

/** Tells Zendesk's page how high the sidebar is. */
function useHeight() {
  const { host } = useWorld();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let last = 0;
    const observer = new ResizeObserver(() => {
      const height = Math.ceil(element.getBoundingClientRect().height);
      if (height === last) return;
      last = height;
      host.resize(height);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [host]);
  return root;
}

const Page = styled.div`
  box-sizing: border-box;
  padding: 12px;
  min-width: 0;
`;

const Foot = styled.div`
  padding-top: 8px;
  border-top: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.subtle' })};
`;
