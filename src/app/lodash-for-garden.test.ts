import { describe, expect, it, vi } from 'vitest';
import getAtPath from './get-at-path.ts';
import rememberByKey from './remember-by-key.ts';

describe('what stands in for lodash under Garden', () => {
  it('finds a value along a path of names, and nothing where the path ends early', () => {
    const theme = { border: { default: 'grey.300', scale: { 500: '#555' } } };
    expect(getAtPath(theme, 'border.default')).toBe('grey.300');
    expect(getAtPath(theme, 'border.scale.500')).toBe('#555');
    expect(getAtPath(theme, 'border')).toBe(theme.border);
    expect(getAtPath(theme, 'border.none.at.all')).toBeUndefined();
    expect(getAtPath(theme, 'border.default.deeper')).toBeUndefined();
    expect(getAtPath(undefined, 'border')).toBeUndefined();
  });

  it('makes a value once for each key, also one that is undefined', () => {
    const make = vi.fn((name: string, times: number) =>
      times > 0 ? name.repeat(times) : undefined,
    );
    const byBoth = rememberByKey(make, (name, times) => `${name},${String(times)}`);
    expect([
      byBoth('a', 2),
      byBoth('a', 2),
      byBoth('a', 3),
      byBoth('b', 0),
      byBoth('b', 0),
    ]).toEqual(['aa', 'aa', 'aaa', undefined, undefined]);
    expect(make).toHaveBeenCalledTimes(3);
    const byFirst = rememberByKey((name: string) => ({ name }));
    expect(byFirst('a')).toBe(byFirst('a'));
    expect(byFirst('a')).not.toBe(byFirst('b'));
  });
});
