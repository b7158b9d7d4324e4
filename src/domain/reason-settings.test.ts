import { describe, expect, it } from 'vitest';
import type { Currency } from './currencies.ts';
import { readReasons, reasonLabel } from './reason-settings.ts';

const USD = 'USD' as Currency;

describe('mistakes', () => {
  it('of reasons leave the good ones in', () => {
    const good = { key: 'late', label: 'Late' };
    const read = (list: unknown) => {
      const { reasons, mistakes } = readReasons(list, USD);
      return [reasons.length, ...mistakes.map(({ code }) => code)];
    };
    expect(read('late')).toEqual([0, 'list-expected']);
    expect(read([good, {}])).toEqual([1, 'key-missing']);
    expect(read([good, { key: 'x' }])).toEqual([1, 'label-missing']);
    expect(read([good, good])).toEqual([2, 'key-twice']);
    expect(read([{ ...good, suggested_amount: 'ten' }])).toEqual([1, 'not-a-number']);
  });
});

describe('labels', () => {
  it('of a reason are shown in the locale, its language, English, or as they are', () => {
    const reason = (labels: Record<string, string>) => ({
      key: 'late',
      labels,
      suggested: null,
      noteRequired: false,
    });
    expect(reasonLabel(reason({ en: 'Late', 'pt-BR': 'Atraso' }), 'pt-BR')).toBe('Atraso');
    expect(reasonLabel(reason({ en: 'Late', de: 'Zu spät' }), 'de-AT')).toBe('Zu spät');
    expect(reasonLabel(reason({ en: 'Late', de: 'Zu spät' }), 'fr')).toBe('Late');
    expect(reasonLabel(reason({ de: 'Zu spät' }), 'fr')).toBe('Zu spät');
    expect(reasonLabel(reason({}), 'fr')).toBe('late');
  });
});
