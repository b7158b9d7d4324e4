import { Suspense, useCallback, useRef, useState } from 'react';
import styled from 'styled-components';
import type { CreditId } from '#domain/ids.ts';
import { unfinishedAsk } from '#use-cases/unfinished-ask.ts';
import type { FormText } from '#use-cases/unfinished.ts';
import { Problem } from '../shared/notice.tsx';
import { all } from '../shared/reading.ts';
import { Revealed, Skeleton, Stack } from '../shared/region.tsx';
import { type Announce, Status, type Told } from '../shared/status.tsx';
import { useTexts } from '../shared/texts.ts';
import { CreditsRegion } from './credits-region.tsx';
import { CustomerRegion } from './customer-region.tsx';
import { GuidelinesRegion } from './guidelines-region.tsx';
import { LimitsFoot } from './limits-foot.tsx';
import { NewCredit } from './new-credit.tsx';
import { NOTHING_TYPED, type TypedOffer } from './use-advice.ts';
import { UnfinishedNotice } from './unfinished-notice.tsx';
import { useRepair } from './use-repair.ts';
import { parts, useRevealed } from './use-revealed.ts';
import type { TicketView } from './use-ticket.ts';
import { WaitingElsewhere } from './waiting-elsewhere.tsx';
import { useWorld } from './world.ts';

const EMPTY: FormText = { amount: '', reason: '', note: '', exception: '' };

/** Lines of the skeleton that stands for all that cannot be seen yet. */
const REST = 8;

export interface TicketPartsProps {
  readonly view: TicketView;
  readonly isAdmin: boolean;
}

/** What stands below the budget: the new credit, this ticket's credits, the customer, the guidelines. */
export default function TicketParts({ view, isAdmin }: TicketPartsProps) {
  const { NewCreditForm } = useWorld();
  const repair = useRepair(view);
  const opener = useRef<HTMLButtonElement>(null);
  const [form, setForm] = useState<FormText | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [newest, setNewest] = useState<CreditId | null>(null);
  const [dismissed, setDismissed] = useState(false);
  const [typed, setTyped] = useState<TypedOffer>(NOTHING_TYPED);
  const revealed = useRevealed(view);
  const unfinished = useUnfinished(view, repair, dismissed);
  const announce: Announce = useCallback((text, kind = 'success', about) => {
    setTold(text === null ? null : { text, kind, about });
  }, []);
  const close = (): void => {
    setForm(null);
    // The button comes back with the next render.
    setTimeout(() => opener.current?.focus(), 0);
  };
  return (
    <>
      <Top $gap={12} hidden={revealed < parts.top}>
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
              onTyped={setTyped}
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
        <Status told={told && isPast(told, view) ? null : told} />
        {problem !== null && <Problem type="warning">{problem}</Problem>}
        <WaitingElsewhere view={view} />
      </Top>
      <Revealed value={revealed >= parts.credits}>
        <CreditsRegion
          view={view}
          repair={repair}
          formOpen={form !== null}
          announce={announce}
          newest={newest}
        />
      </Revealed>
      <Revealed value={revealed >= parts.customer}>
        <CustomerRegion view={view} />
      </Revealed>
      <Revealed value={revealed >= parts.guidelines}>
        <GuidelinesRegion view={view} typed={typed} isAdmin={isAdmin} />
      </Revealed>
      {revealed >= parts.foot ? (
        <LimitsFoot view={view} isAdmin={isAdmin} />
      ) : (
        // Another one each time: what is new has not moved.
        <Skeleton key={revealed} lines={REST - revealed} />
      )}
    </>
  );
}

function useUnfinished(view: TicketView, repair: ReturnType<typeof useRepair>, dismissed: boolean) {
  const { context, host } = useWorld();
  const { typed } = useTexts();
  const facts = all(view.ledger, view.ownSlots, view.journal);
  if (facts.kind !== 'known') return null;
  const [ledger, ownSlots, { at: readAt }] = facts.value;
  const found = unfinishedAsk(
    context,
    host.ticket.id,
    { ledger, readAt, ownSlots, voided: repair.moved },
    typed,
  );
  return found?.kind === 'lost' && dismissed ? null : found;
}

function isPast({ about }: Told, { ledger }: TicketView): boolean {
  if (!about || ledger.kind !== 'known') return false;
  const now = ledger.value.credits.find(({ id }) => id === about.id);
  return now !== undefined && now.timeline.length > about.timeline.length;
}

const Top = styled(Stack)`
  padding-bottom: 12px;
  &[hidden] {
    display: none;
  }
`;
