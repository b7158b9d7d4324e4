import { describe, expect, it } from 'vitest';
import { type SlotStatus, stepsBetween } from './slot.ts';

const statuses: readonly SlotStatus[] = ['reserved', 'posted', 'void', 'reversed', 'reversed-late'];

describe('the steps of a slot', () => {
  it.each<[SlotStatus, SlotStatus, readonly SlotStatus[]]>([
    ['reserved', 'posted', ['posted']],
    ['reserved', 'void', ['void']],
    ['reserved', 'reversed', ['posted', 'reversed']],
    ['reserved', 'reversed-late', ['posted', 'reversed-late']],
    ['posted', 'reversed', ['reversed']],
    ['posted', 'reversed-late', ['reversed-late']],
  ])('lead from %s to %s', (from, to, steps) => {
    expect(stepsBetween(from, to)).toEqual(steps);
  });

  it('are none where nothing is to change', () => {
    for (const status of statuses) expect(stepsBetween(status, status)).toEqual([]);
  });

  it('lead nowhere else', () => {
    const ways = statuses.flatMap((from) =>
      statuses.filter((to) => from !== to && stepsBetween(from, to) !== null),
    );
    expect(ways).toHaveLength(6);
    expect(stepsBetween('void', 'posted')).toBeNull();
    expect(stepsBetween('reversed', 'posted')).toBeNull();
    expect(stepsBetween('posted', 'void')).toBeNull();
    expect(stepsBetween('posted', 'reserved')).toBeNull();
  });
});
