import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  cents,
  credit,
  CUSTOMER,
  money,
  OTHER_CUSTOMER,
  ticket,
  TICKET,
} from '#tests/support/journal-builder.ts';
import { creditCode, type Offer, offerDigest } from './offer.ts';

const offer: Offer = {
  credit: credit('one'),
  ticket: TICKET,
  customer: CUSTOMER,
  maker: ANA,
  amount: { minor: cents(2500), currency: money('USD') },
  reason: 'late-delivery',
  note: 'Two days late.',
  exception: '',
};

describe('the digest of an offer', () => {
  it.each<[string, Partial<Offer>]>([
    ['credit', { credit: credit('two') }],
    ['ticket', { ticket: ticket(5002) }],
    ['customer', { customer: OTHER_CUSTOMER }],
    ['maker', { maker: BEN }],
    ['amount', { amount: { minor: cents(2501), currency: money('USD') } }],
    ['currency', { amount: { minor: cents(2500), currency: money('EUR') } }],
    ['reason', { reason: 'damaged' }],
    ['note', { note: 'Two days late!' }],
    ['exception', { exception: 'They moved house.' }],
  ])('changes with its %s', (_field, change) => {
    expect(offerDigest({ ...offer, ...change })).not.toBe(offerDigest(offer));
  });

  it('covers every member of an offer', () => {
    const paths = Object.keys(offer).flatMap((key) =>
      key === 'amount' ? ['minor', 'currency'] : key,
    );
    expect(paths).toHaveLength(9);
  });

  it('does not let text move from one field to the next', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (note, more) => {
        const before = { ...offer, note: note + more, exception: '' };
        const after = { ...offer, note, exception: more };
        expect(offerDigest(before)).not.toBe(offerDigest(after));
      }),
    );
  });

  it('is the same for texts that look and mean the same', () => {
    const composed = { ...offer, note: 'Caf\u00e9' };
    expect(offerDigest({ ...offer, note: 'Cafe\u0301' })).toBe(offerDigest(composed));
  });

  it('does not depend on the order of members', () => {
    const reversed = Object.fromEntries(Object.entries(offer).reverse()) as unknown as Offer;
    expect(offerDigest(reversed)).toBe(offerDigest(offer));
  });

  it('stays as it is: requests that were written name it', () => {
    expect(offerDigest(offer)).toMatchInlineSnapshot(
      `"44a18e81e93ebffa621a5b5f31710bd800939215dd174f653a1953e342225430"`,
    );
    expect(creditCode(offerDigest(offer))).toMatchInlineSnapshot(`"LW-2HVKEK"`);
  });
});

describe('the code of a credit', () => {
  const hex = fc.stringMatching(/^[0-9a-f]{64}$/);

  it('is LW- and six characters that cannot be misheard', () => {
    fc.assert(
      fc.property(hex, (digest) => {
        expect(creditCode(digest)).toMatch(/^LW-[23456789ABCDEFGHJKMNPQRSTVWXYZ]{6}$/);
      }),
    );
  });

  it('uses every character of the alphabet in every place', () => {
    const codes = Array.from({ length: 2000 }, (_, index) =>
      creditCode(offerDigest({ ...offer, note: String(index) })),
    );
    for (let place = 3; place < 9; place += 1) {
      expect(new Set(codes.map((code) => code.charAt(place))).size).toBe(30);
    }
  });
});
