import { describe, expect, it } from 'vitest';
import { readDraft } from './draft-settings.ts';
import { SETTING_DEFAULTS } from './settings.ts';

const mistakesOf = (settings: Record<string, unknown>, tiers?: unknown) =>
  readDraft(settings, tiers).mistakes.map(({ setting, code }) => `${setting}: ${code}`);

describe('the defaults', () => {
  it('are the limits of the documentation', () => {
    expect(readDraft({}, undefined)).toMatchObject({
      mistakes: [],
      draft: {
        currency: 'USD',
        timeZone: 'Etc/UTC',
        period: 'month',
        limits: { budget: 20_000, self: 0, cosign: 10_000, hard: 50_000 },
        cosigners: 1,
        customerCap: 15_000,
        customerCapDays: 90,
        expiryHours: 24,
        holdHours: 24,
        pairLimit: 5,
        leadGroups: [],
        pilotGroups: [],
        tiers: [],
      },
    });
    expect(Object.keys(SETTING_DEFAULTS)).toContain('help_center_label');
  });

  it('are amounts in the minor units of the currency', () => {
    expect(readDraft({ currency: 'jpy' }, undefined).draft?.limits.budget).toBe(200);
    expect(readDraft({ currency: 'KWD' }, undefined).draft?.limits.budget).toBe(200_000);
  });
});

describe('mistakes', () => {
  it.each([
    [{ currency: 'DOLLAR' }, 'currency: unknown-currency'],
    [{ time_zone: 'Europe/Berln' }, 'time_zone: misspelt-time-zone'],
    [{ time_zone: '+02:00' }, 'time_zone: unknown-time-zone'],
    [{ budget_period: 'year' }, 'budget_period: unknown-period'],
    [{ agent_budget: 'much' }, 'agent_budget: not-a-number'],
    [{ agent_budget: '-1' }, 'agent_budget: not-a-number'],
    [{ agent_budget: '1,000' }, 'agent_budget: not-a-number'],
    [{ agent_budget: '1e3' }, 'agent_budget: not-a-number'],
    [{ agent_budget: '10.005' }, 'agent_budget: too-many-decimals'],
    [{ agent_budget: '99999999999999' }, 'agent_budget: too-large'],
    [{ currency: 'JPY', agent_budget: '10.5' }, 'agent_budget: too-many-decimals'],
    [{ cosigners_required: '0' }, 'cosigners_required: out-of-range'],
    [{ cosigners_required: '4' }, 'cosigners_required: out-of-range'],
    [{ cosigners_required: '1.5' }, 'cosigners_required: not-whole'],
    [{ cosigners_required: 'two' }, 'cosigners_required: not-whole'],
    [{ cosigners_required: '1e0' }, 'cosigners_required: not-whole'],
    [{ cosigners_required: '0x1' }, 'cosigners_required: not-whole'],
    [{ self_limit: 5, cosign_limit: 'much' }, 'cosign_limit: not-a-number'],
    [{ cosign_limit: 5, hard_limit: 'much' }, 'hard_limit: not-a-number'],
    [{ agent_budget: true }, 'agent_budget: not-a-number'],
    [{ customer_cap_days: 0 }, 'customer_cap_days: out-of-range'],
    [{ request_expiry_hours: 0 }, 'request_expiry_hours: out-of-range'],
    [{ hold_hours: -1 }, 'hold_hours: out-of-range'],
    [{ pair_limit: -1 }, 'pair_limit: out-of-range'],
    [{ self_limit: 101 }, 'self_limit: self-above-cosign'],
    [{ cosign_limit: 501 }, 'cosign_limit: cosign-above-hard'],
  ])('%j: %s', (settings, mistake) => {
    expect(mistakesOf(settings)).toEqual([mistake]);
    expect(readDraft(settings, undefined).draft).toBeNull();
  });

  it.each([
    [{ currency: 'dollar' }, { value: 'dollar' }],
    [{ budget_period: 'Year' }, { value: 'Year' }],
    [{ agent_budget: '10.005' }, { value: '10.005', decimals: 2 }],
    [
      { currency: 'JPY', hard_limit: '500.5' },
      { value: '500.5', decimals: 0 },
    ],
    [{ cosigners_required: 'two' }, { value: 'two', from: 1, to: 3 }],
    [{ customer_cap_days: '1.5' }, { value: '1.5', from: 1, to: 3660 }],
    [{ hold_hours: 8785 }, { value: '8785', from: 0, to: 8784 }],
    [{ time_zone: 'Mars' }, { value: 'Mars' }],
    [{ time_zone: 'Europe/Berln' }, { value: 'Europe/Berln', suggestion: 'Europe/Berlin' }],
  ])('%j tells what was typed and what would be right', (settings, values) => {
    expect(readDraft(settings, undefined).mistakes.map((each) => each.values)).toEqual([values]);
  });

  it.each([
    ['cosigners_required', 1, 3],
    ['customer_cap_days', 1, 3660],
    ['request_expiry_hours', 1, 8784],
    ['hold_hours', 0, 8784],
    ['pair_limit', 0, 1_000_000],
  ])('%s may be from %i to %i', (setting, from, to) => {
    for (const value of [from, to, `${String(to)}.00`]) {
      expect(mistakesOf({ [setting]: value })).toEqual([]);
    }
    for (const value of [from - 1, to + 1]) {
      expect(mistakesOf({ [setting]: value })).toEqual([`${setting}: out-of-range`]);
    }
  });

  it.each([{ self_limit: 100 }, { cosign_limit: 500 }])(
    'are not that one limit is as high as the next: %j',
    (settings) => {
      expect(mistakesOf(settings)).toEqual([]);
    },
  );

  it('are found all at once', () => {
    expect(mistakesOf({ currency: 'X', agent_budget: 'y', cosigners_required: 9 })).toHaveLength(3);
  });

  it('of tiers name the tier', () => {
    const tier = { key: 'new', tag: 'leeway_new' };
    expect(mistakesOf({}, 'tier')).toEqual(['tiers: list-expected']);
    expect(mistakesOf({}, [{}])).toEqual(['tiers: key-missing']);
    expect(mistakesOf({}, [tier, { ...tier, tag: 'other' }])).toEqual(['tiers: key-twice']);
    expect(mistakesOf({}, [tier, { ...tier, key: 'newer' }])).toEqual(['tiers: tier-shadowed']);
    expect(mistakesOf({}, [{ key: 'new' }])).toEqual(['tiers: tag-or-group']);
    expect(mistakesOf({}, [{ ...tier, group: 'Leads' }])).toEqual(['tiers: tag-or-group']);
    expect(mistakesOf({}, [{ ...tier, bugdet: 5 }])).toEqual(['tiers: unknown-member']);
    expect(mistakesOf({}, [{ ...tier, budget: 'much' }])).toEqual(['tiers: not-a-number']);
    expect(mistakesOf({}, [{ ...tier, self_limit: 200 }])).toEqual(['tiers: self-above-cosign']);
    expect(mistakesOf({}, [{ ...tier, cosign_limit: 600 }])).toEqual(['tiers: cosign-above-hard']);
  });
});

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'US/Pacific', 'Etc/UTC', 'Etc/GMT+5'])('may be %s', (zone) => {
    expect(readDraft({ time_zone: zone }, undefined).draft?.timeZone).toBe(zone);
  });

  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['etc/utc', 'Etc/UTC'],
    ['Europe/Brelin', 'Europe/Berlin'],
    ['berlin', 'Europe/Berlin'],
    ['New York', 'America/New_York'],
    ['port of spain', 'America/Port_of_Spain'],
  ])('is spelt in one way: for %s it would be %s', (typed, suggestion) => {
    expect(readDraft({ time_zone: typed }, undefined).mistakes).toMatchObject([
      { setting: 'time_zone', code: 'misspelt-time-zone', values: { value: typed, suggestion } },
    ]);
  });
});

describe('a tier', () => {
  it('takes what it does not name from the common limits', () => {
    const { draft } = readDraft({}, [{ key: 'senior', group: 'Tier 2', cosign_limit: 200 }]);
    expect(draft?.tiers).toEqual([
      {
        key: 'senior',
        name: 'senior',
        earnedBy: null,
        tag: null,
        groupName: 'Tier 2',
        limits: { budget: 20_000, self: 0, cosign: 20_000, hard: 50_000 },
      },
    ]);
  });
});
