import { Refusal } from './refusal.ts';
import type { CustomObjectField, CustomObjectRecord, JsonValue } from './state.ts';

const DEEPEST_NESTING = 5;

type Matcher = (record: CustomObjectRecord) => boolean;
type Kind = 'text' | 'choice' | 'number' | 'time' | 'flag' | 'id';

const operatorsOf: Record<Kind, readonly string[]> = {
  text: ['$eq', '$noteq', '$contains', '$notcontains', '$exists', '$in', '$notin'],
  choice: ['$eq', '$noteq', '$exists', '$in', '$notin'],
  number: ['$eq', '$noteq', '$gt', '$gte', '$lt', '$lte', '$exists'],
  time: ['$eq', '$gt', '$gte', '$lt', '$lte'],
  flag: ['$eq', '$exists'],
  id: ['$eq', '$noteq', '$exists', '$in', '$notin'],
};

const kindOfType: Record<string, Kind> = {
  text: 'text',
  textarea: 'text',
  regexp: 'text',
  dropdown: 'choice',
  multiselect: 'choice',
  integer: 'number',
  decimal: 'number',
  date: 'time',
  checkbox: 'flag',
  lookup: 'id',
};

const standard: Record<string, { kind: Kind; of: (record: CustomObjectRecord) => JsonValue }> = {
  created_at: { kind: 'time', of: (record) => record.created_at },
  updated_at: { kind: 'time', of: (record) => record.updated_at },
  created_by_user: { kind: 'id', of: (record) => record.created_by_user_id },
  updated_by_user: { kind: 'id', of: (record) => record.updated_by_user_id },
  name: { kind: 'text', of: (record) => record.name },
  external_id: { kind: 'id', of: (record) => record.external_id },
};

function invalidFilter(detail: string): Refusal {
  return new Refusal(400, {
    errors: [{ code: 'InvalidFilter', title: 'Invalid filter', detail }],
  });
}

function isObject(value: unknown): value is Record<string, JsonValue> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function compare(operator: string, left: JsonValue, right: JsonValue, kind: Kind): boolean {
  const asNumber = (value: JsonValue) =>
    kind === 'time' ? Date.parse(String(value)) : Number(value);
  const same = (value: JsonValue) =>
    left !== null &&
    (Array.isArray(left)
      ? left.includes(value)
      : kind === 'number'
        ? Number(left) === Number(value)
        : kind === 'time'
          ? asNumber(left) === asNumber(value)
          : String(left) === String(value));
  const contains = () =>
    String(left ?? '')
      .toLowerCase()
      .includes(String(right).toLowerCase());
  switch (operator) {
    case '$eq':
      return same(right);
    case '$noteq':
      return !same(right);
    case '$gt':
      return left !== null && asNumber(left) > asNumber(right);
    case '$gte':
      return left !== null && asNumber(left) >= asNumber(right);
    case '$lt':
      return left !== null && asNumber(left) < asNumber(right);
    case '$lte':
      return left !== null && asNumber(left) <= asNumber(right);
    case '$exists':
      return (left !== null) === right;
    case '$contains':
      return contains();
    case '$notcontains':
      return !contains();
    case '$in':
      return Array.isArray(right) && right.some(same);
    default:
      return Array.isArray(right) && !right.some(same);
  }
}

function checkOperand(operator: string, right: JsonValue, kind: Kind, name: string): void {
  const list = operator === '$in' || operator === '$notin';
  if (list !== Array.isArray(right)) {
    throw invalidFilter(`${name} ${operator} needs ${list ? 'a list' : 'a single value'}`);
  }
  if (operator === '$exists' && typeof right !== 'boolean') {
    throw invalidFilter(`${name} $exists needs true or false`);
  }
  if (operator !== '$exists' && kind === 'time' && Number.isNaN(Date.parse(String(right)))) {
    throw invalidFilter(`${name} ${operator} needs a time`);
  }
}

function comparison(
  name: string,
  condition: JsonValue,
  fields: readonly CustomObjectField[],
): Matcher {
  const own = /^custom_object_fields\.(.+)$/.exec(name)?.[1];
  const field = fields.find((candidate) => candidate.key === own);
  const known =
    own === undefined
      ? standard[name]
      : field === undefined
        ? undefined
        : {
            kind: kindOfType[field.type] ?? ('text' as const),
            of: (record: CustomObjectRecord) => record.custom_object_fields[own] ?? null,
          };
  if (known === undefined) throw invalidFilter(`${name} is not a field`);
  if (!isObject(condition)) throw invalidFilter(`${name} needs an operator`);
  const tests = Object.entries(condition).map(([operator, right]) => {
    if (!operatorsOf[known.kind].includes(operator)) {
      throw invalidFilter(`${name} does not know ${operator}`);
    }
    checkOperand(operator, right, known.kind, name);
    return (record: CustomObjectRecord) => compare(operator, known.of(record), right, known.kind);
  });
  if (tests.length !== 1) throw invalidFilter(`${name} needs exactly one operator`);
  return (record) => tests.every((test) => test(record));
}

/**
 * A filter of the record search: `$and` and `$or` of comparisons, nested at most five deep; which
 * operators there are depends on the field's type.
 *
 * @throws Refusal 400 when the filter is not one.
 */
export function readFilter(
  filter: JsonValue,
  fields: readonly CustomObjectField[],
  depth = 1,
): Matcher {
  if (!isObject(filter)) throw invalidFilter('a filter is an object');
  if (depth > DEEPEST_NESTING) throw invalidFilter('the filter is nested too deep');
  const matchers = Object.entries(filter).map(([name, inner]): Matcher => {
    if (name !== '$and' && name !== '$or') return comparison(name, inner, fields);
    if (!Array.isArray(inner) || inner.length === 0) throw invalidFilter(`${name} needs a list`);
    const parts = inner.map((part) => readFilter(part, fields, depth + 1));
    return name === '$and'
      ? (record) => parts.every((part) => part(record))
      : (record) => parts.some((part) => part(record));
  });
  if (matchers.length === 0) throw invalidFilter('the filter is empty');
  return (record) => matchers.every((matcher) => matcher(record));
}
