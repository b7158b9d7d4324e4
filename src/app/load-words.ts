import { type Language, languageOf } from '#ui/shared/languages.ts';
import type { Messages } from '#ui/shared/messages.ts';
import { ui } from '../../translations/en.json' with { type: 'json' };

/** The texts of one language: those of the first screen, and all others, which may come later. */
export interface Words {
  readonly language: Language;
  readonly first: Messages;
  readonly later: Promise<Messages>;
}

// `?raw` makes each file a module, and so a chunk, of its own: of English, the first screen's part is
// in the entry already.
const files: Readonly<Record<Language, () => Promise<{ readonly default: string }>>> = {
  en: () => import('../../translations/en.json?raw'),
  de: () => import('../../translations/de.json?raw'),
  es: () => import('../../translations/es.json?raw'),
  fr: () => import('../../translations/fr.json?raw'),
  'pt-BR': () => import('../../translations/pt-BR.json?raw'),
  ja: () => import('../../translations/ja.json?raw'),
  ar: () => import('../../translations/ar.json?raw'),
};

const parts = async (language: Language) => {
  const { default: text } = await files[language]();
  return JSON.parse(text) as Readonly<Record<'ui' | 'later' | 'note' | 'slot' | 'terms', Messages>>;
};

const laterParts = ({ later, note, slot, terms }: Awaited<ReturnType<typeof parts>>): Messages => ({
  ...later,
  note,
  slot,
  terms,
});

/** All but the first screen's texts. @throws TypeError when the file does not load */
export const loadLaterWords = async (language: Language): Promise<Messages> =>
  laterParts(await parts(language));

/**
 * The texts for an agent's locale. English is there at once; another language is waited for, so that
 * no screen is English first. One that does not load is answered with English.
 */
export async function loadWords(locale: string): Promise<Words> {
  const language = languageOf(locale);
  if (language !== 'en') {
    try {
      const loaded = await parts(language);
      return { language, first: loaded.ui, later: Promise.resolve(laterParts(loaded)) };
    } catch {
      // The app was updated while this page was open, or the connection broke: English is here.
    }
  }
  return { language: 'en', first: ui, later: loadLaterWords('en') };
}
