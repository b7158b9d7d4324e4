import { parseDocument } from 'yaml';

/** The files of an unpacked app by their path, `/` between folders: `assets/iframe.html`. */
export type AppPackage = ReadonlyMap<string, Uint8Array>;

/** What can be wrong with a package; tests/zendesk-app-rules.test.ts plants a violation of each. */
export const rules = [
  'manifest-missing',
  'json',
  'duplicate-key',
  'required-key',
  'string',
  'boolean',
  'author',
  'url',
  'default-locale',
  'default-locale-file',
  'framework-version',
  'no-template',
  'domain-whitelist',
  'experiments',
  'location',
  'location-product',
  'location-place',
  'location-url',
  'location-flag',
  'parameters',
  'parameter-twice',
  'parameter-name',
  'parameter-called-name',
  'parameter-type',
  'parameter-flag',
  'parameter-hidden-required',
  'parameter-oauth',
  'parameter-scopes',
  'parameter-secure-unscoped',
  'parameter-insecure',
  'parameter-secret-default',
  'translation-locale',
  'translation-app',
  'translation-label',
  'translation-parameter',
  'translation-format',
  'requirements-too-many',
  'requirement-type',
  'requirement-group',
  'requirement-key',
  'requirement-channels',
  'requirement-legacy-objects',
  'requirement-target',
  'objects-structure',
  'objects-empty',
  'objects-bytes',
  'objects-setting',
  'objects-too-many',
  'objects-key',
  'objects-key-twice',
  'objects-reference',
  'fields-too-many',
  'fields-too-many-choices',
  'field-options',
  'field-filter',
  'triggers-too-many',
  'trigger-conditions',
  'trigger-actions',
  'file-type',
  'file-path',
  'http-address',
  'logo',
  'secret',
] as const;
export type Rule = (typeof rules)[number];

/** A rule that a package breaks. Zendesk's warnings do not stop an upload, but are shown at it. */
export interface Violation {
  readonly rule: Rule;
  readonly detail: string;
}

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isString = (value: unknown): value is string => typeof value === 'string';

/** The file as text; nothing where the package lacks it. */
export function textOf(app: AppPackage, path: string): string | undefined {
  const bytes = app.get(path);
  return bytes && new TextDecoder().decode(bytes);
}

/**
 * Reads a JSON object as Zendesk does: a key that stands twice in one object is an error, where
 * `JSON.parse` would silently take the last.
 */
export function readJson(
  app: AppPackage,
  path: string,
): { value: JsonObject | undefined; violations: Violation[] } {
  const text = textOf(app, path);
  if (text === undefined) return { value: undefined, violations: [] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      value: undefined,
      violations: [{ rule: 'json', detail: `${path}: ${String(error)}` }],
    };
  }
  if (!isObject(value))
    return { value: undefined, violations: [{ rule: 'json', detail: `${path}: no JSON object` }] };
  // JSON is YAML too, and this parser tells of keys that stand twice.
  const duplicates = parseDocument(text, { uniqueKeys: true }).errors.filter(
    (error) => error.code === 'DUPLICATE_KEY',
  );
  return {
    value,
    violations: duplicates.map(({ message }) => ({
      rule: 'duplicate-key',
      detail: `${path}: ${message}`,
    })),
  };
}

/** Collects violations: `check(holds, rule, detail)`. */
export function newReport() {
  const violations: Violation[] = [];
  return {
    violations,
    check(holds: boolean, rule: Rule, detail: string): void {
      if (!holds) violations.push({ rule, detail });
    },
  };
}
export type Check = ReturnType<typeof newReport>['check'];
