import { describe, expect, it } from 'vitest';
import { readDraft } from './draft-settings.ts';
import { cents, money } from '#tests/support/journal-builder.ts';
import { readNames, settingAmount, settingText } from './settings.ts';

describe('a setting', () => {
  it('means its default when it is untouched, in whatever way Zendesk says so', () => {
    for (const untouched of [undefined, null, '', '   ']) {
      expect(settingText({ agent_budget: untouched }, 'agent_budget')).toBe('200');
    }
  });

  it('is read alike as text and as number', () => {
    for (const typed of ['250.50', 250.5, ' 250.50 ']) {
      expect(readDraft({ agent_budget: typed }, undefined).draft?.limits.budget).toBe(25_050);
    }
  });
});

describe('an amount in the settings', () => {
  it('has a point before its decimals, whatever it might mean elsewhere', () => {
    expect(settingAmount('1.000', money('KWD'))).toEqual({ ok: true, minor: cents(1000) });
    expect(settingAmount('12.5', money('USD'))).toEqual({ ok: true, minor: cents(1250) });
    expect(settingAmount('1.234', money('USD'))).toEqual({ ok: false, why: 'too-many-decimals' });
  });

  it.each(['', '1,000', '.5', '5.', '+5', '$5', 'x5', '5x', '1.2.3'])('is not %j', (typed) => {
    expect(settingAmount(typed, money('USD'))).toEqual({ ok: false, why: 'not-a-number' });
  });
});

describe('names', () => {
  it('are separated by commas or lines, and named once', () => {
    expect(readNames('Leads, Support\nLeads\n, ')).toEqual(['Leads', 'Support']);
  });
});
