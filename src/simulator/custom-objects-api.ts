import * as v from 'valibot';
import { readBody } from './body-reader.ts';
import { askerOf, partOf, type Answer, type Call, type Route } from './call.ts';
import { pageByCursor } from './paging.ts';
import { readFilter } from './record-filter.ts';
import { createRecord, deleteRecord, recordsOf, updateRecord } from './records.ts';
import { forbidden, recordNotFound, simulatorStrictness } from './refusal.ts';
import { isAdmin, mayWithRecords } from './rights.ts';
import { searchable } from './search-index.ts';
import type { CustomObject, CustomObjectRecord, JsonValue } from './state.ts';

const fieldValues = v.record(
  v.string(),
  v.union([v.null(), v.boolean(), v.number(), v.string(), v.array(v.string())]),
);

const createSchema = v.strictObject({
  custom_object_record: v.strictObject({
    name: v.string(),
    external_id: v.optional(v.nullable(v.string())),
    custom_object_fields: v.optional(fieldValues),
  }),
});

const updateSchema = v.strictObject({
  custom_object_record: v.strictObject({
    name: v.optional(v.string()),
    external_id: v.optional(v.nullable(v.string())),
    custom_object_fields: v.optional(fieldValues),
  }),
});

const searchSchema = v.strictObject({
  query: v.optional(v.string()),
  filter: v.optional(v.custom<JsonValue>((value) => value !== undefined)),
});

function objectOf(call: Call): CustomObject {
  const object = call.world.state.custom_objects[partOf(call, 'custom_object_key')];
  if (object === undefined) throw recordNotFound();
  return object;
}

function permit(
  call: Call,
  object: CustomObject,
  action: 'create' | 'read' | 'update' | 'delete',
  record?: CustomObjectRecord,
): void {
  const { state } = call.world;
  if (!mayWithRecords(state, askerOf(call), object.key, action, record)) throw forbidden();
}

function recordOf(call: Call, object: CustomObject): CustomObjectRecord {
  const record = recordsOf(call.world.state, object.key)[partOf(call, 'custom_object_record_id')];
  if (record === undefined) throw recordNotFound();
  return record;
}

function recordJson(record: CustomObjectRecord, origin: string): Record<string, unknown> {
  const path = `/api/v2/custom_objects/${record.custom_object_key}/records/${record.id}.json`;
  return { ...record, url: `${origin}${path}`, photo: null };
}

function listOf(call: Call, records: CustomObjectRecord[]): Answer {
  const page = pageByCursor(call, records);
  return {
    status: 200,
    body: {
      custom_object_records: page.items.map((record) => recordJson(record, call.url.origin)),
      count: records.length,
      ...page.around,
    },
  };
}

type SortKey = 'id' | 'name' | 'created_at' | 'updated_at';

function sorted(
  call: Call,
  records: CustomObjectRecord[],
  keys: readonly SortKey[],
): CustomObjectRecord[] {
  const sort = call.url.searchParams.get('sort') ?? 'id';
  const down = sort.startsWith('-');
  const key = ([...keys, 'id'] as const).find((name) => name === (down ? sort.slice(1) : sort));
  if (key === undefined) throw simulatorStrictness(400, `sort=${sort} is not known here`);
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...records].sort(
    (a, b) => (down ? -1 : 1) * (order(a[key], b[key]) || order(a.id, b.id)),
  );
}

function commaList(call: Call, name: string): Set<string> | null {
  const text = call.url.searchParams.get(name);
  if (text === null) return null;
  const items = text.split(',');
  if (items.length > 100) throw simulatorStrictness(400, `at most 100 values in ${name}`);
  return new Set(items);
}

/** Read from the database: what was just written is there. */
function listRecords(call: Call): Answer {
  const object = objectOf(call);
  permit(call, object, 'read');
  const ids = commaList(call, 'filter[ids]');
  const externalIds = commaList(call, 'filter[external_ids]');
  const records = Object.values(recordsOf(call.world.state, object.key)).filter(
    (record) =>
      (ids === null || ids.has(record.id)) &&
      (externalIds === null ||
        (record.external_id !== null && externalIds.has(record.external_id))),
  );
  return listOf(call, sorted(call, records, ['id', 'updated_at']));
}

function textOf(call: Call, record: CustomObjectRecord): string {
  const fields = call.world.state.custom_object_fields[record.custom_object_key] ?? [];
  const texts = fields
    .filter((field) => ['text', 'textarea', 'regexp'].includes(field.type))
    .map((field) => record.custom_object_fields[field.key]);
  return [record.name, record.external_id, ...texts]
    .filter((text) => typeof text === 'string')
    .join(' ')
    .toLowerCase();
}

/** Read from the index, which lags behind the writes. Text search finds prefixes of words. */
function searchRecords(call: Call): Answer {
  const object = objectOf(call);
  permit(call, object, 'read');
  const { state, clock } = call.world;
  const body = call.method === 'POST' ? readBody(searchSchema, call.body) : {};
  const query = call.url.searchParams.get('query') ?? body.query ?? '';
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const matches =
    body.filter === undefined
      ? () => true
      : readFilter(body.filter, state.custom_object_fields[object.key] ?? []);
  const found = searchable(state, 'records', recordsByKey(state.records), clock.now()).filter(
    (record) =>
      record.custom_object_key === object.key &&
      matches(record) &&
      words.every((word) =>
        textOf(call, record)
          .split(/\s+/)
          .some((own) => own.startsWith(word)),
      ),
  );
  return listOf(call, sorted(call, found, ['name', 'created_at', 'updated_at']));
}

function recordsByKey(
  records: Record<string, Record<string, CustomObjectRecord>>,
): Record<string, CustomObjectRecord> {
  return Object.assign({}, ...Object.values(records)) as Record<string, CustomObjectRecord>;
}

function postRecord(call: Call): Answer {
  const object = objectOf(call);
  permit(call, object, 'create');
  const input = readBody(createSchema, call.body).custom_object_record;
  const record = createRecord(call.world, object.key, askerOf(call), input);
  return { status: 201, body: { custom_object_record: recordJson(record, call.url.origin) } };
}

function showRecord(call: Call): Answer {
  const object = objectOf(call);
  permit(call, object, 'read');
  const record = recordOf(call, object);
  return { status: 200, body: { custom_object_record: recordJson(record, call.url.origin) } };
}

function patchRecord(call: Call): Answer {
  const object = objectOf(call);
  const record = recordOf(call, object);
  permit(call, object, 'update', record);
  const input = readBody(updateSchema, call.body).custom_object_record;
  updateRecord(call.world, record, askerOf(call), input);
  return { status: 200, body: { custom_object_record: recordJson(record, call.url.origin) } };
}

/** Sets a record by its external id: creates or overwrites, whoever made it. */
function upsertRecord(call: Call): Answer {
  const object = objectOf(call);
  const externalId = call.url.searchParams.get('external_id');
  if (externalId === null) throw simulatorStrictness(400, 'external_id is missing');
  const input = readBody(updateSchema, call.body).custom_object_record;
  const existing = Object.values(recordsOf(call.world.state, object.key)).find(
    (record) => record.external_id === externalId,
  );
  permit(call, object, existing === undefined ? 'create' : 'update', existing);
  const given = { ...input, external_id: externalId };
  const record =
    existing === undefined
      ? createRecord(call.world, object.key, askerOf(call), { ...given, name: input.name ?? '' })
      : updateRecord(call.world, existing, askerOf(call), given);
  return {
    status: existing === undefined ? 201 : 200,
    body: { custom_object_record: recordJson(record, call.url.origin) },
  };
}

function removeRecord(call: Call): Answer {
  const object = objectOf(call);
  const record = recordOf(call, object);
  permit(call, object, 'delete', record);
  deleteRecord(call.world, record, askerOf(call).id);
  return { status: 204 };
}

function listEvents(call: Call): Answer {
  const object = objectOf(call);
  permit(call, object, 'read');
  const events = call.world.state.record_events[recordOf(call, object).id] ?? [];
  const page = pageByCursor(call, events);
  return { status: 200, body: { events: page.items, ...page.around } };
}

function objectJson(object: CustomObject, origin: string): Record<string, unknown> {
  return {
    ...object,
    raw_title: object.title,
    raw_title_pluralized: object.title_pluralized,
    raw_description: object.description,
    url: `${origin}/api/v2/custom_objects/${object.key}.json`,
  };
}

function listFields(call: Call): Answer {
  const object = objectOf(call);
  const fields = call.world.state.custom_object_fields[object.key] ?? [];
  return {
    status: 200,
    body: {
      custom_object_fields: fields.map(
        ({ relationship_target_type: target, is_unique, ...field }) => ({
          ...field,
          ...(field.system ? { properties: { is_unique } } : {}),
          ...(target === null ? {} : { relationship_target_type: target }),
          raw_title: field.title,
          raw_description: field.description,
          url: `${call.url.origin}/api/v2/custom_objects/${object.key}/fields/${String(field.id)}.json`,
        }),
      ),
      count: fields.length,
    },
  };
}

function listPolicies(call: Call): Answer {
  const object = objectOf(call);
  if (!isAdmin(askerOf(call))) throw forbidden();
  const policies = call.world.state.permission_policies[object.key] ?? {};
  return {
    status: 200,
    body: {
      permission_policies: Object.entries(policies).map(([id, policy]) => ({ id, ...policy })),
    },
  };
}

function limit(count: (call: Call) => number, most: number): Route['answer'] {
  return (call) => ({ status: 200, body: { count: count(call), limit: most } });
}

const object = '/custom_objects/{custom_object_key}';
const list = { method: 'GET', who: 'agents', paging: 'cursor' } as const;
const agents = { who: 'agents' } as const;

/** Custom objects, their fields, records, searches, events, policies and limits. */
export const customObjectRoutes: Route[] = [
  {
    ...agents,
    method: 'GET',
    path: '/custom_objects',
    answer: (call) => ({
      status: 200,
      body: {
        custom_objects: Object.values(call.world.state.custom_objects).map((one) =>
          objectJson(one, call.url.origin),
        ),
      },
    }),
  },
  {
    ...agents,
    method: 'GET',
    path: '/custom_objects/limits/object_limit',
    answer: limit((call) => Object.keys(call.world.state.custom_objects).length, 30),
  },
  {
    ...agents,
    method: 'GET',
    path: '/custom_objects/limits/record_limit',
    answer: limit((call) => Object.keys(recordsByKey(call.world.state.records)).length, 50_000_000),
  },
  {
    ...agents,
    method: 'GET',
    path: object,
    answer: (call) => ({
      status: 200,
      body: { custom_object: objectJson(objectOf(call), call.url.origin) },
    }),
  },
  { ...agents, method: 'GET', path: `${object}/fields`, answer: listFields },
  {
    ...agents,
    method: 'GET',
    path: `${object}/limits/field_limit`,
    answer: limit(
      (call) => (call.world.state.custom_object_fields[objectOf(call).key] ?? []).length,
      100,
    ),
  },
  { ...agents, method: 'GET', path: `${object}/permission_policies`, answer: listPolicies },
  {
    ...list,
    path: `${object}/records`,
    query: ['filter[ids]', 'filter[external_ids]', 'sort'],
    answer: listRecords,
  },
  { ...agents, method: 'POST', path: `${object}/records`, answer: postRecord },
  {
    ...agents,
    method: 'PATCH',
    path: `${object}/records`,
    query: ['external_id'],
    answer: upsertRecord,
  },
  {
    ...agents,
    method: 'GET',
    path: `${object}/records/count`,
    answer: (call) => {
      const one = objectOf(call);
      permit(call, one, 'read');
      const value = Object.keys(recordsOf(call.world.state, one.key)).length;
      return { status: 200, body: { count: { value, refreshed_at: null } } };
    },
  },
  { ...list, path: `${object}/records/search`, query: ['query', 'sort'], answer: searchRecords },
  {
    ...list,
    method: 'POST',
    reads: true,
    path: `${object}/records/search`,
    query: ['query', 'sort'],
    answer: searchRecords,
  },
  {
    ...agents,
    method: 'GET',
    path: `${object}/records/{custom_object_record_id}`,
    answer: showRecord,
  },
  {
    ...agents,
    method: 'PATCH',
    path: `${object}/records/{custom_object_record_id}`,
    answer: patchRecord,
  },
  {
    ...agents,
    method: 'DELETE',
    path: `${object}/records/{custom_object_record_id}`,
    answer: removeRecord,
  },
  { ...list, path: `${object}/records/{custom_object_record_id}/events`, answer: listEvents },
];
