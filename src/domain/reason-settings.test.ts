import { describe, expect, it } from 'vitest';
import type { Currency } from './currencies.ts';
import type { Minor } from './money.ts';
import { readReasons, reasonLabel } from './reason-settings.ts';

const USD = 'USD' as Currency;
const good = { key: 'late', label: 'Late' };

const read = (members: Readonly<Record<string, unknown>>, hard: number | null = null) => {
  const { reasons, mistakes } = readReasons([{ ...good, ...members }], USD, hard as Minor | null);
  return {
    reason: reasons[0],
    mistakes: mistakes.map(({ code, values }) => ({ code, ...values })),
  };
};

describe('a reason', () => {
  it('has a key and a label, and more where it says so', () => {
    expect(read({})).toEqual({
      reason: { key: 'late', labels: { en: 'Late' }, suggested: null, noteRequired: false },
      mistakes: [],
    });
    expect(read({ label: ' Late ' }).reason?.labels).toEqual({ en: 'Late' });
    expect(
      read({ label: { en: ' Late ', de: 'Zu spät' }, suggested_amount: 5, note_required: true }),
    ).toEqual({
      reason: {
        key: 'late',
        labels: { en: 'Late', de: 'Zu spät' },
        suggested: 500,
        noteRequired: true,
      },
      mistakes: [],
    });
  });

  it('suggests no more than the hard limit, where that is known', () => {
    const above = { suggested_amount: ' 5.01 ' };
    expect(read({ suggested_amount: 5 }, 500).mistakes).toEqual([]);
    expect(read(above).mistakes).toEqual([]);
    expect(read(above, 500).mistakes).toEqual([
      {
        code: 'suggested-above-hard',
        at: 1,
        key: 'late',
        member: 'suggested_amount',
        value: '5.01',
      },
    ]);
  });

  it.each(['yes', 1, null])('needs a note or not, but not %j', (typed) => {
    expect(read({ note_required: typed })).toMatchObject({
      reason: { noteRequired: false },
      mistakes: [{ code: 'true-or-false', member: 'note_required' }],
    });
  });

  it('may not have members that nobody knows', () => {
    expect(read({ amount: 5 }).mistakes).toMatchObject([
      { code: 'unknown-member', known: 'key, label, suggested_amount, note_required' },
    ]);
  });
});

describe('mistakes', () => {
  it('of reasons leave the good ones in', () => {
    const of = (list: unknown) => {
      const { reasons, mistakes } = readReasons(list, USD);
      return [reasons.length, ...mistakes.map(({ setting, code }) => `${setting}: ${code}`)];
    };
    expect(of('late')).toEqual([0, 'reasons: list-expected']);
    expect(of([good, {}])).toEqual([1, 'reasons: key-missing']);
    expect(of([good, { key: 'x' }])).toEqual([1, 'reasons: label-missing']);
    expect(of([good, good])).toEqual([2, 'reasons: key-twice']);
    expect(of([{ ...good, suggested_amount: 'ten' }])).toEqual([1, 'reasons: not-a-number']);
  });

  it('of a list name what TOML calls its entries', () => {
    expect(readReasons('late', USD).mistakes[0]?.values).toEqual({ member: 'reason' });
  });
});

describe('labels', () => {
  it.each([undefined, '', '  ', 5, null, {}, ['Late']])('cannot be %j', (label) => {
    const { reason, mistakes } = read({ label });
    expect(reason).toBeUndefined();
    expect(mistakes.at(-1)).toEqual({
      code: 'label-missing',
      at: 1,
      key: 'late',
      member: 'label',
    });
  });

  it.each(['en', 'de', 'fil', 'pt-BR', 'zh-Hans-CN', 'es-419'])('may be in %s', (language) => {
    expect(read({ label: { [language]: 'Late' } })).toMatchObject({
      reason: { labels: { [language]: 'Late' } },
      mistakes: [],
    });
  });

  it.each(['e', 'engl', 'EN', 'pt_BR', '-en', 'en-', 'en-x', 'en-ninechars', 'en-é1', '1en'])(
    'cannot be in %s, and the others are read',
    (language) => {
      expect(read({ label: { [language]: 'Late', de: 'Zu spät' } })).toEqual({
        reason: { key: 'late', labels: { de: 'Zu spät' }, suggested: null, noteRequired: false },
        mistakes: [
          { code: 'unknown-language', at: 1, key: 'late', member: 'label', value: language },
        ],
      });
    },
  );

  it.each(['', ' ', 5, null])('cannot be %j in a language, and the others are read', (label) => {
    expect(read({ label: { de: label, en: 'Late' } })).toMatchObject({
      reason: { labels: { en: 'Late' } },
      mistakes: [{ code: 'text-expected', member: 'label.de' }],
    });
  });

  it('of a reason are shown in the locale, its language, English, or as they are', () => {
    const reason = (labels: Record<string, string>) => ({
      key: 'late',
      labels,
      suggested: null,
      noteRequired: false,
    });
    expect(reasonLabel(reason({ en: 'Late', 'pt-BR': 'Atraso' }), 'pt-BR')).toBe('Atraso');
    expect(reasonLabel(reason({ en: 'Late', de: 'Zu spät' }), 'de-AT')).toBe('Zu spät');
    expect(reasonLabel(reason({ de: 'Zu spät', en: 'Late' }), 'fr')).toBe('Late');
    expect(reasonLabel(reason({ de: 'Zu spät' }), 'fr')).toBe('Zu spät');
    expect(reasonLabel(reason({}), 'fr')).toBe('late');
  });
});
