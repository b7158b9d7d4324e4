import { describe, expect, it, vi } from 'vitest';
import { guardStorage } from './guarded-storage.ts';

const blocked = {
  get localStorage(): Storage {
    throw new DOMException('blocked', 'SecurityError');
  },
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
};

describe('storage', () => {
  it('keeps values in the browser, and hears of other pages’ changes', () => {
    const storage = guardStorage(window);
    storage.set('a', '1');
    expect(window.localStorage.getItem('a')).toBe('1');
    expect(storage.get('a')).toBe('1');
    expect(storage.keys()).toContain('a');
    const heard = vi.fn();
    const end = storage.onChange(heard);
    window.dispatchEvent(new StorageEvent('storage', { key: 'b', newValue: '2' }));
    window.dispatchEvent(new StorageEvent('storage', { key: null }));
    end();
    window.dispatchEvent(new StorageEvent('storage', { key: 'b', newValue: '3' }));
    expect(heard.mock.calls).toEqual([['b', '2']]);
    storage.remove('a');
    expect(storage.get('a')).toBeNull();
  });

  it('that is blocked keeps values for as long as the page lives, and throws nothing', () => {
    const storage = guardStorage(blocked);
    expect(storage.get('a')).toBeNull();
    storage.set('a', '1');
    expect(storage.get('a')).toBe('1');
    expect(storage.keys()).toEqual(['a']);
    storage.remove('a');
    expect(storage.get('a')).toBeNull();
  });

  it('that is full keeps the new value for the page, over the old one', () => {
    const full = {
      addEventListener: vi.fn(),
      removeEventListener: vi.fn(),
      localStorage: {
        getItem: () => 'old',
        setItem: () => {
          throw new DOMException('full', 'QuotaExceededError');
        },
        removeItem: () => undefined,
        key: () => null,
        length: 0,
      } as unknown as Storage,
    };
    const storage = guardStorage(full);
    storage.set('a', 'new');
    expect(storage.get('a')).toBe('new');
  });
});
