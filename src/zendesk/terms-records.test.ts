import { describe, expect, it } from 'vitest';
import { instantFromIso } from '#domain/instant.ts';
import { HelpdeskError } from './errors.ts';
import { scriptedTransport, type ScriptedAnswer } from './scripted-transport.ts';
import { readTermsRecords } from './terms-records.ts';
import { affirmTerms, publishTerms } from './terms-writes.ts';
import { createZendeskClock } from './zendesk-clock.ts';

const startsAt = instantFromIso('2026-11-22T10:00:00Z') ?? expect.fail('a time');
const digest = 'd'.repeat(64);

const record = (more: object = {}, custom: object = {}) => ({
  id: '01TERMS',
  external_id: '3',
  custom_object_fields: {
    canonical: '{"v":1}',
    digest,
    starts_at: '2026-11-22T10:00:00Z',
    ...custom,
  },
  created_by_user_id: '9',
  updated_by_user_id: '10',
  created_at: '2026-11-22T10:00:00Z',
  updated_at: '2026-11-22T11:00:00Z',
  ...more,
});

const terms = {
  number: 3,
  canonical: '{"v":1}',
  digest,
  startsAt,
  createdAt: Date.UTC(2026, 10, 22, 10),
  createdBy: '9',
  updatedAt: Date.UTC(2026, 10, 22, 11),
  updatedBy: '10',
};

const list = (...records: object[]) => ({
  custom_object_records: records,
  meta: { has_more: false, after_cursor: null },
});
const single = (one: object) => ({ custom_object_record: one });

const accessWith = (...script: ScriptedAnswer[]) => ({
  transport: scriptedTransport(...script),
  clock: createZendeskClock(() => Date.UTC(2026, 10, 22, 12)),
});

const refusal = new HelpdeskError('invalid', 'taken', { status: 422 });
const draft = { number: 3, canonical: '{"v":1}', digest, startsAt, name: 'Terms 3' };

describe('reading terms', () => {
  it('gives all records', async () => {
    const access = accessWith(list(record(), record({ id: '01OTHER', external_id: '4' })));
    expect(await readTermsRecords(access)).toEqual([terms, { ...terms, number: 4 }]);
  });

  it('lets altered fields through for the domain to judge', async () => {
    const altered = record({}, { canonical: null, digest: 7, starts_at: 'soon' });
    expect(await readTermsRecords(accessWith(list(altered)))).toEqual([
      { ...terms, canonical: '', digest: '', startsAt: null },
    ]);
  });

  it.each([null, '0', '03', 'three', '3 '])(
    'leaves out a record with the external id %j: it never was terms, and must stop nobody',
    async (externalId) => {
      const access = accessWith(list(record(), record({ external_id: externalId })));
      expect(await readTermsRecords(access)).toHaveLength(1);
    },
  );

  it('is an error when two records have one number', async () => {
    await expect(
      readTermsRecords(accessWith(list(record(), record({ id: '01OTHER' })))),
    ).rejects.toMatchObject({ code: 'malformed-response' });
  });
});

describe('publishing terms', () => {
  it('creates the record of the number', async () => {
    const access = accessWith(single(record()));
    expect(await publishTerms(access, draft)).toEqual({ kind: 'published', record: terms });
    expect(access.transport.requests[0]).toEqual({
      method: 'POST',
      path: '/api/v2/custom_objects/leeway_terms/records',
      body: {
        custom_object_record: {
          name: 'Terms 3',
          external_id: '3',
          custom_object_fields: {
            canonical: '{"v":1}',
            digest,
            starts_at: '2026-11-22T10:00:00Z',
          },
        },
      },
      kind: 'write',
    });
  });

  it('is taken when other terms have the number', async () => {
    const access = accessWith(refusal, list(record({}, { canonical: '{"v":1,"other":1}' })));
    expect(await publishTerms(access, draft)).toEqual({ kind: 'taken' });
  });

  it('is published when these very terms have the number: an answer was lost', async () => {
    const access = accessWith(refusal, list(record()));
    expect(await publishTerms(access, draft)).toEqual({ kind: 'published', record: terms });
  });

  it('is an error when the record does not hold what was sent', async () => {
    const access = accessWith(single(record({}, { canonical: '{"v":1' })));
    await expect(publishTerms(access, draft)).rejects.toMatchObject({
      code: 'malformed-response',
    });
  });
});

describe('affirming terms', () => {
  it('writes the same again, with a name that makes it a change', async () => {
    const access = accessWith(list(record()), single(record()));
    expect(await affirmTerms(access, draft)).toEqual(terms);
    expect(access.transport.requests[1]).toMatchObject({
      method: 'PATCH',
      path: '/api/v2/custom_objects/leeway_terms/records/01TERMS',
      body: {
        custom_object_record: {
          name: 'Leeway terms 3, affirmed 2026-11-22T12:00:00Z',
          custom_object_fields: { canonical: '{"v":1}', digest },
        },
      },
    });
  });

  it('creates the record anew where it was deleted', async () => {
    const access = accessWith(list(), single(record()));
    expect(await affirmTerms(access, draft)).toEqual(terms);
    expect(access.transport.requests[1]).toMatchObject({ method: 'POST' });
  });

  it('is a conflict when another creates it meanwhile', async () => {
    const access = accessWith(list(), refusal, list(record()));
    await expect(affirmTerms(access, draft)).rejects.toMatchObject({ code: 'conflict' });
  });
});
