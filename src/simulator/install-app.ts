import * as v from 'valibot';
import { stampOf } from './clock.ts';
import { takeId } from './ids.ts';
import type {
  CustomObjectField,
  FieldOption,
  InstalledApp,
  JsonValue,
  SimulatorState,
} from './state.ts';

const scalar = v.union([v.string(), v.number(), v.boolean()]);

const manifestSchema = v.object({
  name: v.string(),
  version: v.string(),
  parameters: v.optional(
    v.array(v.object({ name: v.string(), type: v.string(), default: v.optional(scalar) })),
    [],
  ),
});

const option = v.object({ name: v.string(), value: v.string(), default: v.optional(v.boolean()) });

/** Strict: what is not made here must not seem to be there. */
const requirementsSchema = v.strictObject({
  ticket_fields: v.optional(
    v.record(
      v.string(),
      v.object({
        type: v.string(),
        title: v.string(),
        description: v.optional(v.string(), ''),
        agent_description: v.optional(v.string()),
        active: v.optional(v.boolean(), true),
        required: v.optional(v.boolean(), false),
        visible_in_portal: v.optional(v.boolean(), false),
        editable_in_portal: v.optional(v.boolean(), false),
        tag: v.optional(v.string()),
        custom_field_options: v.optional(v.array(option), []),
      }),
    ),
    {},
  ),
  views: v.optional(
    v.record(
      v.string(),
      v.object({
        title: v.string(),
        description: v.optional(v.string()),
        active: v.optional(v.boolean(), true),
        all: v.optional(v.array(v.record(v.string(), v.string())), []),
        any: v.optional(v.array(v.record(v.string(), v.string())), []),
      }),
    ),
    {},
  ),
  custom_objects_v2: v.optional(
    v.object({
      objects: v.array(
        v.object({
          key: v.string(),
          title: v.string(),
          title_pluralized: v.string(),
          description: v.optional(v.string(), ''),
          include_in_list_view: v.boolean(),
        }),
      ),
      object_fields: v.array(
        v.object({
          key: v.string(),
          type: v.string(),
          title: v.string(),
          object_key: v.string(),
          description: v.optional(v.string(), ''),
          relationship_target_type: v.optional(v.string()),
          regexp_for_validation: v.optional(v.string()),
          custom_field_options: v.optional(v.array(option), []),
        }),
      ),
    }),
  ),
});

function optionsOf(
  state: SimulatorState,
  options: readonly { name: string; value: string; default?: boolean | undefined }[],
): FieldOption[] {
  return options.map(({ name, value, default: chosen }) => ({
    id: takeId(state),
    name,
    value,
    ...(chosen === undefined ? {} : { default: chosen }),
  }));
}

/** An app's setting as Zendesk hands it out when nobody typed anything: the default, or nothing. */
function initialSettings(
  manifest: v.InferOutput<typeof manifestSchema>,
): Record<string, JsonValue> {
  const settings: Record<string, JsonValue> = { title: manifest.name };
  for (const parameter of manifest.parameters) {
    if (parameter.default !== undefined) settings[parameter.name] = parameter.default;
  }
  return settings;
}

/**
 * Installs an app as Zendesk does: makes the ticket fields, views and custom objects that its
 * requirements name and keeps its settings. `manifest` and `requirements` are the parsed files of
 * the package; `settings` stand above the manifest's defaults.
 *
 * @throws when the manifest or the requirements cannot be read, or name a thing that exists.
 */
export function installApp(
  state: SimulatorState,
  manifest: unknown,
  requirements: unknown,
  settings: Record<string, JsonValue> = {},
  now = Date.UTC(2026, 0, 5, 9),
): InstalledApp {
  const app = v.parse(manifestSchema, manifest);
  const wanted = v.parse(requirementsSchema, requirements);
  const stamp = stampOf(now);
  const made: InstalledApp['requirements'] = {};
  const stamps = { created_at: stamp, updated_at: stamp };

  for (const [key, field] of Object.entries(wanted.ticket_fields)) {
    const id = takeId(state);
    state.ticket_fields[String(id)] = {
      ...field,
      id,
      agent_description: field.agent_description ?? null,
      tag: field.tag ?? null,
      removable: true,
      position: 9999,
      custom_field_options: optionsOf(state, field.custom_field_options),
      ...stamps,
    };
    made[key] = { requirement_id: id, requirement_type: 'ticket_fields' };
  }
  for (const [key, view] of Object.entries(wanted.views)) {
    const id = takeId(state);
    state.views[String(id)] = {
      id,
      title: view.title,
      active: view.active,
      description: view.description ?? null,
      conditions: { all: view.all, any: view.any },
      ...stamps,
    };
    made[key] = { requirement_id: id, requirement_type: 'views' };
  }
  const { objects = [], object_fields: fields = [] } = wanted.custom_objects_v2 ?? {};
  for (const object of objects) {
    if (state.custom_objects[object.key] !== undefined) {
      throw new Error(`The custom object ${object.key} exists already.`);
    }
    state.custom_objects[object.key] = {
      ...object,
      created_by_user_id: '-1',
      updated_by_user_id: '-1',
      ...stamps,
    };
    state.custom_object_fields[object.key] = fields
      .filter((field) => field.object_key === object.key)
      .map((field, position): CustomObjectField => ({
        id: takeId(state),
        key: field.key,
        type: field.type,
        title: field.title,
        description: field.description,
        active: true,
        system: false,
        position,
        regexp_for_validation: field.regexp_for_validation ?? null,
        custom_field_options: optionsOf(state, field.custom_field_options),
        relationship_target_type: field.relationship_target_type ?? null,
        is_unique: false,
        ...stamps,
      }));
    state.records[object.key] = {};
    made[object.key] = { requirement_id: object.key, requirement_type: 'custom_objects_v2' };
  }
  state.installed_app = {
    app_id: takeId(state),
    installation_id: takeId(state),
    name: app.name,
    version: app.version,
    settings: { ...initialSettings(app), ...settings },
    requirements: made,
  };
  return state.installed_app;
}
