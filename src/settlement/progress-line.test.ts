import { describe, expect, it } from 'vitest';
import { createProgressLine, progressText } from './progress-line.ts';

describe('the line that tells how far a run is', () => {
  it('has the rate, and the time left once a part is known', () => {
    const passed = { tickets: 500, audits: 6000, part: 0 };
    expect(progressText(passed, 60_000)).toBe('500 tickets, 6000 audits, 100 audits/s');
    expect(progressText({ ...passed, part: 0.25 }, 60_000)).toBe(
      '500 tickets, 6000 audits, 100 audits/s, 25 %, about 3 min left',
    );
    expect(progressText({ ...passed, part: 0.5 }, 60_000)).toContain('about 60 s left');
  });

  it('is written over for a person, once a second, and now and then into a log', () => {
    const shown = (watched: boolean, seconds: number): string => {
      let now = 0;
      const said: string[] = [];
      const line = createProgressLine({
        now: () => now,
        stderr: (text) => void said.push(text),
        watched,
      });
      for (; now < seconds * 1000; now += 100) line.show({ tickets: 1, audits: 2, part: 0.5 });
      line.end();
      return said.join('');
    };
    expect(shown(true, 5).split('\r')).toHaveLength(5);
    expect(shown(true, 5)).toMatch(/\n$/);
    expect(shown(false, 5)).toBe('');
    expect(shown(false, 61).split('\n')).toHaveLength(3);
  });
});
