import { describe, expect, it } from 'vitest';
import { createTestShop } from './test-shop.ts';

const records = '/api/v2/custom_objects/credit/records';

interface OneRecord {
  custom_object_record: {
    id: string;
    external_id: string | null;
    custom_object_fields: Record<string, unknown>;
    created_by_user_id: string;
    updated_by_user_id: string;
  };
}

function createStore() {
  const shop = createTestShop();
  const post = async (record: unknown, user: { id: number } = shop.ana) => {
    const answer = await shop.ask(user, 'POST', records, { custom_object_record: record });
    return {
      status: answer.status,
      raw: answer.body,
      record: (answer.body as unknown as OneRecord).custom_object_record,
    };
  };
  const search = async (body: unknown, query = '') => {
    const answer = await shop.ask(shop.ana, 'POST', `${records}/search${query}`, body);
    const list = answer.body as unknown as { custom_object_records?: { name: string }[] };
    return {
      status: answer.status,
      names: (list.custom_object_records ?? []).map(({ name }) => name),
    };
  };
  return { ...shop, post, search };
}

describe('custom object records', () => {
  it('have ULIDs, and user ids as strings', async () => {
    const { post, ana } = createStore();
    const { status, record } = await post({ name: 'A', external_id: 'a' });
    expect(status).toBe(201);
    expect(record.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(record.created_by_user_id).toBe(String(ana.id));
  });

  it('refuse an external id that is taken, until that record is deleted', async () => {
    const { ask, ana, ben, post } = createStore();
    const { record } = await post({ name: 'A', external_id: 'a' });
    const twice = await post({ name: 'B', external_id: 'a' }, ben);
    expect(twice.status).toBe(422);
    expect(twice.raw).toMatchObject({
      error: 'RecordInvalid',
      details: { external_id: [{ error: 'DuplicateValue' }] },
    });
    expect((await ask(ana, 'DELETE', `${records}/${record.id}`)).status).toBe(204);
    expect((await post({ name: 'B', external_id: 'a' })).status).toBe(201);
  });

  it('merge the given fields on update, and the last write wins', async () => {
    const { ask, post, ben } = createStore();
    const { record } = await post({
      name: 'A',
      custom_object_fields: { amount: 100, status: 'credit_reserved' },
    });
    const answer = await ask(ben, 'PATCH', `${records}/${record.id}`, {
      custom_object_record: { custom_object_fields: { status: 'credit_posted' } },
    });
    expect((answer.body as unknown as OneRecord).custom_object_record).toMatchObject({
      custom_object_fields: { amount: 100, status: 'credit_posted' },
      updated_by_user_id: String(ben.id),
    });
  });

  it.each([
    ['an unknown field', { colour: 'red' }],
    ['an unknown dropdown value', { status: 'credit_lost' }],
    ['a fraction for an integer', { amount: 1.5 }],
    ['a text for an integer', { amount: '100' }],
    ['a number for a text', { customer: 7 }],
    ['two lines in a text', { customer: 'a\nb' }],
    ['a lookup of nobody', { person: '999999' }],
    ['more than 32 KB', { customer: 'x'.repeat(33_000) }],
  ])('refuse %s', async (_what, fields) => {
    const { post, state } = createStore();
    expect((await post({ name: 'A', custom_object_fields: fields })).status).toBe(422);
    expect(state.records['credit']).toEqual({});
  });

  it('refuse a missing name, an unknown property and an unknown object', async () => {
    const { post, ask, ana } = createStore();
    expect((await post({ external_id: 'a' })).status).toBe(422);
    expect((await post({ name: ' ' })).status).toBe(422);
    expect((await post({ name: 'A', colour: 'red' })).status).toBe(422);
    expect((await ask(ana, 'GET', '/api/v2/custom_objects/debit/records')).status).toBe(404);
  });

  it('are read fresh by external ids, at most 100 at once', async () => {
    const { ask, ana, post } = createStore();
    await post({ name: 'A', external_id: 'month:2026-11:Etc~UTC:USD/7/1' });
    await post({ name: 'B', external_id: 'b' });
    const wanted = encodeURIComponent('month:2026-11:Etc~UTC:USD/7/1,none');
    const found = await ask(ana, 'GET', `${records}?filter[external_ids]=${wanted}`);
    expect(found.body).toMatchObject({ count: 1, custom_object_records: [{ name: 'A' }] });
    const many = Array.from({ length: 101 }, (_, at) => String(at)).join(',');
    expect((await ask(ana, 'GET', `${records}?filter[external_ids]=${many}`)).status).toBe(400);
  });

  it('keep who changed what as events, until they are deleted', async () => {
    const { ask, ana, ben, post, state } = createStore();
    const { record } = await post({ name: 'A', custom_object_fields: { amount: 1 } });
    await ask(ben, 'PATCH', `${records}/${record.id}`, {
      custom_object_record: { custom_object_fields: { amount: 2 } },
    });
    const events = await ask(ana, 'GET', `${records}/${record.id}/events`);
    expect(events.body).toMatchObject({
      events: [
        { type: 'record_created', actor: { user_id: String(ana.id) } },
        {
          type: 'record_updated',
          actor: { user_id: String(ben.id) },
          properties: {
            transaction_events: [{ field_key: 'amount', previous_value: 1, current_value: 2 }],
          },
        },
      ],
    });
    await ask(ana, 'DELETE', `${records}/${record.id}`);
    expect(state.record_events[record.id]).toBeUndefined();
  });
});

describe('record rights', () => {
  it('below Enterprise let agents do everything and light agents read', async () => {
    const { post, ask, lin, ana } = createStore();
    const { record } = await post({ name: 'A' });
    expect((await ask(lin, 'GET', `${records}/${record.id}`)).status).toBe(200);
    expect((await post({ name: 'B' }, lin)).status).toBe(403);
    expect((await ask(lin, 'DELETE', `${records}/${record.id}`)).status).toBe(403);
    expect((await ask(ana, 'DELETE', `${records}/${record.id}`)).status).toBe(204);
  });

  it('on Enterprise follow the custom role’s policy', async () => {
    const { post, ask, ana, state } = createStore();
    const { record } = await post({ name: 'A' });
    ana.custom_role_id = 5;
    const allowed = { allowed: true, rule_id: null };
    state.permission_policies['credit'] = {
      'custom-role-5': {
        records: {
          create: allowed,
          read: allowed,
          update: { allowed: false, rule_id: null },
          delete: allowed,
        },
      },
    };
    const patch = async () =>
      (await ask(ana, 'PATCH', `${records}/${record.id}`, { custom_object_record: { name: 'B' } }))
        .status;
    expect(await patch()).toBe(200);
    state.account.enterprise = true;
    expect(await patch()).toBe(403);
  });
});

describe('an access rule', () => {
  it('that matches the current user lets change what one has made, and nothing else', async () => {
    const { post, ask, ana, ben, state } = createStore();
    state.account.enterprise = true;
    for (const agent of [ana, ben]) agent.custom_role_id = 5;
    const allowed = { allowed: true, rule_id: null };
    const own = { allowed: true, rule_id: 'own' };
    const policy = { create: allowed, read: allowed, update: own, delete: own };
    state.permission_policies['credit'] = { 'custom-role-5': { records: policy } };
    state.access_rules['credit'] = {
      own: { field: 'created_by_user', operator: 'matches_current_user' },
    };
    const { record } = await post({ name: 'A', external_id: 'a' }, ana);
    const named = { custom_object_record: { name: 'B' } };
    const each = async (user: { id: number }) => [
      (await ask(user, 'PATCH', `${records}/${record.id}`, named)).status,
      (await ask(user, 'PATCH', `${records}?external_id=a`, named)).status,
      (await ask(user, 'DELETE', `${records}/${record.id}`)).status,
    ];
    expect(await each(ben)).toEqual([403, 403, 403]);
    expect(await each(ana)).toEqual([200, 200, 204]);
  });
});

describe('record search', () => {
  it('lags behind creating, changing and deleting', async () => {
    const { post, search, ask, ana, clock } = createStore();
    const { record } = await post({ name: 'A', custom_object_fields: { amount: 1 } });
    const one = { filter: { 'custom_object_fields.amount': { $eq: 1 } } };
    expect((await search(one)).names).toEqual([]);
    await clock.advance(3_000);
    expect((await search(one)).names).toEqual(['A']);
    await ask(ana, 'PATCH', `${records}/${record.id}`, {
      custom_object_record: { custom_object_fields: { amount: 2 } },
    });
    expect((await search(one)).names).toEqual(['A']);
    await clock.advance(3_000);
    expect((await search(one)).names).toEqual([]);
    await ask(ana, 'DELETE', `${records}/${record.id}`);
    expect((await search({})).names).toEqual(['A']);
    await clock.advance(3_000);
    expect((await search({})).names).toEqual([]);
  });

  it('knows the operators of each type, and, or, and sorting', async () => {
    const { post, search, clock, ana, cara } = createStore();
    const customer = String(cara.id);
    await post({
      name: 'A',
      external_id: 'a',
      custom_object_fields: { amount: 1, customer, status: 'credit_posted' },
    });
    await post({
      name: 'B',
      external_id: 'b',
      custom_object_fields: { amount: 5, customer: 'other' },
    });
    await clock.advance(3_000);
    const names = async (filter: unknown, query?: string) =>
      (await search({ filter }, query)).names;
    const field = (key: string, condition: unknown) => ({
      [`custom_object_fields.${key}`]: condition,
    });
    expect(await names(field('customer', { $eq: customer }))).toEqual(['A']);
    expect(await names(field('customer', { $contains: 'oth' }))).toEqual(['B']);
    expect(await names(field('amount', { $gte: 5 }))).toEqual(['B']);
    expect(await names(field('status', { $exists: false }))).toEqual(['B']);
    expect(await names(field('status', { $noteq: 'credit_posted' }))).toEqual(['B']);
    expect(await names({ external_id: { $in: ['b', 'c'] } })).toEqual(['B']);
    expect(await names({ created_by_user: { $eq: String(ana.id) } })).toEqual(['A', 'B']);
    expect(await names({ created_at: { $gt: '2026-11-22T10:00:00Z' } })).toEqual([]);
    const either = { $or: [field('amount', { $lt: 2 }), { name: { $contains: 'b' } }] };
    expect(await names(either, '?sort=-name')).toEqual(['B', 'A']);
    expect(await names({ $and: [either, field('amount', { $eq: 5 })] })).toEqual(['B']);
  });

  it.each([
    ['an unknown field', { 'custom_object_fields.colour': { $eq: 'x' } }],
    ['an unknown operator', { 'custom_object_fields.amount': { $is: 1 } }],
    ['an operator of another type', { 'custom_object_fields.status': { $gt: 'x' } }],
    ['a list where one value belongs', { 'custom_object_fields.amount': { $eq: [1] } }],
    ['a bare value', { name: 'A' }],
    ['an empty filter', {}],
    [
      'six levels',
      { $and: [{ $and: [{ $and: [{ $and: [{ $and: [{ name: { $eq: 'A' } }] }] }] }] }] },
    ],
  ])('refuses %s', async (_what, filter) => {
    const { search } = createStore();
    expect((await search({ filter })).status).toBe(400);
  });
});
