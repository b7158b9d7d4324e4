import { describe, expect, it } from 'vitest';
import { readAccountLocale } from './locales.ts';

const from = (answer: unknown) => readAccountLocale({ send: () => Promise.resolve(answer) });

describe('the language of an account', () => {
  it('is the one that Zendesk marks as default', async () => {
    const locales = [
      { locale: 'en-US', default: false },
      { locale: 'de', default: true },
    ];
    await expect(from({ locales })).resolves.toBe('de');
  });

  it('is the only one', async () => {
    await expect(from({ locales: [{ locale: 'ja' }] })).resolves.toBe('ja');
  });

  it('is not known where several are there and none is marked', async () => {
    await expect(from({ locales: [{ locale: 'ja' }, { locale: 'de' }] })).resolves.toBeNull();
    await expect(from({ locales: [] })).resolves.toBeNull();
  });

  it('is not guessed from an answer that cannot be read', async () => {
    await expect(from({ locales: [{ name: 'Deutsch' }] })).rejects.toMatchObject({
      code: 'malformed-response',
    });
  });
});
