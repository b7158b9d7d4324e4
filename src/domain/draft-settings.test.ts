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
