import { describe, expect, it } from 'vitest';
import { nearest } from './likeness.ts';

describe('the name that somebody most likely meant', () => {
  it.each([
    ['three letters put in before', 'xyzabcdefghijkl', 'wxyzabcdefghijkl'],
    ['three letters put in behind', 'abcdefghijklxyz', 'abcdefghijklwxyz'],
    ['three letters put in between', 'abcdefxyzghijkl', 'abcdefwxyzghijkl'],
    ['three letters left out before', 'defghijkl', 'efghijkl'],
    ['three letters left out behind', 'abcdefghi', 'abcdefgh'],
    ['three letters left out between', 'abcdhijkl', 'abcdijkl'],
    ['three others before', 'xyzdefghijkl', 'wxyzefghijkl'],
    ['three others behind', 'abcdefghixyz', 'abcdefghwxyz'],
    ['one put in, one left out, one other', 'xabcdeghiykl', 'xabcdeghiyklz'],
  ])('may differ by %s and no more', (_what, near, far) => {
    expect(nearest('abcdefghijkl', [near])).toBe(near);
    expect(nearest('abcdefghijkl', [far])).toBeNull();
  });

  it.each([
    ['tag', 'tab', 'tap-'],
    ['budget', 'badgot', 'badgat-'],
    ['no', 'no', 'on'],
  ])('differs from %s by a third of its letters at most', (typed, near, far) => {
    expect(nearest(typed, [near])).toBe(near);
    expect(nearest(typed, [far])).toBeNull();
  });

  it('is the one that differs least, and the first of several', () => {
    expect(nearest('europe/berln', ['Europe/Bern', 'Europe/Berlin'])).toBe('Europe/Bern');
    expect(nearest('europe/brlin', ['Europe/Bern', 'Europe/Berlin'])).toBe('Europe/Berlin');
    expect(nearest('europe/brlin', ['Europe/Berlin', 'Europe/Bern'])).toBe('Europe/Berlin');
  });

  it('is found whatever its capitals, and given with its own', () => {
    expect(nearest('LATE-DELIVERY', ['Late-delivery'])).toBe('Late-delivery');
  });

  it('is none where there is no name', () => {
    expect(nearest('budget', [])).toBeNull();
  });
});
