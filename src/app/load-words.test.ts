import { afterEach, describe, expect, it, vi } from 'vitest';
import { LANGUAGES } from '#ui/shared/languages.ts';
import { createDictionary } from '#ui/shared/messages.ts';
import { accountNotes, englishNotes } from './notes-language.ts';
import { loadWords } from './load-words.ts';

const sharedNothing = { find: () => null, keep: () => undefined };

const notesOf = (locale: string | null) =>
  accountNotes({ readAccountLocale: () => Promise.resolve(locale) }, sharedNothing)();

afterEach(() => {
  vi.doUnmock('../../translations/de.json?raw');
  vi.resetModules();
});

describe('the words for an agent', () => {
  it.each([
    ['en-US', 'Budget used', 'Approve'],
    ['en-GB', 'Budget used', 'Approve'],
    ['de-AT', 'Verbrauchtes Budget', 'Genehmigen'],
    ['es-419', 'Presupuesto usado', 'Aprobar'],
    ['fr-CA', 'Budget utilisé', 'Approuver'],
    ['pt', 'Orçamento usado', 'Aprovar'],
    ['ja', '使用済みの予算', '承認'],
    ['ar-EG', 'الميزانية المستخدمة', 'موافقة'],
    ['zh-CN', 'Budget used', 'Approve'],
  ])('of %s are in their language, first screen and all else', async (locale, meter, button) => {
    const { language, first, later } = await loadWords(locale);
    const dictionary = createDictionary(language, first);
    expect(dictionary.say('budget.meter')).toBe(meter);
    dictionary.add(await later);
    expect(dictionary.say('action.approve')).toBe(button);
  });

  it('are English where the file of their language does not load', async () => {
    vi.resetModules();
    vi.doMock('../../translations/de.json?raw', () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    });
    const { loadWords: load } = await import('./load-words.ts');
    const { language, first } = await load('de');
    expect(language).toBe('en');
    expect(createDictionary(language, first).say('budget.meter')).toBe('Budget used');
  });
});

describe('the notes of an account', () => {
  it.each(LANGUAGES)('in %s name code and amount', async (language) => {
    const notes = await notesOf(language);
    const note = notes.say('note.posted', { code: 'LW-7Q2K9X', amount: '25' });
    expect(note).toContain('LW-7Q2K9X');
    expect(note).toContain('25');
    expect(note === englishNotes.say('note.posted', { code: 'LW-7Q2K9X', amount: '25' })).toBe(
      language === 'en',
    );
  });

  it('are English where Zendesk does not tell its language', async () => {
    expect(await notesOf(null)).toBe(englishNotes);
  });
});
