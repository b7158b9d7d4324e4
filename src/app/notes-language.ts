import { createDictionary } from '#ui/shared/messages.ts';
import type { Say } from '#use-cases/context.ts';
import { note, slot, terms } from '../../translations/en.json' with { type: 'json' };

/** Notes are written in the account's language: English, so far. */
export const englishNotes: Say = createDictionary('en', { note, slot, terms }).say;
