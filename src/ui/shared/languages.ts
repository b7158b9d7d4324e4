/** The languages of translations/, by the names that Zendesk gives them. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt-BR', 'ja', 'ar'] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * The language for an agent's locale: the very one, else one of the same tongue (`pt` is answered
 * with Brazilian Portuguese), else English.
 * @param locale as Zendesk names it, such as `en-GB`, `pt-br`, `zh-cn`
 */
export function languageOf(locale: string): Language {
  const tongue = (name: string): string => name.split(/[-_]/, 1)[0]?.toLowerCase() ?? '';
  return LANGUAGES.find((language) => tongue(language) === tongue(locale)) ?? 'en';
}

/** For the page's `dir`. */
export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  language === 'ar' ? 'rtl' : 'ltr';
