import { describe, expect, it } from 'vitest';
import { currency } from '#domain/currencies.ts';
import { creditId, ticketId, userId } from '#domain/ids.ts';
import { instantFromIso } from '#domain/instant.ts';
import { minor } from '#domain/money.ts';
import type { SlotFields } from '#domain/slot.ts';
import { formatSlotKey, parseSlotKey } from '#domain/slot-key.ts';
import { HelpdeskError } from './errors.ts';
import { scriptedTransport, type ScriptedAnswer } from './scripted-transport.ts';
import { slotDraft } from './slot-wire.ts';
import { claimSlot, moveSlot, probe } from './slot-writes.ts';
import { readOwnSlots, readSlot, readSlots, searchSlots } from './slots.ts';
import type { ApiRequest } from './transport.ts';
import { createZendeskClock } from './zendesk-clock.ts';

const must = <T>(value: T | null): T => value ?? expect.fail('a value for the test');

const maker = must(userId(42));
const ben = must(userId(43));
const cleo = must(userId(44));
const customer = must(userId(1));
const key = must(parseSlotKey('month:2026-11:Etc~UTC:USD/42/1'));
const externalId = formatSlotKey(key);

const fields: SlotFields = {
  credit: must(creditId('credit-0001')),
  ticket: must(ticketId(7)),
  maker,
  customer,
  asked: [ben, cleo],
  signers: [ben],
  amount: must(minor(2500)),
  currency: must(currency('USD')),
  reason: 'late_delivery',
  tags: ['leeway', 'late'],
  status: 'reserved',
  band: 'peer',
  exception: true,
  terms: 3,
  expiresAt: must(instantFromIso('2026-11-23T10:00:00Z')),
};

const wireFields = {
  credit_id: 'credit-0001',
  ticket: '7',
  maker: '42',
  customer: '1',
  asked_1: '43',
  asked_2: '44',
  asked_3: null,
  asked_4: null,
  asked_5: null,
  signers: '43',
  amount_minor: 2500,
  currency: 'USD',
  reason: 'late_delivery',
  tags: 'leeway late',
  status: 'leeway_reserved',
  band: 'peer',
  exception: 'yes',
  terms: '3',
  expires_at: '2026-11-23T10:00:00Z',
};

const record = (more: object = {}, custom: object = {}) => ({
  id: '01GDXYEY1FQYN066VHF49YHJ21',
  name: 'Leeway credit',
  external_id: externalId,
  custom_object_key: 'leeway_credit',
  custom_object_fields: { ...wireFields, ...custom },
  created_by_user_id: '42',
  updated_by_user_id: '43',
  created_at: '2026-11-22T10:00:00Z',
  updated_at: '2026-11-22T11:00:00Z',
  photo: null,
  ...more,
});

const slot = {
  record: '01GDXYEY1FQYN066VHF49YHJ21',
  key,
  createdAt: Date.UTC(2026, 10, 22, 10),
  updatedAt: Date.UTC(2026, 10, 22, 11),
  createdBy: '42',
  updatedBy: '43',
  fields,
};

const list = (...records: object[]) => ({
  custom_object_records: records,
  meta: { has_more: false, after_cursor: null },
});

const refusal = new HelpdeskError('invalid', 'external id taken', { status: 422 });

function accessWith(...script: ScriptedAnswer[]) {
  return { transport: scriptedTransport(...script), clock: createZendeskClock(() => 0) };
}

describe('the fields of a slot', () => {
  it('are written as texts, the amount as a whole number', () => {
    expect(slotDraft('Leeway credit', fields)).toEqual({
      name: 'Leeway credit',
      custom_object_fields: wireFields,
    });
  });

  it('are read back as they were written', async () => {
    expect(await readSlots(accessWith(list(record())), [externalId])).toEqual([slot]);
  });

  it.each(['42,43', '42, 43', '42 43', ' 42  43 '])('may list people as %j', async (signers) => {
    const [read] = await readSlots(accessWith(list(record({}, { signers }))), [externalId]);
    expect(read?.fields.signers).toEqual(['42', '43']);
  });

  it('may be empty where that says nothing', async () => {
    const empty = { asked_1: '', asked_2: null, signers: null, tags: null, reason: null };
    const [read] = await readSlots(accessWith(list(record({}, empty))), [externalId]);
    expect(read?.fields).toMatchObject({ asked: [], signers: [], tags: [], reason: '' });
  });

  it.each([
    ['leeway_posted', 'posted'],
    ['leeway_void', 'void'],
    ['leeway_reversed', 'reversed'],
    ['leeway_reversed_late', 'reversed-late'],
  ] as const)('know the status %s', async (status, expected) => {
    const [read] = await readSlots(accessWith(list(record({}, { status }))), [externalId]);
    expect(read?.fields.status).toBe(expected);
    expect(slotDraft('x', { ...fields, status: expected }).custom_object_fields['status']).toBe(
      status,
    );
  });

  it.each([
    ['credit_id', null],
    ['ticket', 'seven'],
    ['maker', null],
    ['customer', ''],
    ['asked_2', 'Ben'],
    ['signers', '43 Ben'],
    ['signers', 43],
    ['amount_minor', null],
    ['amount_minor', -1],
    ['amount_minor', 25.5],
    ['amount_minor', '2500'],
    ['currency', 'usd'],
    ['status', 'leeway_paid'],
    ['status', null],
    ['band', 'refused'],
    ['exception', null],
    ['terms', '0'],
    ['expires_at', 'tomorrow'],
  ])('are an error for all that was asked when %s is %j', async (field, value) => {
    const spoilt = record({ id: '01SPOILT', updated_by_user_id: '99' }, { [field]: value });
    const access = accessWith(list(record(), spoilt));
    const failure = await readSlots(access, [externalId]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'malformed-response' });
    expect(String(failure)).toContain('01SPOILT');
    expect(String(failure)).toContain('99');
    expect(String(failure)).toContain(field);
  });
});

describe('reading slots by external id', () => {
  it('asks for all in one request', async () => {
    const access = accessWith(list());
    await readSlots(access, ['month:2026-11:Etc~UTC:USD/42/1', 'month:2026-11:Etc~UTC:USD/42/2']);
    expect(access.transport.requests.map(({ path }) => path)).toEqual([
      '/api/v2/custom_objects/leeway_credit/records?filter[external_ids]=' +
        'month:2026-11:Etc~UTC:USD/42/1,month:2026-11:Etc~UTC:USD/42/2&page[size]=100',
    ]);
  });

  it('asks nothing for nothing', async () => {
    expect(await readSlots(accessWith(), [])).toEqual([]);
  });

  it('is an error when Zendesk gives a record that was not asked for', async () => {
    const access = accessWith(list(record({ external_id: 'month:2026-11:Etc~UTC:USD/42/9' })));
    await expect(readSlots(access, [externalId])).rejects.toMatchObject({
      code: 'malformed-response',
    });
  });

  it('counts both, should two records have one external id after all', async () => {
    const access = accessWith(list(record(), record({ id: '01SECOND' })));
    expect(await readSlots(access, [externalId])).toHaveLength(2);
  });

  it('refuses more than Zendesk takes in a call', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `x/${String(index)}`);
    await expect(readSlots(accessWith(), many)).rejects.toThrow(RangeError);
  });

  it('reads one by its own id', async () => {
    const access = accessWith({ custom_object_record: record() });
    expect(await readSlot(access, slot.record as never)).toEqual(slot);
    expect(access.transport.requests[0]?.path).toBe(
      '/api/v2/custom_objects/leeway_credit/records/01GDXYEY1FQYN066VHF49YHJ21',
    );
  });
});

describe('reading one’s own slots', () => {
  const numbered = (...numbers: number[]) =>
    list(
      ...numbers.map((number) =>
        record({ id: `01N${String(number)}`, external_id: formatSlotKey({ ...key, number }) }),
      ),
    );
  const numbersAsked = ({ path }: ApiRequest) =>
    [...path.matchAll(/USD\/42\/(\d+)/g)].map(([, number]) => Number(number));

  it('is one request of 30 numbers as long as the last five are absent', async () => {
    const access = accessWith(numbered(1, 2, 25));
    expect(await readOwnSlots(access, maker, key.period)).toHaveLength(3);
    expect(access.transport.requests.map(numbersAsked)).toEqual([
      Array.from({ length: 30 }, (_, index) => index + 1),
    ]);
  });

  it('goes on while one of the last five is there', async () => {
    const access = accessWith(numbered(1, 26), numbered(31), numbered());
    expect(await readOwnSlots(access, maker, key.period)).toHaveLength(3);
    expect(access.transport.requests.map((request) => numbersAsked(request)[0])).toEqual([1, 31]);
  });

  it('gives nothing when a later request fails', async () => {
    const failure = new HelpdeskError('offline', 'for the test');
    const access = accessWith(numbered(30), failure);
    await expect(readOwnSlots(access, maker, key.period)).rejects.toBe(failure);
  });
});

describe('claiming a slot', () => {
  const claim = (access: ReturnType<typeof accessWith>) =>
    claimSlot(access, key, 'Leeway credit', fields);

  it('creates the record, and never overwrites one', async () => {
    const access = accessWith({ custom_object_record: record() });
    expect(await claim(access)).toEqual({ kind: 'claimed', slot });
    expect(access.transport.requests).toEqual([
      {
        method: 'POST',
        path: '/api/v2/custom_objects/leeway_credit/records',
        body: {
          custom_object_record: {
            name: 'Leeway credit',
            external_id: externalId,
            custom_object_fields: wireFields,
          },
        },
        kind: 'write',
      },
    ]);
  });

  it.each(['invalid', 'conflict', 'forbidden'] as const)(
    'is taken when it is refused as %s and another’s record is there',
    async (code) => {
      const other = record({}, { credit_id: 'credit-other' });
      const access = accessWith(new HelpdeskError(code, 'for the test'), list(other));
      expect(await claim(access)).toEqual({ kind: 'taken' });
    },
  );

  it('is taken by another’s record that cannot be read, too', async () => {
    const access = accessWith(refusal, list(record({}, { credit_id: null, amount_minor: 'x' })));
    expect(await claim(access)).toEqual({ kind: 'taken' });
  });

  it('is claimed when the record that is there is this credit’s: an answer was lost', async () => {
    expect(await claim(accessWith(refusal, list(record())))).toEqual({ kind: 'claimed', slot });
  });

  it('is an error when it is refused and no such record is there', async () => {
    await expect(claim(accessWith(refusal, list()))).rejects.toBe(refusal);
  });

  it.each(['outcome-unknown', 'rate-limited', 'signed-out'] as const)(
    'passes %s on and looks no further',
    async (code) => {
      const failure = new HelpdeskError(code, 'for the test');
      const access = accessWith(failure);
      await expect(claim(access)).rejects.toBe(failure);
      expect(access.transport.requests).toHaveLength(1);
    },
  );

  it('leaves it unknown when the answer cannot be read or has another external id', async () => {
    const answers = [{}, { custom_object_record: record({ external_id: null }) }];
    for (const answer of answers) {
      await expect(claim(accessWith(answer))).rejects.toMatchObject({ code: 'outcome-unknown' });
    }
  });

  it('is an error when the record holds less than was sent', async () => {
    const access = accessWith({ custom_object_record: record({}, { amount_minor: 0 }) });
    await expect(claim(access)).rejects.toMatchObject({ code: 'malformed-response' });
  });
});

it('moves a slot by writing all its fields again', async () => {
  const moved: SlotFields = { ...fields, status: 'posted', asked: [cleo] };
  const access = accessWith({
    custom_object_record: record({}, { status: 'leeway_posted', asked_1: '44', asked_2: null }),
  });
  const answer = await moveSlot(access, slot.record as never, moved, 'Leeway credit, posted');
  expect(answer.fields).toEqual(moved);
  expect(access.transport.requests).toEqual([
    {
      method: 'PATCH',
      path: '/api/v2/custom_objects/leeway_credit/records/01GDXYEY1FQYN066VHF49YHJ21',
      body: {
        custom_object_record: {
          name: 'Leeway credit, posted',
          custom_object_fields: {
            ...wireFields,
            status: 'leeway_posted',
            asked_1: '44',
            asked_2: null,
          },
        },
      },
      kind: 'write',
    },
  ]);
});

it('does not set the clock back by a record that a write left unchanged', async () => {
  const hours = Date.UTC(2026, 10, 22, 20);
  const access = {
    transport: scriptedTransport({ custom_object_record: record() }),
    clock: createZendeskClock(() => hours),
  };
  await moveSlot(access, slot.record as never, fields, 'Leeway credit');
  expect(access.clock.now()).toBe(hours);
});

describe('searching slots', () => {
  it('asks once for the customer’s and for those that wait for a colleague', async () => {
    const access = accessWith(list(record()));
    expect(await searchSlots(access, { customer, asked: ben })).toEqual([slot]);
    const [request] = access.transport.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/api/v2/custom_objects/leeway_credit/records/search?sort=created_at&page[size]=100',
      kind: 'read',
    });
    expect(request?.body).toEqual({
      filter: {
        $or: [
          { 'custom_object_fields.customer': { $eq: '1' } },
          {
            $and: [
              { 'custom_object_fields.status': { $eq: 'leeway_reserved' } },
              {
                $or: [1, 2, 3, 4, 5].map((place) => ({
                  [`custom_object_fields.asked_${String(place)}`]: { $eq: '43' },
                })),
              },
            ],
          },
        ],
      },
    });
  });

  it('leaves out what no longer fits: the index lags behind', async () => {
    const other = { customer: '2' };
    const access = accessWith(
      list(
        record({ id: '01WAITS' }, other),
        record({ id: '01DECIDED' }, { ...other, status: 'leeway_posted' }),
        record({ id: '01ASKSOTHERS' }, { ...other, asked_1: '50', asked_2: '51' }),
        record({ id: '01CUSTOMERS' }, { status: 'leeway_void' }),
      ),
    );
    const found = await searchSlots(access, { customer, asked: ben });
    expect(found.map(({ record: id }) => id)).toEqual(['01WAITS', '01CUSTOMERS']);
  });

  it('knows a probe from a slot', async () => {
    const access = accessWith(list(record({ external_id: 'probe/42' }, { credit_id: null })));
    expect(await searchSlots(access, { customer, asked: ben })).toEqual([]);
  });

  it.each([null, 'month:2026-11:Etc~UTC:USD/42', 'x'])(
    'is an error when a record has the external id %j: it may be a slot that was hidden',
    async (hidden) => {
      const access = accessWith(list(record({ external_id: hidden })));
      await expect(searchSlots(access, { customer, asked: ben })).rejects.toMatchObject({
        code: 'malformed-response',
      });
    },
  );
});

describe('proving that external ids are unique', () => {
  const probeRecord = record(
    { external_id: 'probe/42' },
    { ...Object.fromEntries(Object.keys(wireFields).map((name) => [name, null])) },
  );
  const created = { custom_object_record: probeRecord };
  const names = (requests: readonly ApiRequest[]) =>
    requests
      .filter(({ kind }) => kind === 'write')
      .map(
        ({ body }) =>
          (body as { custom_object_record: { name: string } }).custom_object_record.name,
      );

  it('is done by one refusal when the probe is there already', async () => {
    expect(await probe(accessWith(refusal, list(probeRecord)), maker)).toBe('unique');
  });

  it('creates the probe when it is not, and expects the second to be refused', async () => {
    const access = accessWith(created, refusal, list(probeRecord));
    expect(await probe(access, maker)).toBe('unique');
    const [first, second] = names(access.transport.requests);
    expect(first).not.toBe(second);
    expect(access.transport.requests[0]?.body).toMatchObject({
      custom_object_record: {
        external_id: 'probe/42',
        custom_object_fields: { maker: '42', amount_minor: 0, status: 'leeway_void' },
      },
    });
  });

  it('fails when a second one is created', async () => {
    expect(await probe(accessWith(created, created), maker)).toBe('not-unique');
  });

  it('proves nothing when it is refused and no probe is there', async () => {
    await expect(probe(accessWith(refusal, list()), maker)).rejects.toBe(refusal);
  });
});
