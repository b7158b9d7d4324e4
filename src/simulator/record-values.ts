import { recordInvalid } from './refusal.ts';
import type { CustomObjectField, JsonValue, SimulatorState } from './state.ts';

const LARGEST_RECORD_BYTES = 32 * 1024;
const LONGEST_TEXT = 65_536;

function targetExists(state: SimulatorState, target: string | null, id: string): boolean {
  switch (target) {
    case 'zen:user':
      return state.users[id] !== undefined;
    case 'zen:ticket':
      return state.tickets[id] !== undefined;
    case 'zen:organization':
      return state.organizations[id] !== undefined;
    case null:
      return false;
    default:
      return state.records[target.replace(/^custom_object:/, '')]?.[id] !== undefined;
  }
}

/** The value as a record stores it, or 422: types are taken literally, nothing is guessed. */
function recordValueOf(
  state: SimulatorState,
  field: CustomObjectField,
  value: JsonValue,
): JsonValue {
  if (value === null) return null;
  const refuse = (why: string) => recordInvalid(field.key, `${field.title} ${why}`);
  switch (field.type) {
    case 'text':
    case 'textarea':
      if (typeof value !== 'string') throw refuse('must be text');
      if (value.length > LONGEST_TEXT) throw refuse('is too long');
      if (field.type === 'text' && /[\r\n]/.test(value)) throw refuse('must be a single line');
      return value === '' ? null : value;
    case 'regexp':
      if (typeof value !== 'string' || !new RegExp(field.regexp_for_validation ?? '').test(value)) {
        throw refuse('does not match its pattern');
      }
      return value;
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
        throw refuse('must be a whole number');
      }
      return value;
    case 'decimal':
      if (typeof value !== 'number') throw refuse('must be a number');
      return value;
    case 'checkbox':
      if (typeof value !== 'boolean') throw refuse('must be true or false');
      return value;
    case 'date':
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) {
        throw refuse('must be a date');
      }
      return value;
    case 'dropdown':
      if (!field.custom_field_options.some((option) => option.value === value)) {
        throw refuse(`${JSON.stringify(value)} is not one of its options`);
      }
      return value;
    case 'multiselect': {
      const known = field.custom_field_options.map((option) => option.value);
      if (!Array.isArray(value) || value.some((item) => !known.includes(String(item)))) {
        throw refuse('must be a list of its options');
      }
      return value;
    }
    case 'lookup': {
      if (typeof value !== 'string' && typeof value !== 'number') throw refuse('must be an id');
      const id = String(value);
      if (!targetExists(state, field.relationship_target_type, id)) {
        throw refuse('points at nothing');
      }
      return id;
    }
    default:
      throw refuse('cannot be written');
  }
}

/** The given fields, each checked; a key that the object does not have is refused. */
export function recordValuesOf(
  state: SimulatorState,
  objectKey: string,
  given: Record<string, JsonValue>,
): Record<string, JsonValue> {
  const fields = state.custom_object_fields[objectKey] ?? [];
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const field = fields.find((candidate) => candidate.key === key && !candidate.system);
      if (field === undefined) {
        throw recordInvalid(key, `${key} is not a field of ${objectKey}`, 'UnknownField');
      }
      return [key, recordValueOf(state, field, value)];
    }),
  );
}

/** A record is at most 32 KB. */
export function refuseTooLarge(fields: Record<string, JsonValue>): void {
  if (new TextEncoder().encode(JSON.stringify(fields)).length > LARGEST_RECORD_BYTES) {
    throw recordInvalid('base', 'Record is larger than 32 KB', 'RecordTooLarge');
  }
}
