import { describe, expect, it } from 'vitest';
import { cents } from '#tests/support/journal-builder.ts';
import type { Currency } from './currencies.ts';
import { readTiers } from './tier-settings.ts';

const common = {
  budget: cents(20_000),
  self: cents(1_000),
  cosign: cents(10_000),
  hard: cents(50_000),
};
const good = { key: 'new', tag: 'leeway_new' };

const readAll = (entries: unknown, limits: Parameters<typeof readTiers>[2] = common) => {
  const { tiers, mistakes } = readTiers(entries, 'USD' as Currency, limits);
  return { tiers, mistakes: mistakes.map(({ code, values }) => ({ code, ...values })) };
};

/** One tier with these members. */
const read = (members: object, limits = common) => readAll([{ ...good, ...members }], limits);

describe('a tier', () => {
  it('takes what it does not name from the common limits, and its key for a name', () => {
    expect(read({})).toEqual({
      tiers: [
        {
          key: 'new',
          name: 'new',
          tag: 'leeway_new',
          groupName: null,
          earnedBy: null,
          limits: common,
        },
      ],
      mistakes: [],
    });
  });

  it('has a name, a group and limits of its own', () => {
    const own = {
      key: 'senior',
      name: ' Senior ',
      group: ' Tier 2 ',
      budget: 300,
      self_limit: '20',
      cosign_limit: 150,
      hard_limit: 600.5,
      earned_by: { posted: 20, none_reversed: true },
    };
    expect(readAll([own])).toEqual({
      tiers: [
        {
          key: 'senior',
          name: 'Senior',
          tag: null,
          groupName: 'Tier 2',
          earnedBy: { posted: 20, noneReversed: true },
          limits: { budget: 30_000, self: 2_000, cosign: 15_000, hard: 60_050 },
        },
      ],
      mistakes: [],
    });
  });

  it.each([{ tag: undefined }, { tag: '' }, { group: 'Tier 2' }])(
    'is for a tag or for a group, which is not so with %j',
    (members) => {
      expect(read(members).mistakes).toEqual([{ code: 'tag-or-group', at: 1, key: 'new' }]);
    },
  );

  it('may have an empty text for what it does not name', () => {
    expect(read({ group: '', name: '' })).toMatchObject({ tiers: [{ name: 'new' }], mistakes: [] });
  });

  it.each([
    ['tag', 5],
    ['tag', ' '],
    ['name', 5],
    ['name', '  '],
    ['name', null],
  ])('has a text for its %s, and not %j', (member, value) => {
    expect(read({ [member]: value }).mistakes).toEqual([
      { code: 'text-expected', at: 1, key: 'new', member },
    ]);
  });

  it('has a text for its group', () => {
    expect(readAll([{ key: 'new', group: ['Tier 2'] }]).mistakes).toMatchObject([
      { code: 'text-expected', member: 'group' },
    ]);
  });

  it('may not have members that nobody knows', () => {
    expect(read({ bugdet: 5 }).mistakes).toMatchObject([
      {
        code: 'unknown-member',
        member: 'bugdet',
        known: 'key, name, tag, group, budget, self_limit, cosign_limit, hard_limit, earned_by',
      },
    ]);
  });

  it('stands in a list', () => {
    expect(readTiers('new', 'USD' as Currency, common).mistakes).toMatchObject([
      { setting: 'tiers', code: 'list-expected', values: { member: 'tier' } },
    ]);
  });
});

describe('a tier of the same people as one before it', () => {
  it.each([
    [{ tag: 'a' }, { tag: 'a' }],
    [{ group: 'a' }, { group: ' a ' }],
  ])('never comes to hold: %j', (one, other) => {
    const entries = [
      { key: 'first', ...one },
      { key: 'second', ...other },
      { key: 'third', ...one },
    ];
    expect(readAll(entries).mistakes).toEqual([
      { code: 'tier-shadowed', at: 2, key: 'second', other: 'first' },
      { code: 'tier-shadowed', at: 3, key: 'third', other: 'first' },
    ]);
  });

  it('is none where one goes by a tag and the other by a group of that name', () => {
    const entries = [
      { key: 'first', tag: 'a' },
      { key: 'second', group: 'a' },
      { key: 'third', tag: 'b' },
      { key: 'fourth', group: 'b' },
    ];
    expect(readAll(entries).mistakes).toEqual([]);
  });

  it('is none where it cannot be known whose they are', () => {
    const entries = [
      { key: 'first', tag: 5 },
      { key: 'second', tag: 6 },
    ];
    expect(readAll(entries).mistakes.map(({ code }) => code)).toEqual([
      'text-expected',
      'text-expected',
    ]);
  });
});

describe('the limits of a tier', () => {
  it.each<[object, readonly (readonly [string, string])[]]>([
    [{ self_limit: 100, cosign_limit: 100 }, []],
    [{ cosign_limit: 500 }, []],
    [{ self_limit: 100.01 }, [['self-above-cosign', 'self_limit']]],
    [{ cosign_limit: 9 }, [['self-above-cosign', 'cosign_limit']]],
    [{ self_limit: 90, cosign_limit: 80 }, [['self-above-cosign', 'self_limit']]],
    [{ cosign_limit: 500.01 }, [['cosign-above-hard', 'cosign_limit']]],
    [{ hard_limit: 99 }, [['cosign-above-hard', 'hard_limit']]],
    [{ cosign_limit: 80, hard_limit: 70 }, [['cosign-above-hard', 'cosign_limit']]],
  ])('rise from alone to nobody: %j', (members, mistakes) => {
    expect(read(members).mistakes).toEqual(
      mistakes.map(([code, member]) => ({ code, at: 1, key: 'new', member })),
    );
  });

  it('are not blamed for common limits that do not rise', () => {
    const falling = { ...common, self: cents(40_000), cosign: cents(30_000), hard: cents(20_000) };
    expect(read({ budget: 5 }, falling).mistakes).toEqual([]);
  });

  it.each(['budget', 'self_limit', 'cosign_limit', 'hard_limit'])(
    'are left out with their tier where %s cannot be read, and nothing else is said of it',
    (member) => {
      expect(read({ [member]: 'much' })).toEqual({
        tiers: [],
        mistakes: [{ code: 'not-a-number', at: 1, key: 'new', member, value: 'much', decimals: 2 }],
      });
    },
  );

  it.each(['budget', 'self', 'cosign', 'hard'])(
    'cannot be told while the common %s is unknown',
    (limit) => {
      expect(readAll([good], { ...common, [limit]: null })).toEqual({ tiers: [], mistakes: [] });
    },
  );

  it.each([
    [{ self_limit: 600 }, 'cosign'],
    [{ cosign_limit: 5 }, 'self'],
    [{ cosign_limit: 600 }, 'hard'],
    [{ hard_limit: 5 }, 'cosign'],
  ])('are not compared with what is unknown: %j while %s is', (members, limit) => {
    const { mistakes } = readAll([{ ...good, ...members }], { ...common, [limit]: null });
    expect(mistakes.map(({ code }) => code)).not.toContain(
      limit === 'hard' || 'hard_limit' in members ? 'cosign-above-hard' : 'self-above-cosign',
    );
  });
});

describe('what earns a tier', () => {
  it.each([
    [{ posted: 1 }, { posted: 1, noneReversed: false }],
    [
      { posted: 10_000, none_reversed: false },
      { posted: 10_000, noneReversed: false },
    ],
    [undefined, null],
  ])('may be %j', (typed, earnedBy) => {
    expect(read({ earned_by: typed })).toMatchObject({ tiers: [{ earnedBy }], mistakes: [] });
  });

  it.each([
    {},
    5,
    null,
    'twenty',
    { posted: 0 },
    { posted: 10_001 },
    { posted: 1.5 },
    { posted: '5' },
    { none_reversed: true },
    { posted: 5, none_reversed: 'yes' },
    { posted: 5, reversed: 0 },
  ])('cannot be %j', (typed) => {
    expect(read({ earned_by: typed })).toMatchObject({
      tiers: [{ earnedBy: null }],
      mistakes: [{ code: 'earned-by-expected', member: 'earned_by' }],
    });
  });
});
