/** The languages of translations/, by the names that Zendesk gives them. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt-BR', 'ja', 'ar'] as const;

export type Language = (typeof LANGUAGES)[number];

/** `pt` of `pt-BR`. */
export const tongueOf = (locale: string): string => locale.split(/[-_]/, 1)[0]?.toLowerCase() ?? '';

/**
 * The language for an agent's locale: the very one, else one of the same tongue (`pt` is answered
 * with Brazilian Portuguese), else English.
 * @param locale as Zendesk names it, such as `en-GB`, `pt-br`, `zh-cn`
 */
export const languageOf = (locale: string): Language =>
  LANGUAGES.find((language) => tongueOf(language) === tongueOf(locale)) ?? 'en';

/** For the page's `dir`. */
export const directionOf = (language: string): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');
