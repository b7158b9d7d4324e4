import { readFile } from 'node:fs/promises';

import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';

import type { Currency } from '#domain/currencies.ts';
import { readGuidelines } from '#domain/guideline-settings.ts';
import { readDraft } from '#domain/draft-settings.ts';
import { readReasons } from '#domain/reason-settings.ts';
import { SETTING_DEFAULTS } from '#domain/settings.ts';

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default?: string | number;
}

const file = new URL('../manifest.json', import.meta.url);
const manifest = JSON.parse(await readFile(file, 'utf8')) as { parameters: Parameter[] };
const { parameters } = manifest;
const defaults = Object.fromEntries(parameters.map(({ name, default: value }) => [name, value]));

const examples = ['reasons', 'tiers', 'guidelines'];
const example = (name: string) => String(defaults[name]);
/** An example as it reads once an admin has removed the `#` before each of its lines. */
const uncommented = (name: string) => example(name).replaceAll(/^# (?=\[\[|\w+ = )/gm, '');

describe('the settings of the manifest', () => {
  it('are those of the domain, in the kinds that Zendesk has', () => {
    expect(Object.keys(defaults)).toEqual(expect.arrayContaining(Object.keys(SETTING_DEFAULTS)));
    expect(
      parameters.filter(({ type }) => !['text', 'number', 'multiline'].includes(type)),
    ).toEqual([]);
  });

  it('start with what the domain takes for an untouched setting', () => {
    for (const [name, value] of Object.entries(SETTING_DEFAULTS))
      if (!examples.includes(name)) expect(String(defaults[name] ?? ''), name).toBe(value);
  });

  it('read without mistakes when nothing was touched', () => {
    const tiers = parse(example('tiers'));
    const { draft, mistakes } = readDraft(defaults, tiers['tier']);
    expect(mistakes).toEqual([]);
    expect(draft?.tiers).toEqual([]);
  });
});

describe('the examples', () => {
  it('of reasons are reasons', () => {
    const { reason } = parse(example('reasons'));
    const { reasons, mistakes } = readReasons(reason, 'USD' as Currency);
    expect(mistakes).toEqual([]);
    expect(reasons.map(({ key }) => key)).toEqual([
      'late_delivery',
      'damaged',
      'our_mistake',
      'goodwill',
    ]);
    expect(reasons.map(({ suggested }) => suggested)).toEqual([1000, 2500, 1500, null]);
    expect(reasons.map(({ noteRequired }) => noteRequired)).toEqual([false, false, false, true]);
  });

  it('of tiers are tiers once their # are removed', () => {
    const { tier } = parse(uncommented('tiers'));
    const { draft, mistakes } = readDraft(defaults, tier);
    expect(mistakes).toEqual([]);
    expect(draft?.tiers.map(({ key, tag, groupName }) => ({ key, tag, groupName }))).toEqual([
      { key: 'experienced', tag: null, groupName: 'Tier 2 Support' },
      { key: 'new', tag: 'leeway_new', groupName: null },
    ]);
  });

  it('of guidelines are guidelines once their # are removed', () => {
    expect(parse(example('guidelines'))).toEqual({});
    const { reasons } = readReasons(parse(example('reasons'))['reason'], 'USD' as Currency);
    const { guideline } = parse(uncommented('guidelines'));
    const { guidelines, mistakes } = readGuidelines(guideline, 'USD' as Currency, reasons);
    expect(mistakes).toEqual([]);
    expect(guidelines).toMatchObject([
      { when: { reasons: ['late_delivery'] }, usual: 1000, most: 1500, strength: 'cosign' },
      { when: { pastCredits: { atLeast: 2, withinDays: 90 } }, most: null, strength: 'lead' },
    ]);
  });
});
