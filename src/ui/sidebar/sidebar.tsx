import { Suspense, useEffect, useRef } from 'react';
import styled from 'styled-components';
import { HelpdeskError } from '#zendesk/errors.ts';
import { valueOf } from '../shared/reading.ts';
import { Skeleton } from '../shared/region.tsx';
import { BudgetRegion } from './budget-region.tsx';
import { PauseNotice } from './pause-notice.tsx';
import { useTicket } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** One ticket's sidebar: what matters first stands first, and is there first. */
export function Sidebar() {
  const { context, Outdated, TicketParts } = useWorld();
  const view = useTicket();
  const root = useHeight();
  const isAdmin = valueOf(view.people)?.get(context.me)?.role === 'admin';
  return (
    <Page ref={root}>
      {view.outdated instanceof HelpdeskError && (
        <Suspense>
          <Outdated code={view.outdated.code} retry={view.refresh} />
        </Suspense>
      )}
      <PauseNotice shown={view.shown} />
      <Suspense fallback={<Skeleton lines={3} />}>
        <BudgetRegion view={view} />
      </Suspense>
      <Suspense fallback={<Skeleton lines={8} />}>
        <TicketParts view={view} isAdmin={isAdmin} />
      </Suspense>
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
