import { describe, expect, it } from 'vitest';
import { type Guideline, fittingGuidelines } from './guidelines.ts';
import type { Minor } from './money.ts';

const cents = (amount: number) => amount as Minor;

const late: Guideline = {
  key: 'late',
  title: 'Late parcels',
  text: '',
  reasons: ['late_delivery'],
  most: cents(1500),
};
const kind: Guideline = { key: 'kind', title: 'Be kind', text: '', reasons: [], most: null };

const keys = (reason: string | null, amount: number | null) =>
  fittingGuidelines([kind, late], reason, amount === null ? null : cents(amount)).map(
    ({ guideline, against }) => `${guideline.key}${against ? '!' : ''}`,
  );

describe('the guidelines that fit', () => {
  it('are all while no reason is chosen, and those of the reason afterwards', () => {
    expect(keys(null, null)).toEqual(['kind', 'late']);
    expect(keys('late_delivery', null)).toEqual(['kind', 'late']);
    expect(keys('damaged', null)).toEqual(['kind']);
  });

  it('are gone against just above their amount, and then come first', () => {
    expect(keys('late_delivery', 1500)).toEqual(['kind', 'late']);
    expect(keys('late_delivery', 1501)).toEqual(['late!', 'kind']);
    expect(keys('damaged', 99_999)).toEqual(['kind']);
  });
});
