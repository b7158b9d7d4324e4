import { Button } from '@zendeskgarden/react-buttons';
import { getColor } from '@zendeskgarden/react-theming';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import type { CreditId } from '#domain/ids.ts';
import type { FormText } from '#use-cases/unfinished.ts';
import { unfinishedAsk } from '#use-cases/unfinished-ask.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import { Problem } from '../shared/notice.tsx';
import { all, valueOf } from '../shared/reading.ts';
import { Plain, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { BudgetRegion } from './budget-region.tsx';
import { CreditsRegion } from './credits-region.tsx';
import type { Announce } from './credit-item.tsx';
import { CustomerRegion } from './customer-region.tsx';
import { GuidelinesRegion } from './guidelines-region.tsx';
import { NewCredit } from './new-credit.tsx';
import { UnfinishedNotice } from './unfinished-notice.tsx';
import { useRepair } from './use-repair.ts';
import { type TicketView, useTicket } from './use-ticket.ts';
import { WaitingElsewhere } from './waiting-elsewhere.tsx';
import { useWorld } from './world.ts';

const EMPTY: FormText = { amount: '', reason: '', note: '', exception: '' };

/** One ticket's sidebar: what matters first stands first. */
export function Sidebar() {
  const { t } = useTexts();
  const { context, LimitsRegion, NewCreditForm } = useWorld();
  const view = useTicket();
  const repair = useRepair(view);
  const root = useHeight();
  const opener = useRef<HTMLButtonElement>(null);
  const limitsOpener = useRef<HTMLButtonElement>(null);
  const [form, setForm] = useState<FormText | null>(null);
  const [limitsOpen, setLimitsOpen] = useState(false);
  const [told, setTold] = useState<{ text: string; kind: 'progress' | 'success' } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [newest, setNewest] = useState<CreditId | null>(null);
  const announce: Announce = useCallback((text, kind = 'success') => {
    setTold(text === null ? null : { text, kind });
  }, []);
  const [dismissed, setDismissed] = useState(false);
  const unfinished = useUnfinished(view, repair, dismissed);
  const isAdmin = valueOf(view.people)?.get(context.me)?.role === 'admin';

  const close = (): void => {
    setForm(null);
    // The button comes back with the next render.
    setTimeout(() => opener.current?.focus(), 0);
  };
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
      <BudgetRegion view={view}>
        {form === null && (
          <NewCredit
            ref={opener}
            view={view}
            unfinished={unfinished !== null && unfinished.kind === 'waiting'}
            onOpen={() => {
              announce(null);
              setProblem(null);
              setForm(EMPTY);
            }}
          />
        )}
        {unfinished && form === null && (
          <UnfinishedNotice
            unfinished={unfinished}
            view={view}
            announce={announce}
            onFill={(typed) => {
              setDismissed(true);
              setForm(typed);
            }}
            onDismiss={() => {
              setDismissed(true);
            }}
          />
        )}
        {form !== null && (
          <Suspense fallback={<Skeleton lines={6} />}>
            <NewCreditForm
              view={view}
              initial={form}
              announce={announce}
              onCancel={close}
              onDone={({ credit, problem: notTold }) => {
                setForm(null);
                setProblem(notTold);
                setNewest(credit);
              }}
              onUnknown={() => {
                setDismissed(false);
                announce(null);
                close();
              }}
            />
          </Suspense>
        )}
        <Told role="status" $kind={told?.kind ?? 'progress'}>
          {told?.text}
        </Told>
        {problem !== null && <Problem type="warning">{problem}</Problem>}
        <WaitingElsewhere view={view} />
      </BudgetRegion>
      <CreditsRegion
        view={view}
        repair={repair}
        formOpen={form !== null}
        announce={announce}
        newest={newest}
      />
      <CustomerRegion view={view} />
      <GuidelinesRegion isAdmin={isAdmin} />
      <Foot>
        <Button
          ref={limitsOpener}
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
            announce={announce}
            onClose={() => {
              setLimitsOpen(false);
              limitsOpener.current?.focus();
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}

function useUnfinished(view: TicketView, repair: ReturnType<typeof useRepair>, dismissed: boolean) {
  const { context, host } = useWorld();
  const { typed } = useTexts();
  const facts = all(view.ledger, view.ownSlots, view.journal);
  if (facts.kind !== 'known') return null;
  const [ledger, ownSlots, { at: readAt }] = facts.value;
  const found = unfinishedAsk(
    context.memory,
    host.ticket.id,
    context.me,
    { ledger, readAt, ownSlots, voided: repair.moved },
    typed,
  );
  return found?.kind === 'lost' && dismissed ? null : found;
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

const Told = styled.div<{ $kind: 'progress' | 'success' }>`
  color: ${({ theme, $kind }) =>
    getColor({
      theme,
      variable: $kind === 'success' ? 'foreground.success' : 'foreground.subtle',
    })};
  &:empty {
    /* Keeps its place in the accessibility tree, takes none in the layout. */
    margin-top: -12px;
  }
`;
