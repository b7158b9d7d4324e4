import { describe, expect, it } from 'vitest';
import { directionOf, LANGUAGES, languageOf } from './languages.ts';

describe('the language of an agent', () => {
  it.each([
    ['en-US', 'en'],
    ['en-GB', 'en'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['es-419', 'es'],
    ['fr-CA', 'fr'],
    ['pt', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['ja', 'ja'],
    ['ar_EG', 'ar'],
    ['zh-CN', 'en'],
    ['dea', 'en'],
    ['', 'en'],
  ])('whose locale is %s is %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });

  it('runs from right to left in Arabic alone', () => {
    expect(LANGUAGES.filter((language) => directionOf(language) === 'rtl')).toEqual(['ar']);
  });
});
