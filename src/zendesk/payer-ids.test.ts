import { describe, expect, it } from 'vitest';
import type { UserId } from '#domain/ids.ts';
import { payerIdPlace, readPayerIds } from './payer-ids.ts';
import { scriptedTransport } from './scripted-transport.ts';

const field = { kind: 'user-field', key: 'stripe_customer' } as const;

const user = (id: number, value: unknown, externalId: string | null = null) => ({
  id,
  external_id: externalId,
  user_fields: { stripe_customer: value, other: true },
});

describe("a customer's id at the payer", () => {
  it('stands in a user field, as text or as a whole number', async () => {
    const users = [user(1, ' cus_1 '), user(2, 4711), user(3, null), user(4, '  ')];
    const transport = scriptedTransport({ users });
    const ids = await readPayerIds(transport, ['1', '2', '3', '4', '5'] as UserId[], field);
    expect([...ids]).toEqual([
      ['1', 'cus_1'],
      ['2', '4711'],
      ['3', null],
      ['4', null],
    ]);
  });

  it('or is the external id', async () => {
    const transport = scriptedTransport({ users: [user(1, null, 'cus_9'), user(2, 'x')] });
    const ids = await readPayerIds(transport, ['1', '2'] as UserId[], { kind: 'external-id' });
    expect([...ids.values()]).toEqual(['cus_9', null]);
  });

  it('is asked for a hundred people at a time', async () => {
    const people = Array.from({ length: 101 }, (_, at) => String(at + 1) as UserId);
    const transport = scriptedTransport({ users: [user(1, 'a')] }, { users: [user(101, 'b')] });
    await readPayerIds(transport, people, field);
    expect(transport.requests).toHaveLength(2);
  });

  it('is not missing where the key was mistyped: that is an error', async () => {
    const transport = scriptedTransport({ users: [user(1, 'cus_1')] });
    const mistyped = readPayerIds(transport, ['1' as UserId], { ...field, key: 'stripe_costumer' });
    await expect(mistyped).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is never what a checkbox or a list holds', async () => {
    for (const value of [true, ['cus_1'], 1.5]) {
      const transport = scriptedTransport({ users: [user(1, value)] });
      const read = readPayerIds(transport, ['1' as UserId], field);
      await expect(read).rejects.toMatchObject({ code: 'malformed-response' });
    }
  });

  it('is named by external_id or by the key of a field', () => {
    expect(payerIdPlace('external_id')).toEqual({ kind: 'external-id' });
    expect(payerIdPlace('stripe_customer')).toEqual(field);
    expect([payerIdPlace(''), payerIdPlace('a b'), payerIdPlace('../x')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
