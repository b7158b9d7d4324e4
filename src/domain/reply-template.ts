import type { Mistake } from './settings.ts';

/** Sentences for the customer, by language. */
export interface ReplyTemplates {
  /** By language as the admin wrote it, such as `de` or `pt-BR`. */
  readonly byLanguage: Readonly<Record<string, string>>;
  /** For every other language; null where the admin wrote none. */
  readonly otherwise: string | null;
}

/** What a sentence can name. */
export const PLACEHOLDERS = ['amount', 'name', 'reason'] as const;

const LINE = /^([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*:\s+(.+)$/;
// Two braces are Zendesk's own placeholder, which is not run here.
const PLACEHOLDER = /(?<!\{)\{(\w+)\}(?!\})/g;

/**
 * Reads the setting `reply_template`: a line for each language, `de: …`; a line without a language is
 * for all others.
 */
export function readReplyTemplates(text: string): ReplyTemplates & {
  readonly mistakes: readonly Mistake[];
} {
  const byLanguage: Record<string, string> = {};
  let otherwise: string | null = null;
  const mistakes: Mistake[] = [];
  for (const [index, typed] of text.split('\n').entries()) {
    const line = typed.trim();
    if (line === '' || line.startsWith('#')) continue;
    const wrong = (code: Mistake['code'], values: Mistake['values']): void => {
      mistakes.push({ setting: 'reply_template', line: index + 1, code, values });
    };
    const [, language = null, sentence = line] = LINE.exec(line) ?? [];
    for (const [whole, name] of sentence.matchAll(PLACEHOLDER)) {
      const isKnown = PLACEHOLDERS.some((known) => known === name);
      if (!isKnown) wrong('unknown-placeholder', { value: whole });
    }
    const isThere = language === null ? otherwise !== null : language in byLanguage;
    if (isThere) wrong('sentence-twice', { value: sentence });
    else if (language === null) otherwise = sentence;
    else byLanguage[language] = sentence;
  }
  return { byLanguage, otherwise, mistakes };
}

/**
 * The sentence in somebody's language, and the locale that its amount is written in: theirs where it
 * speaks their language. null: there is none for them.
 * @param locale such as `de-AT`; null where it is not known
 */
export function replyTemplateFor(
  { byLanguage, otherwise }: ReplyTemplates,
  locale: string | null,
): { readonly text: string; readonly locale: string } | null {
  const [language = ''] = locale?.split('-') ?? [];
  const own = locale !== null && (byLanguage[locale] ?? byLanguage[language]);
  if (locale !== null && own) return { text: own, locale };
  if (otherwise !== null) return { text: otherwise, locale: locale ?? 'en' };
  const [first] = Object.entries(byLanguage);
  const english = byLanguage['en'];
  if (english !== undefined) return { text: english, locale: 'en' };
  return first ? { text: first[1], locale: first[0] } : null;
}

/** The sentence with its values put in. What it does not know stays as it is written. */
export const filledIn = (
  text: string,
  values: Readonly<Record<(typeof PLACEHOLDERS)[number], string>>,
): string => {
  const known: Readonly<Record<string, string>> = values;
  return text.replace(PLACEHOLDER, (whole, name: string) => known[name] ?? whole);
};
