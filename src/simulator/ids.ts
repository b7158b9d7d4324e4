import type { SimulatorState } from './state.ts';

/** The next free numeric id of the account. */
export function takeId(state: SimulatorState): number {
  const id = state.next_id;
  state.next_id += 1;
  return id;
}

export type Random = () => number;

/** Mulberry32: a small seeded generator of numbers from 0 to below 1, so that a run can be replayed. */
export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 10 characters of time, 16 of randomness. Ids of custom-object records look like this. */
export function createUlid(now: number, random: Random): string {
  let time = '';
  let rest = now;
  for (let i = 0; i < 10; i += 1) {
    time = crockford.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let noise = '';
  for (let i = 0; i < 16; i += 1) noise += crockford.charAt(Math.floor(random() * 32));
  return time + noise;
}
