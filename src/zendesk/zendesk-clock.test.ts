import { expect, it } from 'vitest';
import { MINUTE, type Instant } from '#domain/instant.ts';
import { createZendeskClock } from './zendesk-clock.ts';

const start = Date.UTC(2026, 10, 22, 10) as Instant;
const at = (ms: number) => (start + ms) as Instant;

function clockAt(ms: number) {
  let browser = start + ms;
  return {
    clock: createZendeskClock(() => browser),
    pass: (passed: number) => {
      browser += passed;
    },
  };
}

it('goes by the browser until Zendesk has been seen', () => {
  const { clock, pass } = clockAt(250.7);
  expect(clock.now()).toBe(at(250));
  pass(1000);
  expect(clock.now()).toBe(at(1250));
});

it('puts a browser that is behind forward, and goes on from there', () => {
  const { clock, pass } = clockAt(-10 * MINUTE);
  clock.observe(start, false);
  expect(clock.now()).toBe(start);
  pass(3000);
  expect(clock.now()).toBe(at(3000));
});

it('is not moved by an old stamp that was only read', () => {
  const { clock } = clockAt(0);
  clock.observe(at(-30 * MINUTE), false);
  expect(clock.now()).toBe(start);
});

it('puts a browser that is ahead back when the answer to an own write shows it', () => {
  const { clock, pass } = clockAt(10 * MINUTE);
  clock.observe(start, true);
  expect(clock.now()).toBe(at(500));
  pass(1000);
  expect(clock.now()).toBe(at(1500));
});

it('takes a few seconds between stamp and answer for the way of the answer', () => {
  const { clock } = clockAt(4900);
  clock.observe(start, true);
  expect(clock.now()).toBe(at(4900));
});

it('is never earlier than the newest time seen, though the browser is set back', () => {
  const { clock, pass } = clockAt(0);
  clock.observe(at(MINUTE), false);
  pass(-5 * MINUTE);
  expect(clock.now()).toBe(at(MINUTE));
});
