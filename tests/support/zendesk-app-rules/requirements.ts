import {
  type AppPackage,
  type Check,
  isObject,
  type Json,
  type JsonObject,
  newReport,
  readJson,
  type Violation,
} from './app-package.ts';

const types = [
  'automations',
  'channel_integrations',
  'custom_objects',
  'macros',
  'targets',
  'views',
  'ticket_fields',
  'triggers',
  'user_fields',
  'organization_fields',
  'webhooks',
  'custom_objects_v2',
];
/** Their items carry no title. */
const untitled = ['channel_integrations', 'custom_objects', 'webhooks', 'custom_objects_v2'];
const webhookKeys = ['name', 'status', 'endpoint', 'http_method', 'request_format'];

/** Zendesk's rules for requirements.json (zendesk_apps_support, August 2026). */
export function requirementsViolations(app: AppPackage): Violation[] {
  const { value: requirements, violations } = readJson(app, 'requirements.json');
  if (!requirements) return violations;
  const { check, violations: found } = newReport();

  const items = Object.values(requirements).flatMap((type): Json[] =>
    isObject(type) ? Object.values(type).flat() : [],
  );
  check(items.length <= 5000, 'requirements-too-many', `${items.length} of 5000`);
  for (const [type, group] of Object.entries(requirements)) {
    check(types.includes(type), 'requirement-type', `${type} is unknown`);
    if (type !== 'custom_objects_v2') checkGroup(type, group, check);
  }
  if (requirements['custom_objects_v2'] !== undefined)
    checkCustomObjects(requirements['custom_objects_v2'], check);
  return [...violations, ...found];
}

function checkGroup(type: string, group: Json, check: Check): void {
  if (!isObject(group)) return check(false, 'requirement-group', `${type} must be an object`);
  if (type === 'channel_integrations')
    check(
      Object.keys(group).length <= 1,
      'requirement-channels',
      'one channel integration at most',
    );
  if (type === 'custom_objects') {
    const legacy = Object.values(group).flat();
    check(legacy.length <= 50, 'requirement-legacy-objects', `${legacy.length} of 50`);
    return check('custom_object_types' in group, 'requirement-legacy-objects', 'no types');
  }
  for (const [id, item] of Object.entries(group)) {
    const has = (key: string) => isObject(item) && key in item;
    const needed = [
      ...(untitled.includes(type) ? [] : ['title']),
      ...(type === 'user_fields' || type === 'organization_fields' ? ['key'] : []),
      ...(type === 'webhooks' ? webhookKeys : []),
      ...(type === 'channel_integrations' ? ['manifest_url'] : []),
    ];
    for (const key of needed) check(has(key), 'requirement-key', `${type}.${id} lacks ${key}`);
    const kind = isObject(item) ? item['type'] : undefined;
    check(
      type !== 'targets' || (kind !== 'http_target' && kind !== 'url_target_v2'),
      'requirement-target',
      `${id}: ${String(kind)} is banned`,
    );
  }
}

const parts = ['objects', 'object_fields', 'object_triggers'] as const;
const requiredKeys = {
  objects: ['key', 'title', 'title_pluralized', 'include_in_list_view'],
  object_fields: ['key', 'title', 'type', 'object_key'],
  object_triggers: ['key', 'object_key', 'title', 'actions', 'conditions'],
};

function checkCustomObjects(value: Json, check: Check): void {
  if (!isObject(value)) return check(false, 'objects-structure', 'must be an object');
  const lists = parts.map((part) => value[part] ?? []);
  for (const [at, list] of lists.entries())
    check(Array.isArray(list), 'objects-structure', `${String(parts[at])} must be a list`);
  const [objects = [], fields = [], triggers = []] = lists.map((list) =>
    Array.isArray(list) ? list.filter(isObject) : [],
  );
  check(objects.length + fields.length + triggers.length > 0, 'objects-empty', 'nothing in it');

  const text = JSON.stringify(value);
  const bytes = new TextEncoder().encode(text).length;
  check(bytes <= 1_048_576, 'objects-bytes', `${bytes} of 1048576 bytes`);
  check(!/\{\{\s*setting\./.test(text), 'objects-setting', 'no {{setting.…}} in custom objects');
  check(objects.length <= 50, 'objects-too-many', `${objects.length} of 50`);

  for (const [part, list] of Object.entries({
    objects,
    object_fields: fields,
    object_triggers: triggers,
  }))
    for (const item of list)
      for (const key of requiredKeys[part as keyof typeof requiredKeys])
        check(key in item, 'objects-key', `${part}: ${String(item['key'])} lacks ${key}`);

  const known = new Set(objects.map((object) => object['key']));
  for (const item of [...fields, ...triggers])
    check(known.has(item['object_key'] ?? null), 'objects-reference', String(item['object_key']));
  for (const [at, list] of [objects, fields, triggers].entries()) {
    const keys = list.map((item) => `${String(item['object_key'])} ${String(item['key'])}`);
    check(new Set(keys).size === keys.length, 'objects-key-twice', String(parts[at]));
  }

  checkFields(fields, check);
  checkTriggers(triggers, check);
}

/** How many there are of each object key. */
function countByObject(items: JsonObject[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = String(item['object_key']);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function checkFields(fields: JsonObject[], check: Check): void {
  for (const [object, count] of countByObject(fields))
    check(count <= 20, 'fields-too-many', `${object}: ${count} of 20`);
  for (const type of ['dropdown', 'multiselect']) {
    const chosen = fields.filter((field) => field['type'] === type);
    for (const [object, count] of countByObject(chosen))
      check(count <= 5, 'fields-too-many-choices', `${object}: ${count} of 5 ${type} fields`);
    for (const field of chosen) {
      const options = field['custom_field_options'];
      const count = Array.isArray(options) ? options.length : 0;
      check(count <= 10, 'field-options', `${String(field['key'])}: ${count} of 10 options`);
    }
  }
  for (const field of fields)
    check(
      countConditions(field['relationship_filter']) <= 20,
      'field-filter',
      `${String(field['key'])}: 20 conditions at most`,
    );
}

function countConditions(conditions: Json | undefined): number {
  if (!isObject(conditions)) return 0;
  return ['all', 'any'].reduce((sum, key) => {
    const list = conditions[key];
    return sum + (Array.isArray(list) ? list.length : 0);
  }, 0);
}

function checkTriggers(triggers: JsonObject[], check: Check): void {
  for (const [object, count] of countByObject(triggers))
    check(count <= 10, 'triggers-too-many', `${object}: ${count} of 10`);
  for (const { key, conditions, actions } of triggers) {
    const hasShape =
      isObject(conditions) && Object.keys(conditions).every((it) => it === 'all' || it === 'any');
    const count = countConditions(conditions);
    check(hasShape && count > 0 && count <= 50, 'trigger-conditions', `${String(key)}: ${count}`);
    check(
      Array.isArray(actions) && actions.length > 0 && actions.length <= 25,
      'trigger-actions',
      String(key),
    );
  }
}
