import { Button } from '@zendeskgarden/react-buttons';
import { Checkbox, Field, Input, Select } from '@zendeskgarden/react-forms';
import { getColor } from '@zendeskgarden/react-theming';
import { useEffect, useId, useRef, useState } from 'react';
import styled from 'styled-components';
import { typedAmount as readAmount } from '#domain/amount-text.ts';
import type { CreditId, UserId } from '#domain/ids.ts';
import type { Money } from '#domain/money.ts';
import { strengthAgainst } from '#domain/guidelines.ts';
import { isUsual } from '#domain/precedents.ts';
import { reasonLabel } from '#domain/reason-settings.ts';
import { droppedFrom } from '#use-cases/candidates.ts';
import { heldByCustomer, type Known } from '#use-cases/maker-facts.ts';
import { type FormGap, gapsOf, previewOffer } from '#use-cases/offer-form.ts';
import { similarCredit } from '#use-cases/similar-credit.ts';
import type { FormText } from '#use-cases/unfinished.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { amountProblem } from '../shared/amount-problem.ts';
import { Problem } from '../shared/notice.tsx';
import { all, valueOf } from '../shared/reading.ts';
import { Failed } from '../shared/failed.tsx';
import { Quiet, Row, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { BandReasons } from './band-reasons.tsx';
import { CosignerField } from './cosigner-field.tsx';
import { FormMessage, invalid } from './form-message.tsx';
import { PastCredits } from './past-credits.tsx';
import { SentenceField } from './sentence-field.tsx';
import type { Announce } from '../shared/status.tsx';
import { NOTHING_TYPED, type TypedOffer, useAdvice } from './use-advice.ts';
import { useCandidates } from './use-candidates.ts';
import { useFreshFacts } from './use-fresh-facts.ts';
import { usePastCredits } from './use-past-credits.ts';
import { useRequest } from './use-request.ts';
import { useSettings } from './use-settings.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

export interface NewCreditProps {
  readonly view: TicketView;
  readonly initial: FormText;
  readonly announce: Announce;
  /** What the guidelines beside the form depend on. */
  readonly onTyped: (typed: TypedOffer) => void;
  readonly onCancel: () => void;
  /** `problem`: something went wrong beside the credit itself. */
  readonly onDone: (done: { readonly credit: CreditId; readonly problem: string | null }) => void;
  /** Nobody knows whether it was asked for. */
  readonly onUnknown: () => void;
}

/** The form for a new credit. Its parts are read already; what decides is read once more. */
export default function NewCreditForm(props: NewCreditProps) {
  const { view } = props;
  const { context } = useWorld();
  const facts = all(view.ledger, view.people, view.inForce, view.ownSlots, view.foundSlots);
  const me = valueOf(view.people)?.get(context.me);
  const terms = valueOf(view.inForce)?.terms;
  if (facts.kind === 'failed' || facts.kind === 'reading' || !me || !terms || !view.customerId) {
    return <Skeleton lines={6} />;
  }
  const [ledger, , , ownSlots, customerSlots] = facts.value;
  const { groups, now } = view;
  const known = { me, groups, ownSlots, customerSlots, ledger, terms, now };
  return <OpenForm {...props} known={known} customer={view.customerId} />;
}

function OpenForm({
  view,
  known: read,
  customer,
  initial,
  announce,
  onTyped,
  onCancel,
  onDone,
  onUnknown,
}: NewCreditProps & { readonly known: Known; readonly customer: UserId }) {
  const texts = useTexts();
  const { t, typed, writing } = texts;
  const { context, host } = useWorld();
  const id = useId();
  const [form, setForm] = useState(initial);
  const [ticked, setTicked] = useState(initial.exception !== '');
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const [showGaps, setShowGaps] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const fresh = useFreshFacts();
  const { reasons } = useSettings() ?? NOTHING_OFFERED;
  const { isPending, problem, send } = useRequest({ announce, onDone, onUnknown });

  // What could not be read again is not known any more: it refuses.
  const known: Known = fresh.kind === 'failed' ? { ...read, ownSlots: null } : read;
  const { terms, ownSlots, customerSlots, ledger, now } = known;
  const ticket = host.ticket.id;
  const reason = reasons.find(({ key }) => key === form.reason);
  const typedAmount = readAmount(form.amount, terms.currency, writing);
  const amountTyped = typedAmount.ok ? typedAmount.minor : null;
  const reasonChosen = form.reason === '' ? null : form.reason;
  useEffect(() => {
    onTyped({ reason: reasonChosen, amount: amountTyped });
  }, [onTyped, reasonChosen, amountTyped]);
  useEffect(
    () => () => {
      onTyped(NOTHING_TYPED);
    },
    [onTyped],
  );
  const { fitting, situation } = useAdvice(view, { reason: reasonChosen, amount: amountTyped });
  const against = fitting.filter((each) => each.against);
  const leadAdvised = strengthAgainst(fitting) === 'lead';
  const past = usePastCredits(reasonChosen, terms.currency);
  const range = (past && valueOf(past)?.range) ?? null;
  const unusual = range !== null && amountTyped !== null && !isUsual(range, amountTyped);
  const exceptional = ticked || against.length > 0;
  const offered: FormText = {
    ...form,
    exception: exceptional ? form.exception : '',
    unusual: unusual ? (form.unusual ?? '') : '',
  };
  // It is an exception already, whatever is written so far.
  const judged = { ...offered, exception: exceptional ? offered.exception || '…' : '' };
  const preview = previewOffer(known, judged, { ticket, customer, leadAdvised }, writing);
  const { decision, amount, needed } = preview;
  const { band } = decision;
  const colleagues = useCandidates({
    known: valueOf(view.people) ?? NOBODY,
    leadsOnly: band === 'lead',
    terms,
    makerSlots: ownSlots ?? [],
    maker: context.me,
    customer,
    choosing: amountTyped !== null && needed > 0,
  });
  const candidates = valueOf(colleagues.list) ?? [];
  const named = new Map(colleagues.people.map((person) => [person.id, person]));
  const free = candidates.filter(({ hindrance }) => hindrance === null);
  const asked = chosen.filter(({ id: person }) => free.some((each) => each.person.id === person));
  const gaps = gapsOf(offered, preview, reason, { exception: exceptional, unusual }, asked.length);
  const held = heldByCustomer(
    { found: customerSlots ?? [], own: ownSlots ?? [], ledger, terms, now },
    ticket,
    customer,
  );
  const similar = form.reason === '' ? undefined : similarCredit(held, form.reason, now);
  const missing = (gap: FormGap): boolean => showGaps && gaps.includes(gap);
  const change = (part: Partial<FormText>): void => {
    setForm((before) => ({ ...before, ...part }));
  };
  const nobody =
    band !== 'self' && colleagues.list.kind === 'known' && !colleagues.more && free.length < needed;

  const submit = (): void => {
    if (fresh.kind !== 'fresh' || band === 'refused' || nobody) return;
    if (gaps.length > 0 || !amount.ok) {
      setShowGaps(true);
      // After the messages are there.
      setTimeout(() => {
        element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      }, 0);
      return;
    }
    const money: Money = { minor: amount.minor, currency: terms.currency };
    send(
      {
        ticket,
        customer,
        amount: money,
        reason: form.reason,
        reasonLabel: (locale) => (reason ? reasonLabel(reason, locale) : form.reason),
        note: form.note,
        exception: offered.exception,
        leadAdvised,
        unusual: offered.unusual ?? '',
        needs: { note: reason?.noteRequired === true, exception: exceptional },
        asked: band === 'self' ? [] : asked.map(({ id: person }) => person),
        seenBand: band,
        form: offered,
      },
      asked,
    );
  };

  return (
    <Form
      ref={element}
      noValidate
      aria-labelledby={`${id}title`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack $gap={12}>
        <Title id={`${id}title`}>{t('form.title')}</Title>
        <Field>
          <Field.Label>{t('form.amount')}</Field.Label>
          <Field.Hint>{t('form.amountHint', { currency: terms.currency })}</Field.Hint>
          <Input
            autoFocus
            autoComplete="off"
            inputMode="decimal"
            value={form.amount}
            {...invalid(!amount.ok && (amount.why !== 'empty' || missing('amount')))}
            onChange={({ target }) => {
              change({ amount: target.value });
            }}
          />
          {!amount.ok && (amount.why !== 'empty' || missing('amount')) && (
            <FormMessage text={amountProblem(amount, terms.currency, texts)} />
          )}
        </Field>
        <Field>
          <Field.Label>{t('form.reason')}</Field.Label>
          <Select
            value={form.reason}
            {...invalid(missing('reason'))}
            onChange={({ target }) => {
              const next = reasons.find(({ key }) => key === target.value);
              const untouched =
                form.amount === '' ||
                (reason?.suggested && form.amount === typed(reason.suggested, terms.currency));
              change({
                reason: target.value,
                ...(untouched && next?.suggested
                  ? { amount: typed(next.suggested, terms.currency) }
                  : {}),
              });
            }}
          >
            <option value="" disabled>
              {t('form.reasonChoose')}
            </option>
            {reasons.map((each) => (
              <option key={each.key} value={each.key}>
                {each.label}
              </option>
            ))}
          </Select>
          {missing('reason') && <FormMessage text={t('form.reasonMissing')} />}
        </Field>
        {similar && (
          <Quiet>
            {t('form.similar', {
              amount: texts.money(similar.amount, terms.currency),
              when: texts.relative(similar.at, now),
              reason: reason?.label ?? form.reason,
            })}
          </Quiet>
        )}
        {past && reasonChosen !== null && (
          <PastCredits
            past={past}
            reason={reason?.label ?? reasonChosen}
            currency={terms.currency}
            compared={{
              amount: amountTyped,
              ticketTags: situation.ticketTags ?? [],
              customerTags: situation.customerTags ?? [],
            }}
            people={named}
            now={now}
          />
        )}
        {unusual && range && (
          <SentenceField
            label={t('form.unusual')}
            hint={t('form.unusualHint', {
              reason: reason?.label ?? form.reason,
              low: texts.money(range.low, terms.currency),
              high: texts.money(range.high, terms.currency),
            })}
            value={form.unusual ?? ''}
            missing={missing('unusual') ? t('form.unusualMissing') : null}
            onChange={(sentence) => {
              change({ unusual: sentence });
            }}
          />
        )}
        <SentenceField
          label={t('form.note')}
          hint={t('form.noteHint')}
          value={form.note}
          missing={missing('note') ? t('form.noteMissing') : null}
          onChange={(note) => {
            change({ note });
          }}
        />
        {against.length === 0 && (
          <Field>
            <Checkbox
              checked={ticked}
              onChange={({ target }) => {
                setTicked(target.checked);
              }}
            >
              <Field.Label isRegular>{t('form.exceptional')}</Field.Label>
            </Checkbox>
          </Field>
        )}
        {exceptional && (
          <SentenceField
            label={t('form.exception')}
            hint={t('form.exceptionHint')}
            value={form.exception}
            missing={missing('exception') ? t('form.exceptionMissing') : null}
            onChange={(exception) => {
              change({ exception });
            }}
          />
        )}
        {(band === 'peer' || band === 'lead') && (
          <Stack>
            {colleagues.list.kind === 'failed' && (
              <Failed what={t('form.cosignersFailed')} {...colleagues.list} />
            )}
            {nobody ? (
              <Problem>{t(band === 'lead' ? 'form.nobodyLead' : 'form.nobody')}</Problem>
            ) : (
              <CosignerField
                candidates={candidates}
                asked={asked}
                dropped={droppedFrom(chosen, candidates, band === 'lead')}
                enough={needed}
                more={colleagues.more}
                searching={colleagues.searching}
                onType={colleagues.search}
                isSettled={colleagues.isSettled}
                hint={
                  band === 'lead'
                    ? t('form.leadNeeded')
                    : t('form.cosignerNeeded', { count: needed })
                }
                problem={
                  !missing('cosigners')
                    ? null
                    : asked.length === 0
                      ? t('form.cosignerNone')
                      : t('form.cosignerMissing', { count: needed - asked.length })
                }
                onAdd={(person) => {
                  setChosen([...chosen, person]);
                }}
                onRemove={(person) => {
                  setChosen(chosen.filter((each) => each.id !== person.id));
                }}
              />
            )}
          </Stack>
        )}
        <BandReasons
          against={against}
          decision={decision}
          terms={terms}
          amountKnown={amount.ok}
          overBy={decision.overrun}
        />
        {fresh.kind === 'failed' && <Failed what={t('budget.failed')} {...fresh} />}
        {problem !== null && <Problem>{problem}</Problem>}
        {fresh.kind === 'reading' && <Quiet>{t('form.readingNow')}</Quiet>}
        <Row>
          {band !== 'refused' && !nobody && (
            <Button type="submit" isPrimary disabled={isPending || fresh.kind !== 'fresh'}>
              {t(`form.submit.${band}`)}
            </Button>
          )}
          <Button isBasic onClick={onCancel} disabled={isPending}>
            {t('action.cancel')}
          </Button>
        </Row>
      </Stack>
    </Form>
  );
}

const NOBODY: ReadonlyMap<UserId, Person> = new Map();

const NOTHING_OFFERED = { reasons: [] };

const Form = styled.form`
  padding: 12px;
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
  border-radius: ${({ theme }) => theme.borderRadii.md};
`;

const Title = styled.h3`
  margin: 0;
  font-size: ${({ theme }) => theme.fontSizes.md};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;
