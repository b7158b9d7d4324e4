import { stampOf } from '../clock.ts';
import { takeId } from '../ids.ts';
import type {
  CustomObjectField,
  FieldOption,
  InstalledApp,
  JsonValue,
  SimulatorState,
} from '../state.ts';

/** What an app's package says of itself, as far as an installation needs it. */
export interface AppPackage {
  /** manifest.json */
  manifest: {
    name: string;
    version: string;
    parameters?: readonly { name: string; type: string; default?: JsonValue }[];
  };
  /** requirements.json */
  requirements: {
    ticket_fields?: Record<string, Requirement>;
    views?: Record<string, Requirement>;
    custom_objects_v2?: {
      objects: readonly {
        key: string;
        title: string;
        title_pluralized: string;
        include_in_list_view: boolean;
        description?: string;
      }[];
      object_fields: readonly ObjectField[];
    };
  };
  /** As the admin typed them; what is left out has the manifest's default. */
  settings: Record<string, JsonValue>;
}

type Requirement = { title: string } & Record<string, unknown>;

interface ObjectField {
  key: string;
  type: string;
  title: string;
  object_key: string;
  description?: string;
  custom_field_options?: readonly { name: string; value: string }[];
  relationship_target_type?: string;
}

/**
 * Installs the app as Zendesk does when an admin uploads its package: ticket fields, views and
 * custom objects are made from the requirements, and their ids can be asked for by their keys.
 */
export function installApp(
  state: SimulatorState,
  app: AppPackage,
  by: { admin: number; at: number },
): void {
  const stamp = stampOf(by.at);
  const made: InstalledApp['requirements'] = {};
  const { ticket_fields: fields, views, custom_objects_v2: objects } = app.requirements;

  for (const [key, field] of Object.entries(fields ?? {})) {
    const id = takeId(state);
    state.ticket_fields[String(id)] = {
      id,
      type: text(field['type'], 'text'),
      title: field.title,
      description: text(field['description'], ''),
      agent_description: text(field['agent_description'], '') || null,
      active: field['active'] !== false,
      required: field['required'] === true,
      visible_in_portal: field['visible_in_portal'] === true,
      editable_in_portal: field['editable_in_portal'] === true,
      removable: true,
      tag: text(field['tag'], '') || null,
      position: 1000,
      custom_field_options: optionsOf(state, field['custom_field_options']),
      created_at: stamp,
      updated_at: stamp,
    };
    made[key] = { requirement_id: id, requirement_type: 'ticket_fields' };
  }

  for (const [key, view] of Object.entries(views ?? {})) {
    const id = takeId(state);
    state.views[String(id)] = {
      id,
      title: view.title,
      active: view['active'] !== false,
      description: text(view['description'], '') || null,
      conditions: { all: json(view['all']), any: json(view['any']) },
      created_at: stamp,
      updated_at: stamp,
    };
    made[key] = { requirement_id: id, requirement_type: 'views' };
  }

  for (const object of objects?.objects ?? []) {
    state.custom_objects[object.key] = {
      key: object.key,
      title: object.title,
      title_pluralized: object.title_pluralized,
      description: object.description ?? '',
      include_in_list_view: object.include_in_list_view,
      created_by_user_id: String(by.admin),
      updated_by_user_id: String(by.admin),
      created_at: stamp,
      updated_at: stamp,
    };
    const own = (objects?.object_fields ?? []).filter((field) => field.object_key === object.key);
    state.custom_object_fields[object.key] = [
      ...systemFields.map((field) =>
        objectField(state, { ...field, object_key: object.key }, stamp),
      ),
      ...own.map((field) => objectField(state, field, stamp)),
    ].map((field, position) => ({ ...field, position }));
    made[object.key] = { requirement_id: object.key, requirement_type: 'custom_objects_v2' };
  }

  const defaults = (app.manifest.parameters ?? []).map(
    (parameter) => [parameter.name, parameter.default ?? null] as const,
  );
  state.installed_app = {
    app_id: takeId(state),
    installation_id: takeId(state),
    name: app.manifest.name,
    version: app.manifest.version,
    settings: { title: app.manifest.name, ...Object.fromEntries(defaults), ...app.settings },
    requirements: made,
  };
}

const systemFields = [
  { key: 'standard::name', type: 'text', title: 'Name' },
  { key: 'standard::external_id', type: 'text', title: 'External ID' },
] as const;

function objectField(state: SimulatorState, field: ObjectField, stamp: string): CustomObjectField {
  return {
    id: takeId(state),
    key: field.key,
    type: field.type,
    title: field.title,
    description: field.description ?? '',
    active: true,
    system: field.key.startsWith('standard::'),
    position: 0,
    regexp_for_validation: null,
    custom_field_options: optionsOf(state, field.custom_field_options),
    relationship_target_type: field.relationship_target_type ?? null,
    is_unique: false,
    created_at: stamp,
    updated_at: stamp,
  };
}

function optionsOf(state: SimulatorState, options: unknown): FieldOption[] {
  if (!Array.isArray(options)) return [];
  return options.map((option: { name: string; value: string }) => ({
    id: takeId(state),
    name: option.name,
    value: option.value,
  }));
}

const text = (value: unknown, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;

const json = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value ?? [])) as JsonValue;
