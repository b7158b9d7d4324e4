import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TicketId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Minor } from './money.ts';
import {
  type Compared,
  isUsual,
  nearestPrecedents,
  type Precedent,
  usualRange,
} from './precedents.ts';

const minors = (...amounts: number[]) => amounts as Minor[];

const past = (ticket: string, amount: number, rest: Partial<Precedent> = {}): Precedent => ({
  ticket: ticket as TicketId,
  amount: amount as Minor,
  at: 1_000_000 as Instant,
  signers: ['2' as UserId],
  exception: false,
  tags: [],
  ...rest,
});

const to = (rest: Partial<Compared> = {}): Compared => ({
  amount: null,
  ticketTags: [],
  customerTags: [],
  ...rest,
});

const names = (all: readonly Precedent[], compared: Compared, most = 5) =>
  nearestPrecedents(all, compared, most).map(({ ticket }) => ticket);

describe('the nearest past credits', () => {
  it('are near in amount, above as below', () => {
    const all = [past('small', 500), past('double', 2000), past('same', 1000), past('bit', 1100)];
    expect(names(all, to({ amount: 1000 as Minor }))).toEqual(['same', 'bit', 'small', 'double']);
  });

  it('share tags of the ticket and the customer', () => {
    const all = [
      past('other', 1000, { tags: ['bike'] }),
      past('tags', 1000, { tags: ['parcel', 'late'] }),
      past('kind', 1000, { tags: ['vip', 'parcel'] }),
    ];
    expect(
      names(all, to({ ticketTags: ['parcel', 'late', 'vip'], customerTags: ['vip'] })),
    ).toEqual(['kind', 'tags', 'other']);
  });

  it('are not nearer for a tag of the customer that stands on their ticket, too', () => {
    const all = [
      past('customer', 1000, { tags: ['vip'], at: 1 as Instant }),
      past('ticket', 1000, { tags: ['parcel'], at: 2 as Instant }),
    ];
    const compared = to({ ticketTags: ['parcel', 'vip'], customerTags: ['vip'] });
    expect(names(all, compared)).toEqual(['ticket', 'customer']);
  });

  it('are the smaller first of one ticket and moment', () => {
    const all = [past('same', 2000), past('same', 500)];
    expect(nearestPrecedents(all, to(), 2).map(({ amount }) => amount)).toEqual([500, 2000]);
  });

  it('are the newest where nothing else tells, and no more than asked for', () => {
    const all = [1, 3, 2].map((at) => past(String(at), 1000, { at: at as Instant }));
    expect(names(all, to())).toEqual(['3', '2', '1']);
    expect(names(all, to(), 2)).toEqual(['3', '2']);
    expect(names([], to())).toEqual([]);
  });

  it('are in the same order, however Zendesk lists them', () => {
    const any = fc.array(
      fc
        .record({
          ticket: fc.integer({ min: 1, max: 9 }),
          amount: fc.integer({ min: 0, max: 50 }),
          at: fc.integer({ min: 0, max: 3 }),
        })
        .map(({ ticket, amount, at }) => past(String(ticket), amount, { at: at as Instant })),
    );
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 50 }), (all, amount) => {
        const one = nearestPrecedents(all, to({ amount: amount as Minor }), 20);
        const other = nearestPrecedents([...all].reverse(), to({ amount: amount as Minor }), 20);
        expect(other.map((each) => ({ ...each }))).toEqual(one.map((each) => ({ ...each })));
      }),
    );
  });
});

describe('the usual range', () => {
  it('takes five credits', () => {
    expect(usualRange(minors(1, 2, 3, 4))).toBeNull();
    expect(usualRange(minors(5, 4, 3, 2, 1))).toEqual({ low: 2, high: 4, smallest: 1, largest: 5 });
  });

  it('ends at amounts that were given, the outer ones where a place lies between two', () => {
    const ends = (...amounts: number[]) => {
      const range = usualRange(minors(...amounts));
      return [range?.low, range?.high];
    };
    expect(ends(10, 11, 12, 13, 14)).toEqual([11, 13]);
    expect(ends(10, 11, 12, 13, 14, 15)).toEqual([11, 14]);
    expect(ends(10, 11, 12, 13, 14, 15, 16)).toEqual([11, 15]);
    expect(ends(10, 11, 12, 13, 14, 15, 16, 17)).toEqual([11, 16]);
    expect(ends(10, 11, 12, 13, 14, 15, 16, 17, 18)).toEqual([12, 16]);
    expect(ends(0, 0, 4, 4, 8, 8)).toEqual([0, 8]);
  });

  it('holds its ends', () => {
    const range = usualRange(minors(1000, 1000, 1500, 2000, 2500));
    if (!range) throw new Error('five make a range');
    expect([range.low, range.high]).toEqual([1000, 2000]);
    expect([999, 1000, 2000, 2001].map((amount) => isUsual(range, amount as Minor))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('holds half of the amounts at least, and is the same in any order', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 100_000 }), {
      minLength: 5,
      maxLength: 200,
    });
    fc.assert(
      fc.property(amounts, (some) => {
        const range = usualRange(minors(...some));
        if (!range) throw new Error('five make a range');
        expect(Number.isInteger(range.low) && Number.isInteger(range.high)).toBe(true);
        expect(range.smallest).toBeLessThanOrEqual(range.low);
        expect(range.high).toBeLessThanOrEqual(range.largest);
        const usual = some.filter((amount) => isUsual(range, amount as Minor));
        expect(usual.length * 2).toBeGreaterThanOrEqual(some.length);
        expect(usualRange(minors(...some).reverse())).toEqual(range);
      }),
    );
  });
});
