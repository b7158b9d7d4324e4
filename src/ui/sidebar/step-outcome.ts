import type { Credit } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';
import type { Step, StepOutcome } from '#use-cases/take-step.ts';
import { stepRefusedKeys } from '../shared/refusal-keys.ts';
import type { Texts } from '../shared/texts.ts';

/** What a person is told after a step: what happened, or a problem. Doubts are shown by themselves. */
export interface Told {
  readonly success: string | null;
  readonly problem: string | null;
}

/** The sentence for what came of a step. `before`: the credit as the person saw it. */
export function tellStep(
  step: Step,
  outcome: StepOutcome,
  before: Credit,
  name: (id: UserId) => string,
  { t, money, list }: Texts,
): Told {
  const { code, offer } = before;
  const amount = money(offer.amount.minor, offer.amount.currency);
  const problem = (text: string): Told => ({ success: null, problem: text });
  switch (outcome.kind) {
    case 'unknown':
      return problem(t('step.unknown', { code }));
    case 'failed':
      return problem(t('step.failedPrefix', { why: t(`failed.${outcome.code}`) }));
    case 'refused':
      return problem(
        t('step.failedPrefix', { why: t(stepRefusedKeys[outcome.why], { reasons: '' }) }),
      );
    case 'doubtful':
      return { success: null, problem: null };
    case 'done':
      return {
        success: doneText(step, outcome.credit, { code, amount }, name, { t, list }),
        problem:
          outcome.notNotified.length > 0
            ? t('step.notNotified', { people: list(outcome.notNotified.map(name)) })
            : null,
      };
  }
}

function doneText(
  step: Step,
  { state, signatures, needed }: Credit,
  { code, amount }: { readonly code: string; readonly amount: string },
  name: (id: UserId) => string,
  { t, list }: Pick<Texts, 't' | 'list'>,
): string {
  switch (step.type) {
    case 'approve':
      if (state.kind === 'open')
        return t('step.signed', { code, missing: needed - signatures.length });
      return t(state.kind === 'void' ? 'step.approvedTooLate' : 'step.approved', { code, amount });
    case 'decline':
      return t(state.kind === 'void' ? 'step.declinedForGood' : 'step.declined', { code });
    case 'withdraw':
      return t('step.withdrawn', { code });
    case 'ask':
      return t(step.lead ? 'step.askedLead' : 'step.askedAlso', {
        code,
        people: list(step.asked.map(name)),
      });
    case 'reverse':
      return t(state.kind === 'reversed' && state.late ? 'step.reversedLate' : 'step.reversed', {
        code,
      });
  }
}
