import { createRandom } from '#simulator/ids.ts';

/** All chance of a run comes from here, so that a seed replays it. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** True in so many of a hundred cases. */
  percent(of100: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** By weight; a weight of 0 is never picked. */
  weighted<T>(items: readonly (readonly [number, T])[]): T;
  /** So many different ones, fewer where there are not that many. */
  some<T>(items: readonly T[], count: number): T[];
}

export function createChance(seed: number): Chance {
  const next = createRandom(seed);
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('nothing to pick from');
    return items[whole(0, items.length - 1)] as T;
  };
  return {
    next,
    whole,
    percent: (of100) => next() * 100 < of100,
    pick,
    weighted(items) {
      const total = items.reduce((sum, [weight]) => sum + weight, 0);
      let rest = next() * total;
      for (const [weight, item] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return pick(items)[1];
    },
    some(items, count) {
      const left = [...items];
      const chosen = [];
      while (left.length > 0 && chosen.length < count) {
        chosen.push(...left.splice(whole(0, left.length - 1), 1));
      }
      return chosen;
    },
  };
}
