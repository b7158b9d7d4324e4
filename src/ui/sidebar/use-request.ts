import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CreditId } from '#domain/ids.ts';
import { type Ask, requestCredit, type RequestOutcome } from '#use-cases/request-credit.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { requestRefusedKeys } from '../shared/refusal-keys.ts';
import { type Texts, useTexts } from '../shared/texts.ts';
import type { Announce } from '../shared/status.tsx';
import { rereadJournal, rereadOwnSlots, rereadTerms, showJournal } from './own-writes.ts';
import { useWorld } from './world.ts';

interface Sent {
  readonly ask: Ask;
  readonly asked: readonly Person[];
}

/** Sends the form off, once whatever the clicks, and tells what came of it. */
export function useRequest({
  announce,
  onDone,
  onUnknown,
}: {
  readonly announce: Announce;
  readonly onDone: (done: { readonly credit: CreditId; readonly problem: string | null }) => void;
  readonly onUnknown: () => void;
}) {
  const texts = useTexts();
  const { context, host, shared } = useWorld();
  const client = useQueryClient();
  const busy = useRef(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ticket = host.ticket.id;
  const { mutate, isPending } = useMutation({
    mutationFn: ({ ask }: Sent) => requestCredit(context, ask),
    onSuccess: (outcome, sent) => {
      if (outcome.kind === 'done') {
        showJournal(client, ticket, { audits: outcome.audits, at: context.clock.now() });
        void rereadOwnSlots(client, shared);
        announce(doneText(outcome, sent, texts), 'success', outcome.credit);
        onDone({ credit: outcome.credit.id, problem: notTold(outcome, sent, texts) });
        return;
      }
      announce(null);
      void rereadOwnSlots(client, shared);
      void rereadJournal(client, ticket);
      if (outcome.kind === 'changed') void rereadTerms(client, shared);
      if (outcome.kind === 'unknown') onUnknown();
      else setProblem(problemText(outcome, texts));
    },
    onSettled: (outcome) => {
      // After these the form goes away: until it has, nothing may be sent from it again.
      const isOver = outcome?.kind === 'done' || outcome?.kind === 'unknown';
      busy.current = isOver;
    },
  });
  return {
    isPending,
    problem,
    send: (ask: Ask, asked: readonly Person[]): void => {
      if (busy.current) return;
      busy.current = true;
      setProblem(null);
      announce(texts.t('form.sending'), 'progress');
      mutate({ ask, asked });
    },
  };
}

type Done = Extract<RequestOutcome, { kind: 'done' }>;

function doneText({ credit }: Done, { asked }: Sent, { t, money, list }: Texts): string {
  const values = {
    code: credit.code,
    amount: money(credit.offer.amount.minor, credit.offer.amount.currency),
    people: list(asked.map(({ name }) => name)),
  };
  if (credit.state.kind === 'posted') return t('form.given', values);
  return t(credit.band === 'lead' ? 'form.askedAsLead' : 'form.asked', values);
}

function notTold({ notNotified }: Done, { asked }: Sent, { t, list }: Texts): string | null {
  const people = asked.filter(({ id }) => notNotified.includes(id)).map(({ name }) => name);
  return people.length > 0 ? t('step.notNotified', { people: list(people) }) : null;
}

function problemText(
  outcome: Exclude<RequestOutcome, { kind: 'done' | 'unknown' }>,
  { t }: Texts,
): string {
  switch (outcome.kind) {
    case 'changed':
      return t(`form.changed.${outcome.decision.band}`);
    case 'failed':
      return t('form.failedPrefix', { why: t(`failed.${outcome.code}`) });
    case 'refused': {
      const reasons = outcome.decision?.reasons.map((reason) => t(`bandShort.${reason}`)) ?? [];
      const why = t(requestRefusedKeys[outcome.why], { reasons: reasons.join(', ') });
      return t('form.failedPrefix', { why });
    }
  }
}
