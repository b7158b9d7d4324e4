import { expect, it } from 'vitest';
import { ticketId, type UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import type { CustomerHistory, TicketSummary } from '#zendesk/helpdesk.ts';
import { type AroundTicket, situationOf } from './situation.ts';

const NOW = Date.UTC(2026, 10, 22) as Instant;
const here = ticketId(1) ?? expect.fail('an id');

const summary = (id: string, more: Partial<TicketSummary> = {}): TicketSummary => ({
  id: ticketId(id) ?? expect.fail('an id'),
  subject: '',
  channel: 'email',
  form: null,
  status: 'open',
  createdAt: NOW,
  updatedAt: NOW,
  tags: ['saved'],
  satisfaction: null,
  ...more,
});

const historyOf = (
  tickets: readonly TicketSummary[],
  { more = false, organization = null as string | null } = {},
): CustomerHistory =>
  ({
    customer: { tags: ['vip'], organization },
    tickets,
    more,
  }) as unknown as CustomerHistory;

const around = (more: Partial<AroundTicket> = {}): AroundTicket => ({
  ticket: here,
  customer: '9' as UserId,
  history: null,
  facts: null,
  customerSlots: null,
  ownSlots: null,
  ledger: null,
  terms: null,
  now: NOW,
  ...more,
});

const typed = { reason: null, amount: 500 as Minor };

it('knows nothing of what was not read', () => {
  expect(situationOf(around(), typed)).toEqual({
    reason: null,
    amount: 500,
    ticketTags: null,
    channel: null,
    form: null,
    fields: {},
    customerTags: null,
    organization: null,
    pastCredits: null,
    contact: null,
    now: NOW,
  });
});

it('takes the page’s word before what is saved', () => {
  const history = historyOf([summary('1', { form: '900' })], { organization: '500' });
  expect(situationOf(around({ history }), typed)).toMatchObject({
    ticketTags: ['saved'],
    channel: 'email',
    form: ['900'],
    customerTags: ['vip'],
    // Its name is not known, and so not whether it is the one that a guideline names.
    organization: null,
  });
  const facts = {
    tags: ['typed'],
    form: ['901', 'Delivery'],
    organization: ['500', 'Acme'],
    fields: { '7': ['gold'] },
  };
  expect(situationOf(around({ history, facts }), typed)).toMatchObject({
    ticketTags: ['typed'],
    form: ['901', 'Delivery'],
    organization: ['500', 'Acme'],
    fields: { '7': ['gold'] },
  });
  const nowhere = historyOf([summary('1')]);
  expect(situationOf(around({ history: nowhere }), typed)).toMatchObject({
    form: [],
    organization: [],
  });
});

it('calls a customer new who has no other ticket', () => {
  const contact = (history: CustomerHistory) => situationOf(around({ history }), typed).contact;
  expect(contact(historyOf([summary('1')]))).toBe('first');
  expect(contact(historyOf([]))).toBe('first');
  expect(contact(historyOf([summary('1'), summary('2')]))).toBe('repeat');
  expect(contact(historyOf([summary('1')], { more: true }))).toBe('repeat');
});
