import { useCallback } from 'react';
import type { UserId } from '#domain/ids.ts';
import type { Person } from '#zendesk/helpdesk.ts';

/** How people are called; their id while that is not known. */
export const useNames = (people: ReadonlyMap<UserId, Person> | null): ((id: UserId) => string) =>
  useCallback((id) => people?.get(id)?.name ?? id, [people]);
