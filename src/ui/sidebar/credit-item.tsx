import { Button } from '@zendeskgarden/react-buttons';
import { getColor } from '@zendeskgarden/react-theming';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { pairCount } from '#domain/budget.ts';
import { type StepRefusal, type Steps, stepsFor } from '#domain/checkers.ts';
import { type Credit, type CreditStatus, statusOf } from '#domain/credit.ts';
import type { Ledger } from '#domain/fold.ts';
import type { UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { requirementUnder } from '#domain/requirement.ts';
import type { Slot } from '#domain/slot.ts';
import type { TermsEntry } from '#domain/terms.ts';
import type { BudgetDoubt } from '#use-cases/budget-doubts.ts';
import { colleague } from '#use-cases/colleague.ts';
import { leadsToAsk } from '#use-cases/leads-to-ask.ts';
import type { Step } from '#use-cases/take-step.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { Problem } from '../shared/notice.tsx';
import { stepRefusedKeys } from '../shared/refusal-keys.ts';
import { Between, Plain, Quiet, Row, Skeleton, Stack } from '../shared/region.tsx';
import type { Announce } from '../shared/status.tsx';
import { useTexts } from '../shared/texts.ts';
import { MentionInComposer, SentenceForCustomer } from './composer-actions.tsx';
import { CreditTimeline } from './credit-timeline.tsx';
import { Doubts } from './doubts.tsx';
import { GivenLately } from './given-lately.tsx';
import { tellStep } from './step-outcome.ts';
import { useNames } from './use-people.ts';
import { useReasonLabel } from './use-settings.ts';
import { useStep } from './use-step.ts';
import { useWorld } from './world.ts';

/** What a credit is judged by on the screen; every step judges it anew. */
export interface CreditSurroundings {
  readonly ledger: Ledger;
  readonly people: ReadonlyMap<UserId, Person>;
  readonly inForce: TermsEntry | undefined;
  readonly customer: UserId | null;
  readonly slots: readonly Slot[];
  /** The customer's own record; null while it is not read. */
  readonly profile: Person | null;
  readonly now: Instant;
  /** While a new credit is being written, nothing here has a name of the form's. */
  readonly formOpen: boolean;
}

/** One credit of the ticket: what it is, what became of it, and what the viewer may do. */
export function CreditItem({
  credit,
  around,
  announce,
  isNewest,
}: {
  readonly credit: Credit;
  readonly around: CreditSurroundings;
  readonly announce: Announce;
  readonly isNewest: boolean;
}) {
  const texts = useTexts();
  const { t, money, relative, dayAndTime, list } = texts;
  const { context, AskOther, ReasonForm } = useWorld();
  const label = useReasonLabel();
  const name = useNames(around.people);
  const heading = useRef<HTMLHeadingElement>(null);
  const chosen = useRef<readonly Person[]>([]);
  const acted = useRef(false);
  useEffect(() => {
    if (isNewest) heading.current?.focus();
  }, [isNewest]);
  const [problem, setProblem] = useState<string | null>(null);
  const [doubts, setDoubts] = useState<readonly BudgetDoubt[]>([]);
  const [asking, setAsking] = useState<'ask' | 'decline' | 'reverse' | null>(null);
  const { isPending, take } = useStep(credit, around.people, (step, outcome) => {
    // Whom the ticket never named before is known from having been chosen.
    const called = (id: UserId): string =>
      chosen.current.find((person) => person.id === id)?.name ?? name(id);
    const told = tellStep(step, outcome, credit, called, texts);
    announce(told.success, 'success', outcome.kind === 'done' ? outcome.credit : undefined);
    setProblem(told.problem);
    setDoubts(outcome.kind === 'doubtful' ? outcome.doubts : []);
    setAsking(null);
    acted.current = true;
    heading.current?.focus();
  });
  useEffect(() => {
    // The button that was pressed is gone only now, and the focus with it.
    if (acted.current) heading.current?.focus();
    acted.current = false;
  }, [credit.timeline.length]);
  const stopAsking = (): void => {
    setAsking(null);
    heading.current?.focus();
  };
  const act = (step: Step): void => {
    if (!take(step)) return;
    setProblem(null);
    announce(t('step.sending'), 'progress');
  };

  const me = around.people.get(context.me);
  const steps = me && stepsOf(credit, me, around);
  const leads = around.inForce?.terms
    ? leadsToAsk(credit, around.inForce.terms, around.people)
    : [];
  const { offer, code } = credit;
  const mayAskOther = steps?.ask.may === true && !around.formOpen && steps.ask;
  const waits = credit.state.kind === 'open' && credit.offer.maker === context.me;
  const mayAskLead = steps?.askLead.may === true && !around.formOpen && leads.length > 0;
  return (
    <Item>
      <Stack $gap={6}>
        <Between>
          <Heading ref={heading} tabIndex={-1}>
            <bdi>{money(offer.amount.minor, offer.amount.currency)}</bdi> <Code>{code}</Code>
          </Heading>
          <StatusTag credit={credit} around={around} />
        </Between>
        <Plain>
          <bdi>{label(offer.reason)}</bdi>
          {offer.note !== '' && (
            <>
              {': '}
              <bdi>{offer.note}</bdi>
            </>
          )}
        </Plain>
        {offer.exception !== '' && (
          <Quiet>{t('credits.exception', { text: offer.exception })}</Quiet>
        )}
        <CreditTimeline credit={credit} name={name} now={around.now} />
        {credit.state.kind === 'open' && (
          <Quiet title={dayAndTime(credit.expiresAt)}>
            {t('credits.expires', { when: relative(credit.expiresAt, around.now) })}
          </Quiet>
        )}
        {credit.stricterThanClaimed && <Quiet>{t('credits.stricter')}</Quiet>}
        {steps?.approve.may && <GivenLately credit={credit} around={around} />}
        {steps && <WhyNot credit={credit} steps={steps} me={context.me} />}
        {mayAskLead && (
          <Quiet>
            {t('credits.willAsk', { people: list(leads.map(({ name: called }) => called)) })}
          </Quiet>
        )}
        {steps && asking === null && (
          <Row>
            {steps.approve.may && doubts.length === 0 && (
              <Action primary disabled={isPending} onClick={() => act({ type: 'approve' })}>
                {t('action.approve')}
              </Action>
            )}
            {steps.decline.may && (
              <Action disabled={isPending} onClick={() => setAsking('decline')}>
                {t('action.decline')}
              </Action>
            )}
            {steps.withdraw.may && (
              <Action disabled={isPending} onClick={() => act({ type: 'withdraw' })}>
                {t('action.withdraw')}
              </Action>
            )}
            {mayAskLead && (
              <Action
                disabled={isPending}
                onClick={() => act({ type: 'ask', lead: true, asked: leads.map(({ id }) => id) })}
              >
                {t('action.askLead')}
              </Action>
            )}
            {mayAskOther && around.inForce?.terms && (
              <Action disabled={isPending} onClick={() => setAsking('ask')}>
                {t('action.askOther')}
              </Action>
            )}
            {steps.reverse.may && (
              <Action disabled={isPending} onClick={() => setAsking('reverse')}>
                {t('action.reverse')}
              </Action>
            )}
          </Row>
        )}
        {asking === 'ask' && mayAskOther && around.inForce?.terms && (
          <Suspense fallback={<Skeleton lines={3} />}>
            <AskOther
              credit={credit}
              terms={around.inForce.terms}
              people={around.people}
              makerSlots={slotsOfMaker(credit, around)}
              leadsOnly={mayAskOther.lead}
              missing={missingOf(credit, around)}
              disabled={isPending}
              onAsk={(asked) => {
                chosen.current = asked;
                act({ type: 'ask', lead: mayAskOther.lead, asked: asked.map(({ id }) => id) });
              }}
              onCancel={stopAsking}
            />
          </Suspense>
        )}
        {(asking === 'decline' || asking === 'reverse') && (
          <Suspense fallback={<Skeleton lines={2} />}>
            <ReasonForm
              confirm={t(`action.${asking}Confirm`, { code })}
              hint={asking === 'decline' ? t('step.declineHint') : null}
              disabled={isPending}
              onConfirm={(reason) => act({ type: asking, reason })}
              onCancel={stopAsking}
            />
          </Suspense>
        )}
        {waits && asking === null && (
          <MentionInComposer credit={credit} name={name} announce={announce} />
        )}
        {credit.state.kind === 'posted' &&
          around.profile?.id === offer.customer &&
          !around.ledger.closed && (
            <SentenceForCustomer credit={credit} customer={around.profile} announce={announce} />
          )}
        {problem !== null && <Problem>{problem}</Problem>}
        {doubts.length > 0 && steps?.approve.may === true && (
          <Doubts
            credit={credit}
            doubts={doubts}
            maker={name(offer.maker)}
            disabled={isPending}
            onApprove={() => act({ type: 'approve', despite: true })}
          />
        )}
      </Stack>
    </Item>
  );
}

const stepsOf = (credit: Credit, me: Person, around: CreditSurroundings): Steps =>
  stepsFor(credit, colleague(me), {
    customer: around.customer,
    closed: around.ledger.closed,
    inForce: around.inForce,
    now: around.now,
    pairCount: pairCount(slotsOfMaker(credit, around), me.id),
  });

const slotsOfMaker = ({ offer }: Credit, { slots }: CreditSurroundings): readonly Slot[] =>
  slots.filter(({ key }) => key.maker === offer.maker);

const neededOf = (credit: Credit, { inForce }: CreditSurroundings): number =>
  inForce?.terms ? requirementUnder(inForce.terms, credit).needed : credit.needed;

/** One lead is always enough. */
const missingOf = (credit: Credit, around: CreditSurroundings): number =>
  statusOf(credit) === 'waiting-lead' ? 1 : neededOf(credit, around) - credit.signatures.length;

function Action({
  children,
  primary = false,
  disabled,
  onClick,
}: {
  readonly children: ReactNode;
  readonly primary?: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}) {
  return (
    <Button size="small" isPrimary={primary} disabled={disabled} onClick={onClick}>
      {children}
    </Button>
  );
}

/** Why a button is not there, for those who might look for it. */
function WhyNot({
  credit,
  steps,
  me,
}: {
  readonly credit: Credit;
  readonly steps: Steps;
  readonly me: UserId;
}) {
  const { t } = useTexts();
  const whys: StepRefusal[] = [];
  const note = (step: { readonly may: boolean; readonly why?: StepRefusal }): void => {
    if (!step.may && step.why && !whys.includes(step.why)) whys.push(step.why);
  };
  if (credit.state.kind === 'open' || credit.frozen) {
    note(steps.approve);
    if (steps.approve.may) note(steps.decline);
  } else if (credit.state.kind === 'posted' && (credit.offer.maker === me || !steps.reverse.may)) {
    const { reverse } = steps;
    if (!reverse.may && reverse.why !== 'not-maker') note(reverse);
  }
  return whys.map((why) => <Quiet key={why}>{t(stepRefusedKeys[why])}</Quiet>);
}

type Tone = 'warning' | 'success' | 'danger' | 'neutral';

const tones: Readonly<Record<CreditStatus, Tone>> = {
  'waiting-cosign': 'warning',
  'waiting-lead': 'warning',
  posted: 'success',
  declined: 'danger',
  withdrawn: 'neutral',
  expired: 'neutral',
  reversed: 'neutral',
  'to-affirm': 'warning',
  'newer-version': 'warning',
};

function StatusTag({
  credit,
  around,
}: {
  readonly credit: Credit;
  readonly around: CreditSurroundings;
}) {
  const { t } = useTexts();
  const status = statusOf(credit);
  const needed = neededOf(credit, around);
  const signed = credit.signatures.length;
  return (
    <Tag $tone={tones[status]}>
      {status === 'waiting-cosign' && signed > 0
        ? t('status.waiting-cosign-part', { signed, needed })
        : t(`status.${status}`)}
    </Tag>
  );
}

const Item = styled.li`
  padding: 10px;
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
  border-radius: ${({ theme }) => theme.borderRadii.md};
`;

/** Garden's tag cuts long text off; a status is read whole. */
const Tag = styled.span<{ $tone: Tone }>`
  padding: 0 6px;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  border: 1px solid
    ${({ theme, $tone }) =>
      getColor({ theme, variable: $tone === 'neutral' ? 'border.default' : `border.${$tone}` })};
  background: ${({ theme, $tone }) =>
    getColor({
      theme,
      variable: $tone === 'neutral' ? 'background.subtle' : `background.${$tone}`,
    })};
  color: ${({ theme, $tone }) =>
    getColor({
      theme,
      variable: $tone === 'neutral' ? 'foreground.default' : `foreground.${$tone}`,
    })};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: ${({ theme }) => theme.lineHeights.sm};
`;

const Heading = styled.h3`
  margin: 0;
  font-size: ${({ theme }) => theme.fontSizes.md};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  &:focus:not(:focus-visible) {
    outline: none;
  }
`;

/** Runs from left to right beside an amount in any language. */
const Code = styled.bdi`
  font-family: ${({ theme }) => theme.fonts.mono};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  font-weight: ${({ theme }) => theme.fontWeights.regular};
`;
