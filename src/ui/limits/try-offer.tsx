import { Field, Input, Select } from '@zendeskgarden/react-forms';
import { useState } from 'react';
import { typedAmount } from '#domain/amount-text.ts';
import { fittingGuidelines, type Situation, strengthAgainst } from '#domain/guidelines.ts';
import type { UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import { decide, type Proposal } from '#domain/policy.ts';
import type { Terms } from '#domain/terms.ts';
import type { NextTerms } from '#use-cases/publish-terms.ts';
import { amountProblem } from '../shared/amount-problem.ts';
import { Plain, Quiet, Stack, Strong } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { BandReasons } from '../sidebar/band-reasons.tsx';
import { useSettings } from '../sidebar/use-settings.ts';

interface Typed {
  readonly amount: string;
  readonly reason: string;
  readonly tier: string;
  readonly used: string;
  readonly given: string;
}

const EMPTY: Typed = { amount: '', reason: '', tier: '', used: '', given: '' };

/** A box in which anybody can see what the limits make of an offer. It reads nothing and sends nothing. */
export function TryOffer({
  me,
  terms,
  next,
}: {
  readonly me: UserId;
  readonly terms: Terms | null;
  /** null: the settings would change nothing, or can't be published. */
  readonly next: NextTerms | null;
}) {
  const { t } = useTexts();
  const settings = useSettings();
  const [typed, setTyped] = useState(EMPTY);
  const change = (part: Partial<Typed>): void => {
    setTyped((before) => ({ ...before, ...part }));
  };
  const tiers = new Map(
    [...(terms?.tiers ?? []), ...(next?.tiers ?? [])].map(({ key, name }) => [key, name]),
  );
  const figure = (member: 'amount' | 'used' | 'given', label: string) => (
    <Field>
      <Field.Label>{label}</Field.Label>
      <Input
        isCompact
        inputMode="decimal"
        autoComplete="off"
        value={typed[member]}
        onChange={({ target }) => {
          change({ [member]: target.value });
        }}
      />
    </Field>
  );
  const choice = (
    member: 'reason' | 'tier',
    label: string,
    none: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <Field>
      <Field.Label>{label}</Field.Label>
      <Select
        isCompact
        value={typed[member]}
        onChange={({ target }) => {
          change({ [member]: target.value });
        }}
      >
        <option value="">{none}</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <Stack role="group" aria-label={t('limits.try.title')}>
      <Quiet>{t('limits.try.hint')}</Quiet>
      {figure('amount', t('limits.try.amount'))}
      {choice(
        'reason',
        t('limits.try.reason'),
        t('limits.try.anyReason'),
        (settings?.reasons ?? []).map(({ key, label }) => [key, label]),
      )}
      {tiers.size > 0 && choice('tier', t('limits.try.tier'), t('limits.try.common'), [...tiers])}
      {figure('used', t('limits.try.used'))}
      {figure('given', t('limits.try.given'))}
      {terms && (
        <Outcome title={next ? t('limits.try.now') : null} me={me} terms={terms} typed={typed} />
      )}
      {next && <Outcome title={t('limits.try.next')} me={me} terms={next} typed={typed} />}
    </Stack>
  );
}

function Outcome({
  title,
  me,
  terms,
  typed,
}: {
  readonly title: string | null;
  readonly me: UserId;
  readonly terms: Terms | NextTerms;
  readonly typed: Typed;
}) {
  const texts = useTexts();
  const { t, writing, list } = texts;
  const settings = useSettings();
  const read = (text: string) => typedAmount(text, terms.currency, writing);
  const amount = read(typed.amount);
  if (!amount.ok) {
    return amount.why === 'empty' ? null : (
      <Plain role="status">{amountProblem(amount, terms.currency, texts)}</Plain>
    );
  }
  /** What cannot be read is not known; only an empty box is nothing. */
  const known = (text: string): Minor | null => {
    const value = read(text);
    if (value.ok) return value.minor;
    return value.why === 'empty' ? (0 as Minor) : null;
  };
  const fitting = fittingGuidelines(settings?.guidelines ?? [], {
    ...NOTHING_KNOWN,
    reason: typed.reason === '' ? null : typed.reason,
    amount: amount.minor,
  }).filter((each) => each.against);
  const against = fitting.filter(({ unsure }) => !unsure);
  const maybe = fitting.filter(({ unsure }) => unsure);
  const proposal: Proposal = {
    maker: me,
    amount: { minor: amount.minor, currency: terms.currency },
    exception: against.length > 0,
    leadAdvised: strengthAgainst(against) === 'lead',
    facts: {
      role: 'agent',
      tier: typed.tier === '' ? null : typed.tier,
      budgetUsed: known(typed.used),
      customerUsed: known(typed.given),
    },
    before: { held: 0 as Minor, heldInCapDays: 0 as Minor, declined: false },
  };
  // Number and start bear on no decision; whoever tries is not kept out by the pilot.
  const judged: Terms = { ...terms, number: 1, startsAt: 0 as Instant, pilot: null };
  const decision = decide(proposal, judged);
  return (
    <div role="status">
      {title !== null && <Strong>{title}</Strong>}
      <Plain>
        {decision.band === 'peer'
          ? t('limits.try.band.peer', { count: terms.cosigners })
          : t(`limits.try.band.${decision.band}`)}
      </Plain>
      {decision.band !== 'self' && (
        <BandReasons
          decision={decision}
          terms={judged}
          amountKnown
          overBy={decision.overrun}
          against={against}
        />
      )}
      {decision.band !== 'refused' && maybe.length > 0 && (
        <Quiet>
          {t('limits.try.maybe', { titles: list(maybe.map(({ guideline }) => guideline.title)) })}
        </Quiet>
      )}
    </div>
  );
}

/** What guidelines go by besides reason and amount has no ticket here. */
const NOTHING_KNOWN: Situation = {
  reason: null,
  amount: null,
  ticketTags: null,
  channel: null,
  form: null,
  fields: {},
  customerTags: null,
  organization: null,
  pastCredits: null,
  contact: null,
  now: 0 as Instant,
};
