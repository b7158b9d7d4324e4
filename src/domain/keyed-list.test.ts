import { describe, expect, it } from 'vitest';
import type { Currency } from './currencies.ts';
import { amountIn, readKeyedList } from './keyed-list.ts';
import type { Mistake } from './settings.ts';

const good = { key: 'late', label: 'Late' };

/** Reads entries with a key and a label; one that is labelled `Out` is left out by its reader. */
const read = (value: unknown) =>
  readKeyedList('reasons', 'reason', value, ['key', 'label'], (entry, key, wrong, sound) => {
    const before = sound();
    if (entry['label'] === 'Odd') wrong('label-missing');
    return entry['label'] === 'Out' ? null : [key, entry['label'], before, sound()];
  });

/** The mistakes that are found in a list of these entries. */
const mistakesOf = (...entries: readonly unknown[]) => read(entries).mistakes;

const mistake = (code: Mistake['code'], values: Mistake['values']): Mistake => ({
  setting: 'reasons',
  line: null,
  code,
  values,
});

describe('a list with keys', () => {
  it('is empty where it is not there', () => {
    expect(read(undefined)).toEqual({ list: [], mistakes: [] });
  });

  it.each(['late', null, { late: good }, 5])('is not %j', (value) => {
    expect(read(value)).toEqual({
      list: [],
      mistakes: [mistake('list-expected', { member: 'reason' })],
    });
  });

  it('holds its entries in order, each under its key without white space around', () => {
    expect(
      read([
        { ...good, key: ' late ' },
        { key: 'gift', label: 'Gift' },
      ]),
    ).toEqual({
      list: [
        ['late', 'Late', true, true],
        ['gift', 'Gift', true, true],
      ],
      mistakes: [],
    });
  });

  it('leaves out what its reader leaves out', () => {
    expect(read([{ ...good, label: 'Out' }, { key: 'gift' }]).list).toHaveLength(1);
  });

  it.each([{ label: 'Late' }, { key: '' }, { key: '  ' }, { key: 5 }, 'late', null, ['late']])(
    'leaves out an entry without a key, and says where it stands: %j',
    (entry) => {
      expect(read([good, entry])).toEqual({
        list: [['late', 'Late', true, true]],
        mistakes: [mistake('key-missing', { at: 2 })],
      });
    },
  );

  it.each(['a b', 'é', 'a/b', '!a', 'a!', 'a'.repeat(65)])(
    'takes no %j for the form of a key',
    (key) => {
      expect(mistakesOf({ ...good, key })).toEqual([
        mistake('key-form', { at: 1, key, member: 'key' }),
      ]);
    },
  );

  it.each(['A.b_c-9', 'a'.repeat(64)])('takes %j for the form of a key', (key) => {
    expect(mistakesOf({ ...good, key })).toEqual([]);
  });

  it('says which key is there twice', () => {
    expect(mistakesOf(good, { key: 'other' }, good)).toEqual([
      mistake('key-twice', { at: 3, key: 'late', member: 'key' }),
    ]);
  });

  it('says which member nobody knows, and which are known', () => {
    expect(mistakesOf({ ...good, lable: 'Late' })).toEqual([
      mistake('unknown-member', { at: 1, key: 'late', member: 'lable', known: 'key, label' }),
    ]);
  });

  it('tells the reader of an entry whether it is sound so far, whatever stood before it', () => {
    expect(read([{ ...good, size: 5 }, { key: 'odd', label: 'Odd' }, { key: 'x' }])).toEqual({
      list: [
        ['late', 'Late', false, false],
        ['odd', 'Odd', true, false],
        ['x', undefined, true, true],
      ],
      mistakes: [
        mistake('unknown-member', { at: 1, key: 'late', member: 'size', known: 'key, label' }),
        mistake('label-missing', { at: 2, key: 'odd' }),
      ],
    });
  });
});

describe('an amount of an entry', () => {
  const amount = (typed: unknown, code = 'USD') => {
    const mistakes: (readonly [string, unknown])[] = [];
    const minor = amountIn({ budget: typed }, 'budget', code as Currency, (why, values) => {
      mistakes.push([why, values]);
      return null;
    });
    return [minor, ...mistakes];
  };

  it.each([
    [12.5, 1250],
    ['12.50', 1250],
    [' 12 ', 1200],
    [0, 0],
    [undefined, null],
  ])('%j is %j', (typed, minor) => {
    expect(amount(typed)).toEqual([minor]);
  });

  it.each([
    ['much', 'USD', 'not-a-number', 'much', 2],
    [12.345, 'USD', 'too-many-decimals', '12.345', 2],
    [0.5, 'JPY', 'too-many-decimals', '0.5', 0],
    // What cannot be shown is told by the member's name.
    ['', 'USD', 'not-a-number', 'budget', 2],
    [true, 'USD', 'not-a-number', 'budget', 2],
    [null, 'KWD', 'not-a-number', 'budget', 3],
  ])('%j of %s is %s, and says what was typed', (typed, code, why, value, decimals) => {
    expect(amount(typed, code)).toEqual([null, [why, { member: 'budget', value, decimals }]]);
  });
});
