import { describe, expect, it } from 'vitest';
import { readDraft } from './draft-settings.ts';
import { readNames, settingText } from './settings.ts';

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

describe('names', () => {
  it('are separated by commas or lines, and named once', () => {
    expect(readNames('Leads, Support\nLeads\n, ')).toEqual(['Leads', 'Support']);
  });
});
