import { describe, expect, it } from 'vitest';
import { createManualClock, createRunningClock, stampOf } from './clock.ts';

describe('clocks', () => {
  it('wake sleepers in the order in which they are due, each at its own time', async () => {
    const clock = createManualClock(1_000);
    const woken: [string, number][] = [];
    void clock.sleep(50).then(() => woken.push(['later', clock.now()]));
    void clock.sleep(20).then(async () => {
      woken.push(['first', clock.now()]);
      await clock.sleep(10);
      woken.push(['first again', clock.now()]);
    });
    await clock.advance(40);
    expect(woken).toEqual([
      ['first', 1_020],
      ['first again', 1_030],
    ]);
    await clock.advance(10);
    expect(woken.at(-1)).toEqual(['later', 1_050]);
    expect(clock.now()).toBe(1_050);
  });

  it('can be set forward while the machine’s time runs, which wakes who slept that long', async () => {
    const clock = createRunningClock();
    let woken = false;
    void clock.sleep(3_600_000).then(() => (woken = true));
    const before = clock.now();
    await clock.advance(3_600_000);
    expect(woken).toBe(true);
    expect(clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
  });

  it('stamp whole seconds', () => {
    expect(stampOf(Date.UTC(2026, 10, 22, 10) + 999)).toBe('2026-11-22T10:00:00Z');
  });
});
