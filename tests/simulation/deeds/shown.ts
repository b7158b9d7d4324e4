import type { Credit } from '#domain/credit.ts';
import type { Audit } from '#domain/audit.ts';
import type { RequestOutcome } from '#use-cases/request-credit.ts';
import type { StepOutcome } from '#use-cases/take-step.ts';
import type { Outcome } from '../checker/told.ts';

/** The app's word for a credit's state, in the checker's words. */
export function lifeShown({ state, frozen }: Credit): string {
  if (frozen) return 'frozen';
  if (state.kind === 'void') return state.why;
  if (state.kind === 'reversed') return state.late ? 'reversed-late' : 'reversed';
  return state.kind;
}

const lastOf = (audits: readonly Audit[]): number => Number(audits.at(-1)?.id ?? 0);

export function outcomeOf(outcome: RequestOutcome | StepOutcome): Outcome {
  switch (outcome.kind) {
    case 'done':
      return {
        kind: 'done',
        credit: outcome.credit.id,
        shows: lifeShown(outcome.credit),
        upTo: lastOf(outcome.audits),
        notNotified: outcome.notNotified,
        ...('slotMoved' in outcome ? { slotMoved: outcome.slotMoved } : {}),
      };
    case 'refused':
      return { kind: 'refused', why: outcome.why };
    case 'failed':
      return { kind: 'failed', why: outcome.code };
    case 'changed':
    case 'unknown':
    case 'doubtful':
      return { kind: outcome.kind };
  }
}
