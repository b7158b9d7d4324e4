import { describe, expect, it } from 'vitest';
import type { Credit } from '#domain/credit.ts';
import type { Ledger } from '#domain/fold.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Slot, SlotStatus } from '#domain/slot.ts';
import { pastCredits } from './past-credits.ts';

const now = 10_000 as Instant;
const here = '7' as TicketId;
const customer = '1' as UserId;

const slot = (credit: string, status: SlotStatus, more: object = {}, updatedAt = 0): Slot =>
  ({
    createdAt: 100,
    updatedAt,
    fields: {
      credit,
      status,
      ticket: '8',
      customer,
      amount: 2500,
      currency: 'USD',
      reason: 'late',
      expiresAt: now + 1,
      ...more,
    },
  }) as unknown as Slot;

const list = (found: readonly Slot[], own: readonly Slot[] = [], credits: readonly Credit[] = []) =>
  pastCredits({ found, own, ledger: { credits } as unknown as Ledger, now }, here, customer);

describe('the credits of a customer', () => {
  it.each([
    ['reserved', 'waiting'],
    ['posted', 'posted'],
    ['void', 'not-given'],
    ['reversed', 'reversed'],
    ['reversed-late', 'reversed'],
  ] as const)('whose slot is %s is %s', (status, outcome) => {
    expect(list([slot('a', status)])[0]?.outcome).toBe(outcome);
  });

  it('that nobody decided in time was not given, though its slot still waits', () => {
    expect(list([slot('a', 'reserved', { expiresAt: now })])[0]?.outcome).toBe('not-given');
  });

  it('are told by whichever was written last, the search or the own slots', () => {
    const old = slot('a', 'reserved');
    const fresh = slot('a', 'posted', {}, 5);
    expect(list([old], [fresh]).map(({ outcome }) => outcome)).toEqual(['posted']);
    expect(list([fresh], [old]).map(({ outcome }) => outcome)).toEqual(['posted']);
  });

  it('leave out other customers, and take this ticket from its journal', () => {
    const credit = {
      id: 'c',
      offer: { ticket: here, customer, amount: { minor: 500, currency: 'USD' }, reason: 'kind' },
      requestedAt: 9_000,
      expiresAt: now + 1,
      state: { kind: 'open' },
      frozen: null,
    } as unknown as Credit;
    const found = [
      slot('other', 'posted', { customer: '2' }),
      slot('c', 'posted', { ticket: here }),
      slot('a', 'posted'),
    ];
    expect(list(found, [], [credit]).map((one) => [one.credit, one.outcome])).toEqual([
      ['c', 'waiting'],
      ['a', 'posted'],
    ]);
    const frozen = { ...credit, frozen: 'newer-version' } as Credit;
    expect(list([], [], [frozen])[0]?.outcome).toBe('unknown');
  });
});
