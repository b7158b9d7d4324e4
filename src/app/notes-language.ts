import en from '../../translations/en.json' with { type: 'json' };
import type { Say } from '#use-cases/context.ts';

const at = (key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], en);

/** Notes are written in the account's language: English, so far. */
export const englishNotes: Say = (key, values = {}) => {
  const text = at(key);
  return typeof text === 'string'
    ? text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
    : key;
};
