import type { Currency } from './currencies.ts';
import { amountIn, readKeyedList, type Wrong } from './keyed-list.ts';
import type { Minor } from './money.ts';
import { isShape, type Mistake } from './settings.ts';

/** What a person chooses as the cause of a credit. */
export interface Reason {
  readonly key: string;
  /** By locale, `en` at least. */
  readonly labels: Readonly<Record<string, string>>;
  readonly suggested: Minor | null;
  readonly noteRequired: boolean;
}

const MEMBERS = ['key', 'label', 'suggested_amount', 'note_required'];

/**
 * Reads the reasons. Every mistake is found; one without a key or a label is left out.
 * @param value what the TOML of `reasons` holds under `reason`
 * @param hard the hard limit, which no suggestion may exceed; null while it is not known
 */
export function readReasons(
  value: unknown,
  of: Currency,
  hard: Minor | null = null,
): { readonly reasons: readonly Reason[]; readonly mistakes: readonly Mistake[] } {
  const { list, mistakes } = readKeyedList(
    'reasons',
    'reason',
    value,
    MEMBERS,
    (entry, key, wrong) => {
      const suggested = amountIn(entry, 'suggested_amount', of, wrong);
      if (suggested !== null && hard !== null && suggested > hard) {
        const typed = String(entry['suggested_amount']).trim();
        wrong('suggested-above-hard', { member: 'suggested_amount', value: typed });
      }
      const required = entry['note_required'];
      if (required !== undefined && typeof required !== 'boolean') {
        wrong('true-or-false', { member: 'note_required' });
      }
      const labels = readLabels(entry['label'], wrong);
      return labels && { key, labels, suggested, noteRequired: required === true };
    },
  );
  return { reasons: list, mistakes };
}

const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

function readLabels(value: unknown, wrong: Wrong): Reason['labels'] | null {
  const member = 'label';
  if (typeof value === 'string' && value.trim() !== '') return { en: value.trim() };
  if (!isShape(value)) return wrong('label-missing', { member });
  const labels: Record<string, string> = {};
  for (const [language, label] of Object.entries(value)) {
    if (!LANGUAGE.test(language)) wrong('unknown-language', { member, value: language });
    else if (typeof label !== 'string' || label.trim() === '') {
      wrong('text-expected', { member: `label.${language}` });
    } else labels[language] = label.trim();
  }
  return Object.keys(labels).length > 0 ? labels : wrong('label-missing', { member });
}

/** The label in the locale, its language, English, or whatever there is. */
export function reasonLabel(reason: Reason, locale: string): string {
  const [language = ''] = locale.split('-');
  const { labels } = reason;
  return (
    labels[locale] ?? labels[language] ?? labels['en'] ?? Object.values(labels)[0] ?? reason.key
  );
}
