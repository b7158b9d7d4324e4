import { describe, expect, it } from 'vitest';
import { filledIn, readReplyTemplates, replyTemplateFor } from './reply-template.ts';

const text = [
  '# One line for each language.',
  'en: Hello {name}, we added {amount}.',
  '',
  'de: Guten Tag {name}, wir haben {amount} gutgeschrieben.',
  'pt-BR: Olá {name}, adicionamos {amount}.',
].join('\n');

const forLocale = (locale: string | null, typed = text) =>
  replyTemplateFor(readReplyTemplates(typed), locale);

describe('the sentence for a customer', () => {
  it.each([
    ['de', 'Guten Tag {name}, wir haben {amount} gutgeschrieben.', 'de'],
    ['de-AT', 'Guten Tag {name}, wir haben {amount} gutgeschrieben.', 'de-AT'],
    ['pt-BR', 'Olá {name}, adicionamos {amount}.', 'pt-BR'],
    ['en-GB', 'Hello {name}, we added {amount}.', 'en-GB'],
  ])('speaks the language of %s, its amount written as there', (locale, sentence, written) => {
    expect(forLocale(locale)).toEqual({ text: sentence, locale: written });
  });

  it('is English, amount and all, for a language that the admin did not write', () => {
    expect(forLocale('ja')).toEqual({ text: 'Hello {name}, we added {amount}.', locale: 'en' });
    expect(forLocale(null)).toMatchObject({ locale: 'en' });
  });

  it('is the line without a language, where there is one; then whatever there is', () => {
    expect(forLocale('ja', 'de: A\nOur sentence: {amount}.')).toEqual({
      text: 'Our sentence: {amount}.',
      locale: 'ja',
    });
    expect(forLocale('ja', 'de: Nur deutsch')).toEqual({ text: 'Nur deutsch', locale: 'de' });
    expect(forLocale('ja', '# nothing')).toBeNull();
  });

  it('begins after its language, without white space around', () => {
    expect(readReplyTemplates('  en :   Hello  \n  # not this one\nen_GB: Hi')).toEqual({
      byLanguage: { en: 'Hello' },
      otherwise: 'en_GB: Hi',
      mistakes: [],
    });
  });

  it('is written for English where nobody knows the customer’s language', () => {
    expect(forLocale(null, 'Our sentence')).toEqual({ text: 'Our sentence', locale: 'en' });
  });

  it('is English before others, wherever it stands', () => {
    expect(forLocale('ja', 'de: Hallo\nen: Hello')).toEqual({ text: 'Hello', locale: 'en' });
  });

  it('holds the values, and nothing else that stands in braces', () => {
    const values = { amount: '25,00 €', name: '{amount}', reason: 'Late' };
    expect(filledIn('{name}: {amount} ({reason}) {{amount}} {other}', values)).toBe(
      '{amount}: 25,00 € (Late) {{amount}} {other}',
    );
  });
});

describe('a mistake', () => {
  it('is a placeholder that means nothing, with its line', () => {
    expect(readReplyTemplates('en: {amount}\nde: {betrag} {{ticket.id}}').mistakes).toEqual([
      {
        setting: 'reply_template',
        line: 2,
        code: 'unknown-placeholder',
        values: { value: '{betrag}' },
      },
    ]);
  });

  it('is a second sentence for the same customers', () => {
    const { mistakes } = readReplyTemplates('en: One\nen: Two\nThree\nFour');
    expect(mistakes.map(({ line, code, values }) => [line, code, values])).toEqual([
      [2, 'sentence-twice', { value: 'Two' }],
      [4, 'sentence-twice', { value: 'Four' }],
    ]);
  });
});
