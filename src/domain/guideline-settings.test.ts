import { describe, expect, it } from 'vitest';
import type { Currency } from './currencies.ts';
import { readGuidelines } from './guideline-settings.ts';
import { readReasons } from './settings.ts';

const USD = 'USD' as Currency;

describe('mistakes', () => {
  it('of guidelines name an unknown reason', () => {
    const { reasons } = readReasons([{ key: 'late', label: 'Late' }], USD);
    const read = (list: unknown) => {
      const { guidelines, mistakes } = readGuidelines(list, USD, reasons);
      return [guidelines.length, ...mistakes.map(({ code }) => code)];
    };
    const good = { key: 'g', title: 'G', reasons: ['late'], max_amount: 15 };
    expect(read(undefined)).toEqual([0]);
    expect(read(7)).toEqual([0, 'list-expected']);
    expect(read([good])).toEqual([1]);
    expect(read([{ title: 'G' }])).toEqual([0, 'key-missing']);
    expect(read([{ key: 'g' }])).toEqual([0, 'label-missing']);
    expect(read([good, good])).toEqual([2, 'key-twice']);
    expect(read([{ ...good, reasons: ['early'] }])).toEqual([1, 'unknown-reason']);
    expect(read([{ ...good, max_amount: 'a lot' }])).toEqual([1, 'not-a-number']);
    expect(read([{ ...good, maximum: 1 }])).toEqual([1, 'unknown-member']);
  });
});
