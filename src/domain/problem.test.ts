import { describe, expect, it } from 'vitest';
import {
  ANA,
  audit,
  BEN,
  cents,
  CUSTOMER,
  historyOf,
  Journal,
  must,
  named,
  OTHER_CUSTOMER,
  problemCodes,
  START,
  terms,
  ticket,
} from '#tests/support/journal-builder.ts';
import { digestOf } from './canonical.ts';
import { DAY, HOUR, MINUTE, plus } from './instant.ts';
import type { ProblemCode } from './problem.ts';
import { parseSlotKey } from './slot-key.ts';
import type { TermsHistory } from './terms.ts';

const posted = (journal: Journal) => {
  const on = journal.request(ANA);
  journal.approve(BEN, on);
  return on;
};

const next = terms({ number: 2, startsAt: plus(START, HOUR) });
const slotOf = (key: string) => ({ key: must(parseSlotKey(key)), createdAt: START });

/** The shortest journal in which each problem occurs (the type names them all), and the terms if it needs others. */
const examples: Record<ProblemCode, (journal: Journal) => TermsHistory | undefined> = {
  unreadable: (journal) => {
    journal.writeRaw(BEN, 'x');
    return undefined;
  },
  'newer-version': (journal) => {
    journal.writeRaw(BEN, '{"v":2,"events":[]}');
    return undefined;
  },
  'wrong-channel': (journal) => {
    journal.request(ANA, {}, { channel: 'email' });
    return undefined;
  },
  'creates-ticket': (journal) => {
    journal.request(ANA, {}, { creates: true });
    return undefined;
  },
  'no-author': (journal) => {
    journal.request(ANA, {}, { author: null, comment: null });
    return undefined;
  },
  'author-differs': (journal) => {
    journal.request(ANA, {}, { comment: { author: BEN, public: false, text: '' } });
    return undefined;
  },
  'credit-repeated': (journal) => {
    journal.request(ANA, { name: 'one' });
    journal.request(ANA, { name: 'one' });
    return undefined;
  },
  'maker-differs': (journal) => {
    journal.write(BEN, [journal.requestEvent(ANA)]);
    return undefined;
  },
  'other-ticket': (journal) => {
    const event = journal.requestEvent(ANA);
    journal.send({ ...event, offer: { ...event.offer, ticket: ticket(1) } });
    return undefined;
  },
  'other-customer': (journal) => {
    journal.request(ANA, { customer: OTHER_CUSTOMER });
    return undefined;
  },
  'maker-is-customer': (journal) => {
    journal.request(CUSTOMER);
    return undefined;
  },
  'slot-of-other': (journal) => {
    journal.request(ANA, { slot: slotOf('month:2026-11:Etc~UTC:USD/12/1') });
    return undefined;
  },
  'slot-other-period': (journal) => {
    journal.request(ANA, { slot: slotOf('month:2026-10:Etc~UTC:USD/11/1') });
    return undefined;
  },
  'slot-too-old': (journal) => {
    const event = journal.requestEvent(ANA);
    journal.wait(10 * MINUTE);
    journal.send(event);
    return undefined;
  },
  'slot-taken': (journal) => {
    const { event } = journal.request(ANA);
    journal.request(ANA, { slot: event.slot });
    return undefined;
  },
  refused: (journal) => {
    journal.request(ANA, { amount: 50001 });
    return undefined;
  },
  'terms-not-started': (journal) => {
    journal.request(ANA, { terms: named(next) });
    return historyOf(terms(), next);
  },
  'terms-ended': (journal) => {
    journal.wait(2 * HOUR);
    journal.request(ANA);
    return historyOf(terms(), next);
  },
  'terms-unknowable': (journal) => {
    journal.approve(BEN, journal.request(ANA), { terms: { number: 1, digest: digestOf('x') } });
    return undefined;
  },
  'credit-unknown': (journal) => {
    journal.withdraw(ANA, new Journal().request(ANA, { name: 'elsewhere' }));
    return undefined;
  },
  'other-offer': (journal) => {
    journal.approve(BEN, journal.request(ANA), { digest: digestOf('x') });
    return undefined;
  },
  'too-late': (journal) => {
    journal.withdraw(ANA, posted(journal));
    return undefined;
  },
  'checker-is-maker': (journal) => {
    journal.approve(ANA, journal.request(ANA));
    return undefined;
  },
  'checker-is-customer': (journal) => {
    journal.approve(CUSTOMER, journal.request(ANA));
    return undefined;
  },
  'role-unfit': (journal) => {
    journal.approve(BEN, journal.request(ANA), { facts: { role: 'light', pairCount: 0 } });
    return undefined;
  },
  'pair-limit': (journal) => {
    journal.approve(BEN, journal.request(ANA), { facts: { role: 'agent', pairCount: 5 } });
    return undefined;
  },
  'needs-lead': (journal) => {
    journal.approve(BEN, journal.request(ANA, { band: 'lead' }));
    return undefined;
  },
  'not-lead': (journal) => {
    journal.approveAsLead(BEN, journal.request(ANA));
    return undefined;
  },
  'not-asked': (journal) => {
    journal.decline(BEN, journal.request(ANA, { asked: [] }));
    return undefined;
  },
  'not-maker': (journal) => {
    journal.withdraw(BEN, journal.request(ANA));
    return undefined;
  },
  'no-reason': (journal) => {
    journal.decline(BEN, journal.request(ANA), { reason: '' });
    return undefined;
  },
  'overrun-not-named': (journal) => {
    const facts = {
      role: 'agent',
      tier: null,
      budgetUsed: cents(20000),
      customerUsed: cents(0),
    } as const;
    journal.approveAsLead(must(terms().leads[0]), journal.request(ANA, { facts }));
    return undefined;
  },
  'above-hard-limit': (journal) => {
    const lower = { ...next, limits: { ...next.limits, hard: cents(1) } };
    const on = journal.request(ANA);
    journal.wait(2 * HOUR);
    journal.approve(BEN, on, { terms: named(lower) });
    return historyOf(terms(), lower);
  },
  'customer-changed': (journal) => {
    const on = journal.request(ANA);
    journal.change('requester_id', OTHER_CUSTOMER);
    journal.approve(BEN, on);
    return undefined;
  },
  'hold-over': (journal) => {
    const on = posted(journal);
    journal.wait(DAY);
    journal.reverse(ANA, on);
    return undefined;
  },
  'not-posted': (journal) => {
    journal.reverse(ANA, journal.request(ANA));
    return undefined;
  },
  'reply-missing': (journal) => {
    const on = journal.request(ANA);
    journal.approve(BEN, on, { cites: { audit: audit(999_999) } });
    return undefined;
  },
  'reply-not-private': (journal) => {
    const on = journal.request(ANA);
    const text = `approve ${on.code} 25.00`;
    const reply = journal.reply(BEN, text, { comment: { author: BEN, public: true, text } });
    journal.approve(BEN, on, { cites: { audit: reply.id } });
    return undefined;
  },
  'reply-differs': (journal) => {
    const on = journal.request(ANA);
    journal.approve(BEN, on, { cites: { audit: journal.reply(BEN, 'ok').id } });
    return undefined;
  },
};

describe('every problem', () => {
  it.each(Object.entries(examples))(
    '%s is named, once, with the audit and its author',
    (code, write) => {
      const journal = new Journal();
      const ledger = journal.fold(write(journal));
      expect(problemCodes(ledger)).toEqual([code]);
      const [problem] = ledger.problems;
      const written = journal.audits.find(({ id }) => id === problem?.audit);
      expect(problem).toMatchObject({ at: written?.at, by: written?.author });
    },
  );
});
