import { stampOf } from './clock.ts';
import { createUlid } from './ids.ts';
import { recordValuesOf, refuseTooLarge } from './record-values.ts';
import { recordInvalid } from './refusal.ts';
import { noteForSearch } from './search-index.ts';
import type { World } from './call.ts';
import type { CustomObjectRecord, JsonValue, RecordEvent, SimulatorState, User } from './state.ts';

export interface RecordInput {
  name?: string | undefined;
  external_id?: string | null | undefined;
  custom_object_fields?: Record<string, JsonValue> | undefined;
}

/** The records of one object, by id. */
export function recordsOf(
  state: SimulatorState,
  objectKey: string,
): Record<string, CustomObjectRecord> {
  return (state.records[objectKey] ??= {});
}

function refuseTaken(
  state: SimulatorState,
  objectKey: string,
  input: RecordInput,
  own: string | null,
): void {
  const others = Object.values(recordsOf(state, objectKey)).filter((record) => record.id !== own);
  if (
    typeof input.external_id === 'string' &&
    others.some((record) => record.external_id === input.external_id)
  ) {
    throw recordInvalid('external_id', 'External id has already been taken', 'DuplicateValue');
  }
  const nameIsUnique = (state.custom_object_fields[objectKey] ?? []).some(
    (field) => field.key === 'standard::name' && field.is_unique,
  );
  if (nameIsUnique && others.some((record) => record.name === input.name)) {
    throw recordInvalid('name', 'Name has already been taken', 'DuplicateValue');
  }
}

function noteEvent(
  world: World,
  record: CustomObjectRecord,
  by: User,
  type: RecordEvent['type'],
  before: CustomObjectRecord | null,
): void {
  const now = world.clock.now();
  const flat = (one: CustomObjectRecord | null): Record<string, JsonValue> =>
    one === null
      ? {}
      : { name: one.name, external_id: one.external_id, ...one.custom_object_fields };
  const previous = flat(before);
  const current = flat(record);
  const changed = Object.keys({ ...previous, ...current }).filter(
    (key) => JSON.stringify(previous[key] ?? null) !== JSON.stringify(current[key] ?? null),
  );
  (world.state.record_events[record.id] ??= []).push({
    id: createUlid(now, world.random),
    type,
    actor: { user_id: String(by.id) },
    created_at: stampOf(now),
    properties: {
      transaction_events: changed.map((key) => ({
        type: type === 'record_created' ? 'create' : 'change',
        field_key: key,
        previous_value: previous[key] ?? null,
        current_value: current[key] ?? null,
        origin: 'api',
      })),
    },
  });
  noteForSearch(world.state, 'records', record.id, now, before, record);
  world.emit({
    type: type === 'record_created' ? 'record.created' : 'record.updated',
    object: record.custom_object_key,
    record_id: record.id,
    by: by.id,
  });
}

/**
 * Creates a record. An `external_id` that another record has is refused: that makes creating one
 * usable as a lock.
 */
export function createRecord(
  world: World,
  objectKey: string,
  by: User,
  input: RecordInput & { name: string },
): CustomObjectRecord {
  const { state } = world;
  if (input.name.trim() === '') throw recordInvalid('name', 'Name: cannot be blank', 'BlankValue');
  const fields = recordValuesOf(state, objectKey, input.custom_object_fields ?? {});
  refuseTooLarge(fields);
  refuseTaken(state, objectKey, input, null);
  const now = world.clock.now();
  const empty = (state.custom_object_fields[objectKey] ?? [])
    .filter((field) => !field.system)
    .map((field) => [field.key, null] as const);
  const record: CustomObjectRecord = {
    id: createUlid(now, world.random),
    name: input.name,
    external_id: input.external_id ?? null,
    custom_object_key: objectKey,
    custom_object_fields: { ...Object.fromEntries(empty), ...fields },
    created_by_user_id: String(by.id),
    updated_by_user_id: String(by.id),
    created_at: stampOf(now),
    updated_at: stampOf(now),
  };
  recordsOf(state, objectKey)[record.id] = record;
  noteEvent(world, record, by, 'record_created', null);
  return record;
}

/** Changes the given fields and leaves the others. There is no stamp to compare: the last write wins. */
export function updateRecord(
  world: World,
  record: CustomObjectRecord,
  by: User,
  input: RecordInput,
): CustomObjectRecord {
  const { state } = world;
  if (input.name?.trim() === '') throw recordInvalid('name', 'Name: cannot be blank', 'BlankValue');
  const given = recordValuesOf(state, record.custom_object_key, input.custom_object_fields ?? {});
  const fields = { ...record.custom_object_fields, ...given };
  refuseTooLarge(fields);
  refuseTaken(state, record.custom_object_key, input, record.id);
  const before = structuredClone(record);
  record.custom_object_fields = fields;
  if (input.name !== undefined) record.name = input.name;
  if (input.external_id !== undefined) record.external_id = input.external_id;
  record.updated_by_user_id = String(by.id);
  record.updated_at = stampOf(world.clock.now());
  noteEvent(world, record, by, 'record_updated', before);
  return record;
}

/** Deletes a record and its events; its external id may be used again. */
export function deleteRecord(world: World, record: CustomObjectRecord, by: number): void {
  const { state } = world;
  Reflect.deleteProperty(recordsOf(state, record.custom_object_key), record.id);
  Reflect.deleteProperty(state.record_events, record.id);
  noteForSearch(state, 'records', record.id, world.clock.now(), structuredClone(record), null);
  world.emit({
    type: 'record.deleted',
    object: record.custom_object_key,
    record_id: record.id,
    by,
  });
}
