import { languageOf } from '#ui/shared/languages.ts';
import { createDictionary } from '#ui/shared/messages.ts';
import type { SharedAnswers } from '#ui/shared/shared-answers.ts';
import type { Notes } from '#use-cases/context.ts';
import { nullIfHelpdeskFailed } from '#zendesk/errors.ts';
import type { Helpdesk } from '#zendesk/helpdesk.ts';
import { note, slot, terms } from '../../translations/en.json' with { type: 'json' };
import { loadCode } from './load-code.ts';
import { loadLaterWords } from './load-words.ts';

export const englishNotes: Notes = {
  say: createDictionary('en', { note, slot, terms }).say,
  locale: 'en-US',
};

const KEY = ['account-locale'];

/**
 * Notes are read by colleagues of any language, so they are in the account's own, not in the one of
 * whoever writes. Asked of Zendesk before the first write of a browser session.
 * @returns what gives the texts: English where Zendesk does not tell the language, or has one that
 *   Leeway has not
 */
export function accountNotes(
  helpdesk: Pick<Helpdesk, 'readAccountLocale'>,
  shared: Pick<SharedAnswers, 'find' | 'keep'>,
): () => Promise<Notes> {
  let made: Promise<Notes> | null = null;
  const make = async (): Promise<Notes> => {
    const kept = shared.find(KEY)?.data;
    const locale = typeof kept === 'string' ? kept : await helpdesk.readAccountLocale();
    if (locale !== null) shared.keep(KEY, locale);
    const language = languageOf(locale ?? 'en');
    if (language === 'en') return englishNotes;
    const { say } = createDictionary(language, await loadCode(() => loadLaterWords(language)));
    return { say, locale: locale ?? language };
  };
  return () => {
    made ??= make().catch((cause: unknown) => {
      made = null;
      // Neither an account that does not answer nor a file that does not load stops a credit.
      nullIfHelpdeskFailed(cause);
      return englishNotes;
    });
    return made;
  };
}
