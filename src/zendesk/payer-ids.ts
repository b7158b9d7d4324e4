import * as v from 'valibot';
import type { UserId } from '#domain/ids.ts';
import { HelpdeskError } from './errors.ts';
import { PAGE_SIZE } from './paging.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireUserId } from './wire.ts';

/** Where Zendesk has the customer's id at the payer: the user's external id, or a user field's key. */
export type PayerIdPlace =
  { readonly kind: 'external-id' } | { readonly kind: 'user-field'; readonly key: string };

/** @param name `external_id`, or a user field's key: letters, digits, `_`, `-`. null for anything else */
export const payerIdPlace = (name: string): PayerIdPlace | null => {
  if (name === 'external_id') return { kind: 'external-id' };
  return /^[A-Za-z0-9_-]{1,255}$/.test(name) ? { kind: 'user-field', key: name } : null;
};

/** Text fields hold text, integer fields a number. Nothing but white space is nothing. */
const wireValue = v.pipe(
  v.nullish(v.union([v.string(), v.pipe(v.number(), v.safeInteger())]), null),
  v.transform((value) => (value === null ? '' : String(value).trim()) || null),
);

const users = v.object({
  users: v.array(
    v.object({
      id: wireUserId,
      external_id: v.nullish(v.string(), null),
      user_fields: v.nullish(v.record(v.string(), v.unknown()), {}),
    }),
  ),
});

type WireUser = v.InferOutput<typeof users>['users'][number];

/**
 * Reads customers' ids at the payer. Zendesk names every user field of the account on every user,
 * empty ones with null, so a key that no user has is a mistyped one.
 * @returns null for who has none; who is unknown to Zendesk is absent
 * @throws HelpdeskError `not-found` when no user has the field, `malformed-response` for a field that
 *   holds neither text nor a whole number
 */
export async function readPayerIds(
  transport: Transport,
  customers: Iterable<UserId>,
  place: PayerIdPlace,
): Promise<ReadonlyMap<UserId, string | null>> {
  const wanted = [...new Set(customers)];
  const found: WireUser[] = [];
  for (let from = 0; from < wanted.length; from += PAGE_SIZE) {
    const path = `/api/v2/users/show_many?ids=${wanted.slice(from, from + PAGE_SIZE).join(',')}`;
    const answer = await transport.send({ method: 'GET', path, kind: 'read' });
    found.push(...parseAnswer(users, answer, path).users);
  }
  if (place.kind === 'user-field' && found.length > 0) checkThatFieldExists(found, place.key);
  return new Map(found.map((user) => [user.id, valueAt(user, place)]));
}

function checkThatFieldExists(found: readonly WireUser[], key: string): void {
  if (found.some((user) => Object.hasOwn(user.user_fields, key))) return;
  throw new HelpdeskError('not-found', `no user has a field with the key ${key}`);
}

function valueAt(user: WireUser, place: PayerIdPlace): string | null {
  const value = place.kind === 'external-id' ? user.external_id : user.user_fields[place.key];
  return parseAnswer(wireValue, value, `the payer's id of user ${user.id}:`);
}
