import {
  type AppPackage,
  isObject,
  isString,
  type Json,
  type JsonObject,
  newReport,
  readJson,
  type Violation,
} from './app-package.ts';

const locale = /^[a-z]{2,3}(-\w{2,3})?$/;
const publicKeys = ['short_description', 'long_description', 'installation_instructions'];

/**
 * Zendesk's rules for translations/*.json, and one of ours: every parameter has its label in every
 * language, because an admin would otherwise see its bare name.
 */
export function translationViolations(app: AppPackage): Violation[] {
  const manifest = readJson(app, 'manifest.json').value ?? {};
  const { check, violations } = newReport();
  for (const path of app.keys()) {
    const name = /^translations\/(.*)\.json$/.exec(path)?.[1];
    if (name === undefined) continue;
    check(locale.test(name), 'translation-locale', path);
    const read = readJson(app, path);
    violations.push(...read.violations);
    if (!read.value) continue;
    const texts = isObject(read.value['app']) ? read.value['app'] : {};

    const required = manifest['private'] === false ? ['name', ...publicKeys] : ['name'];
    for (const key of required)
      check(isString(texts[key]), 'translation-app', `${path} lacks app.${key}`);
    const parameters = isObject(texts['parameters']) ? texts['parameters'] : {};
    for (const [parameter, leaf] of Object.entries(parameters))
      check(hasLabel(leaf), 'translation-label', `${path}: ${parameter} has no label`);
    for (const parameter of parameterNames(manifest))
      check(parameter in parameters, 'translation-parameter', `${path} lacks ${parameter}`);
    if (texts['package'] !== undefined)
      for (const leaf of plainLeaves(withoutPackage(read.value)))
        check(false, 'translation-format', `${path}: ${leaf} must have title and value`);
  }
  return violations;
}

const hasLabel = (leaf: Json): boolean => isObject(leaf) && isString(leaf['label']);

function parameterNames(manifest: JsonObject): string[] {
  const parameters = manifest['parameters'];
  return (Array.isArray(parameters) ? parameters : [])
    .map((parameter) => (isObject(parameter) ? parameter['name'] : undefined))
    .filter(isString);
}

function withoutPackage(texts: JsonObject): JsonObject {
  const { app, ...rest } = texts;
  if (!isObject(app)) return texts;
  const { package: _, ...restOfApp } = app;
  return { ...rest, app: restOfApp };
}

/** Once a file has `app.package`, every text must be `{ title, value }`: the paths of those that are not. */
function plainLeaves(node: JsonObject, path = ''): string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (!isObject(value)) return [here];
    const isText =
      Object.keys(value).sort().join() === 'title,value' && Object.values(value).every(isString);
    return isText ? [] : plainLeaves(value, here);
  });
}
