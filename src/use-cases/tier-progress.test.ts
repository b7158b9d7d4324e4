import { describe, expect, it } from 'vitest';
import { terms } from '#tests/support/journal-builder.ts';
import type { Slot, SlotStatus } from '#domain/slot.ts';
import type { Limits, Tier } from '#domain/terms.ts';
import type { GroupId } from '#domain/ids.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { tierProgress } from './tier-progress.ts';

const tier = (key: string, more: Partial<Record<keyof Limits, number>>): Tier => ({
  key,
  name: key,
  tag: key,
  group: null,
  limits: { ...terms().limits, ...(more as Partial<Limits>) },
});
const agent = (...tags: readonly string[]) => ({ tags }) as Person;
const slot = (status: SlotStatus) => ({ fields: { status } }) as Slot;
const { budget, cosign } = terms().limits;
const tiers = [
  tier('new', { budget: budget / 2 }),
  tier('expert', { budget: budget * 3, cosign: cosign * 2 }),
  tier('senior', { budget: budget * 2 }),
  tier('odd', { budget: budget * 2, cosign: cosign / 2 }),
];

describe('the next tier', () => {
  const nextOf = (...tags: readonly string[]) =>
    tierProgress(agent(...tags), [], [], terms({ tiers }), new Map())?.next?.key;

  it('is the one with the least more room, whatever its place in the list', () => {
    expect(nextOf()).toBe('senior');
    expect(nextOf('senior')).toBe('expert');
    expect(nextOf('expert')).toBeUndefined();
  });

  it('is never one that takes away something', () => {
    expect(nextOf('new')).toBe('senior');
  });

  it('is not known while the groups that decide the tier are not', () => {
    const grouped = { ...tier('grouped', {}), tag: null, group: '1' as GroupId };
    expect(tierProgress(agent(), null, [], terms({ tiers: [grouped] }), new Map())).toBeNull();
  });
});

describe('the progress', () => {
  it('counts what is posted and what was reversed in this period', () => {
    const slots = ['posted', 'posted', 'reserved', 'void', 'reversed', 'reversed-late'] as const;
    const earning = { posted: 20, noneReversed: true };
    expect(
      tierProgress(agent(), [], slots.map(slot), terms({ tiers }), new Map([['senior', earning]])),
    ).toMatchObject({ posted: 2, reversed: 2, earning });
  });
});
