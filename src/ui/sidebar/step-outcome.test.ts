import { describe, expect, it } from 'vitest';
import type { TermsHistory } from '#domain/terms.ts';
import type { StepOutcome } from '#use-cases/take-step.ts';
import {
  ANA,
  BEN,
  CLEO,
  historyOf,
  Journal,
  onlyCredit,
  terms,
} from '#tests/support/journal-builder.ts';
import { createTexts } from '../shared/texts.ts';
import { tellStep } from './step-outcome.ts';

const texts = createTexts((key) => key, 'en', 'en-US');

/** The key of what the approver is told about the credit as it became. */
function toldApprover(journal: Journal, history: TermsHistory): string | null {
  const ledger = journal.fold(history);
  const credit = onlyCredit(ledger);
  const outcome: StepOutcome = {
    kind: 'done',
    credit,
    ledger,
    audits: journal.audits,
    notNotified: [],
    slotMoved: true,
  };
  return tellStep({ type: 'approve' }, outcome, credit, String, texts).success;
}

describe('after an approval that counts', () => {
  const two = terms({ cosigners: 2 });
  const history = historyOf(two);
  const asked = () => {
    const journal = new Journal(two);
    const on = journal.request(ANA, { asked: [BEN, CLEO] });
    journal.approve(BEN, on);
    return { journal, on };
  };

  it('the approver is told how many are missing while it waits', () => {
    const { journal } = asked();
    expect(toldApprover(journal, history)).toBe('step.signed');
  });

  it('the approver is not told that money is posted when the maker withdrew meanwhile', () => {
    const { journal, on } = asked();
    journal.withdraw(ANA, on);
    expect(toldApprover(journal, history)).toBe('step.approvedTooLate');
  });
});
