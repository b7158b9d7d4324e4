import { describe, expect, it } from 'vitest';
import { ANA, BEN, CLEO, Journal, LEA, onlyCredit, START } from '#tests/support/journal-builder.ts';
import type { Audit } from './audit.ts';
import type { TimelineEntry } from './credit.ts';
import { MINUTE, plus } from './instant.ts';

/** The step that an audit took, as far as its author and audit do not tell it. */
const step = (
  { author: by, at, id: audit }: Audit,
  different: Pick<TimelineEntry, 'type' | 'as'> & Partial<TimelineEntry>,
) => ({ by, at, audit, reason: '', asked: [], ...different });

describe('the life of a credit', () => {
  it('that is given and taken back tells each step, by whom, as what and why', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { note: 'Two weeks late.', asked: [BEN] });
    const ask = journal.ask(ANA, on, { asked: [CLEO] });
    const toLead = journal.ask(BEN, on, { asked: [LEA], lead: true });
    const approved = journal.approve(CLEO, on);
    const reversed = journal.reverse(ANA, on, { reason: 'Wrong customer.' });
    expect(onlyCredit(journal.fold()).timeline).toEqual([
      step(on.audit, { type: 'request', as: 'maker', reason: 'Two weeks late.', asked: [BEN] }),
      step(ask, { type: 'ask', as: 'peer', asked: [CLEO] }),
      step(toLead, { type: 'ask', as: 'lead', asked: [LEA] }),
      step(approved, { type: 'approve', as: 'peer' }),
      step(reversed, { type: 'reverse', as: 'maker', reason: 'Wrong customer.' }),
    ]);
  });

  it('that is declined and withdrawn does so, too', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { asked: [BEN, CLEO] });
    const declined = journal.decline(BEN, on, { reason: 'Too much.' });
    journal.decline(CLEO, on, { reason: 'Too much for me, too.' });
    const withdrawn = journal.withdraw(ANA, on);
    expect(onlyCredit(journal.fold()).timeline).toEqual([
      step(on.audit, { type: 'request', as: 'maker', asked: [BEN, CLEO] }),
      step(declined, { type: 'decline', as: 'peer', reason: 'Too much.' }),
      step(withdrawn, { type: 'withdraw', as: 'maker' }),
    ]);
  });

  it('has a cited reply at its own time, in the audit that cites it', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    const reply = journal.reply(BEN, `approve ${on.code} 25.00`);
    const cited = journal.approve(CLEO, on, { cites: { audit: reply.id } });
    expect([reply.at, cited.at]).toEqual([plus(START, MINUTE), plus(START, 2 * MINUTE)]);
    expect(onlyCredit(journal.fold()).timeline.at(-1)).toEqual({
      ...step(cited, { type: 'approve', as: 'peer' }),
      by: BEN,
      at: reply.at,
    });
  });
});
