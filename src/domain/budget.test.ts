import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  cents,
  CLEO,
  credit,
  CUSTOMER,
  money,
  START,
  TICKET,
  zone,
} from '#tests/support/journal-builder.ts';
import {
  budgetFrom,
  missingSlotNumbers,
  nextSlotKeys,
  nextSlotNumber,
  pairCount,
  SLOT_PAGE,
  usedBefore,
} from './budget.ts';
import { periodKeyAt } from './period.ts';
import type { RecordId, Slot, SlotFields, SlotStatus } from './slot.ts';
import { parseSlotKey } from './slot-key.ts';

const PERIOD = periodKeyAt(START, {
  kind: 'month',
  timeZone: zone('Etc/UTC'),
  currency: money('USD'),
});

const slot = (number: number, fields: Partial<SlotFields> = {}): Slot => ({
  record: `01J${String(number)}` as RecordId,
  key: { period: PERIOD, maker: ANA, number },
  createdAt: START,
  updatedAt: START,
  createdBy: ANA,
  updatedBy: ANA,
  fields: {
    credit: credit(`slot-${String(number)}`),
    ticket: TICKET,
    maker: ANA,
    customer: CUSTOMER,
    asked: [],
    signers: [],
    amount: cents(1000),
    currency: money('USD'),
    reason: 'late-delivery',
    tags: [],
    status: 'reserved',
    band: 'peer',
    exception: false,
    terms: 1,
    expiresAt: START,
    ...fields,
  },
});

const statuses = ['reserved', 'posted', 'void', 'reversed', 'reversed-late'] as const;

describe('a budget', () => {
  it.each<[SlotStatus, number, number]>([
    ['reserved', 0, 1000],
    ['posted', 1000, 0],
    ['void', 0, 0],
    ['reversed', 0, 0],
    ['reversed-late', 1000, 0],
  ])('counts a slot that is %s as %i posted and %i reserved', (status, posted, reserved) => {
    const budget = budgetFrom(cents(20000), [slot(1, { status })]);
    expect(budget).toEqual({
      limit: 20000,
      posted,
      reserved,
      left: 20000 - posted - reserved,
      over: 0,
    });
  });

  it('is whole without slots', () => {
    expect(budgetFrom(cents(20000), [])).toMatchObject({ posted: 0, reserved: 0, left: 20000 });
  });

  it('below zero has nothing left and says by how much it is over', () => {
    const slots = [
      slot(1, { amount: cents(15000), status: 'posted' }),
      slot(2, { amount: cents(6000) }),
    ];
    expect(budgetFrom(cents(20000), slots)).toMatchObject({ left: 0, over: 1000 });
  });

  it('is limit − posted − reserved, on one side or the other', () => {
    const some = fc.array(
      fc.record({
        amount: fc.integer({ min: 0, max: 9000 }).map(cents),
        status: fc.constantFrom(...statuses),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30000 }), some, (limit, fields) => {
        const slots = fields.map((each, index) => slot(index + 1, each));
        const { posted, reserved, left, over } = budgetFrom(cents(limit), slots);
        expect(left - over).toBe(limit - posted - reserved);
        expect(Math.min(left, over)).toBe(0);
        expect(usedBefore(slots, slots.length + 1)).toBe(posted + reserved);
      }),
    );
  });

  it('counts only lower numbers before a credit', () => {
    const slots = [slot(3), slot(1, { status: 'posted' }), slot(2, { status: 'void' }), slot(4)];
    expect(usedBefore(slots, 3)).toBe(1000);
    expect(usedBefore(slots, 4)).toBe(2000);
    expect(usedBefore(slots, 1)).toBe(0);
  });
});

describe('the numbers to ask for', () => {
  it('are 1 to 30 first', () => {
    const keys = nextSlotKeys(ANA, PERIOD, 0, []);
    expect(keys).toHaveLength(SLOT_PAGE);
    expect(keys?.[0]).toBe('month:2026-11:Etc~UTC:USD/11/1');
    expect(keys?.[29]).toBe('month:2026-11:Etc~UTC:USD/11/30');
  });

  it.each([
    [[], false],
    [[25], false],
    [[1, 2, 3, 25], false],
    [[26], true],
    [[30], true],
    [[1, 28], true],
  ])('go on after 30 asked and %j found: %s', (found, goesOn) => {
    const keys = nextSlotKeys(
      ANA,
      PERIOD,
      30,
      found.map((number) => slot(number)),
    );
    expect(keys === null).toBe(!goesOn);
    if (keys) expect(keys[0]).toBe('month:2026-11:Etc~UTC:USD/11/31');
  });

  it('find every slot where no five in a row are missing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 }), (strides) => {
        let last = 0;
        const there = strides.map((stride) => slot((last += stride)));
        let found: Slot[] = [];
        let asked = 0;
        for (;;) {
          const keys = nextSlotKeys(ANA, PERIOD, asked, found);
          if (!keys) break;
          const numbers = new Set(keys.map((key) => parseSlotKey(key)?.number));
          found = [...found, ...there.filter(({ key }) => numbers.has(key.number))];
          asked += keys.length;
        }
        expect(found).toHaveLength(there.length);
        expect(nextSlotNumber(found)).toBe(last + 1);
      }),
    );
  });

  it('the next to claim is never a gap’s', () => {
    expect(nextSlotNumber([])).toBe(1);
    expect(nextSlotNumber([slot(3), slot(1)])).toBe(4);
    expect(missingSlotNumbers([slot(5), slot(1), slot(3)])).toEqual([2, 4]);
    expect(missingSlotNumbers([slot(1), slot(2)])).toEqual([]);
    expect(missingSlotNumbers([])).toEqual([]);
  });
});

describe('the pair count', () => {
  const signed = (number: number, status: SlotStatus, ...signers: (typeof BEN)[]) =>
    slot(number, { status, signers });

  it('counts the co-signs of one checker', () => {
    const slots = [
      signed(1, 'posted', BEN, CLEO),
      signed(2, 'posted', CLEO),
      signed(3, 'reversed-late', BEN),
      signed(4, 'posted'),
    ];
    expect(pairCount(slots, BEN)).toBe(2);
    expect(pairCount(slots, CLEO)).toBe(2);
    expect(pairCount(slots, ANA)).toBe(0);
  });

  it('counts a co-sign whose credit waits for another', () => {
    expect(pairCount([signed(1, 'reserved', BEN)], BEN)).toBe(1);
  });

  it('does not count what came to nothing', () => {
    expect(pairCount([signed(1, 'void', BEN), signed(2, 'reversed', BEN)], BEN)).toBe(0);
  });
});
