import { describe, expect, it, vi } from 'vitest';
import { createBrowser } from '#tests/support/render-sidebar.tsx';
import { createSharedPause } from './shared-pause.ts';

const ana = { account: 'acme', user: '1' };

describe('the pause after a request too many', () => {
  it('holds in all tabs of the agent until it is over, and is told to them', () => {
    const browser = createBrowser();
    let now = 1000;
    const one = createSharedPause(browser.openTab(), ana, () => now);
    const other = createSharedPause(browser.openTab(), ana, () => now);
    const somebodyElse = createSharedPause(browser.openTab(), { ...ana, user: '2' }, () => now);
    const heard = vi.fn();
    other.onChange(heard);
    one.begin(5000);
    expect([one.left(), other.left(), somebodyElse.left()]).toEqual([5000, 5000, 0]);
    expect(heard).toHaveBeenCalledTimes(1);
    now = 6000;
    expect([one.left(), other.left()]).toEqual([0, 0]);
  });

  it('grows and never shrinks, and is a minute at most, also when the clock was set back', () => {
    let now = 100_000;
    const pause = createSharedPause(createBrowser().openTab(), ana, () => now);
    pause.begin(10_000);
    pause.begin(5000);
    expect(pause.left()).toBe(10_000);
    pause.begin(900_000);
    expect(pause.left()).toBe(60_000);
    now = 0;
    expect(pause.left()).toBe(0);
  });
});
