import {
  type AppPackage,
  type Check,
  isObject,
  isString,
  type Json,
  type JsonObject,
  newReport,
  readJson,
  type Violation,
} from './app-package.ts';

const locale = /^[a-z]{2,3}(-\w{2,3})?$/;
const stringKeys = [
  'name',
  'version',
  'defaultLocale',
  'frameworkVersion',
  'remoteInstallationURL',
  'termsConditionsURL',
  'gaID',
];
const booleanKeys = ['private', 'singleInstall', 'signedUrls', 'requirementsOnly', 'marketingOnly'];
/** `custom_object_record_sidebar` is behind a flag of the account, hence not here. */
const supportLocations = [
  'top_bar',
  'nav_bar',
  'ticket_sidebar',
  'new_ticket_sidebar',
  'user_sidebar',
  'organization_sidebar',
  'background',
  'modal',
  'ticket_editor',
  'system_top_bar',
];
/** `mtls` is behind a flag of the account; `password` was removed in April 2026. */
const parameterTypes = ['text', 'checkbox', 'url', 'number', 'multiline', 'hidden', 'oauth'];
const scopes = [
  'header',
  'body',
  'url',
  'jwt_secret_key',
  'jwt_claim',
  'basic_auth_username',
  'basic_auth_password',
];

/**
 * Zendesk's rules for manifest.json, as its own validator (zendesk_apps_support, August 2026) has
 * them for an app of framework 2.0 that has a screen; its warnings count as violations here.
 */
export function manifestViolations(app: AppPackage): Violation[] {
  const { value: manifest, violations } = readJson(app, 'manifest.json');
  const { check, violations: found } = newReport();
  if (manifest) {
    checkKeys(manifest, app, check);
    checkLocations(manifest, app, check);
    checkParameters(manifest, check);
  } else if (violations.length === 0) {
    check(false, 'manifest-missing', 'manifest.json must be at the top of the package');
  }
  return [...violations, ...found];
}

function checkKeys(manifest: JsonObject, app: AppPackage, check: Check): void {
  for (const key of ['name', 'version', 'author', 'defaultLocale', 'location', 'frameworkVersion'])
    check(manifest[key] !== undefined, 'required-key', `manifest.json lacks ${key}`);
  for (const key of stringKeys)
    check(
      manifest[key] === undefined || isString(manifest[key]),
      'string',
      `${key} must be a string`,
    );
  for (const key of booleanKeys)
    check(
      manifest[key] === undefined || typeof manifest[key] === 'boolean',
      'boolean',
      `${key} must be true or false`,
    );

  const author = manifest['author'];
  if (isObject(author))
    for (const key of ['name', 'email'])
      check(isString(author[key]), 'author', `author needs a ${key}`);
  else check(author === undefined, 'author', 'author must be an object');
  const urls = [manifest['termsConditionsURL'], isObject(author) ? author['url'] : undefined];
  for (const url of urls)
    check(url === undefined || isWebAddress(url), 'url', `${String(url)} is no web address`);

  const { defaultLocale, frameworkVersion } = manifest;
  if (isString(defaultLocale)) {
    check(locale.test(defaultLocale), 'default-locale', `${defaultLocale} is no locale`);
    check(
      app.has(`translations/${defaultLocale}.json`),
      'default-locale-file',
      `translations/${defaultLocale}.json is missing`,
    );
  }
  check(
    frameworkVersion === undefined || frameworkVersion === '2.0',
    'framework-version',
    'must be "2.0"',
  );
  check(manifest['noTemplate'] === undefined, 'no-template', 'noTemplate is banned in 2.0');
  const whitelist = manifest['domainWhitelist'];
  check(
    whitelist === undefined || (Array.isArray(whitelist) && whitelist.every(isString)),
    'domain-whitelist',
    'domainWhitelist must be a list of strings',
  );
  const experiments = manifest['experiments'];
  check(
    experiments === undefined ||
      (isObject(experiments) &&
        Object.keys(experiments).every((name) => ['hashParams', 'newCssCompiler'].includes(name))),
    'experiments',
    'experiments must be an object of known experiments',
  );
}

const isWebAddress = (value: Json): boolean =>
  isString(value) && /^https?:\/\/./.test(value) && URL.canParse(value);

function checkLocations(manifest: JsonObject, app: AppPackage, check: Check): void {
  const location = manifest['location'];
  if (location === undefined) return;
  if (!isObject(location) || Object.keys(location).length === 0)
    return check(false, 'location', 'location must name a product and a place in it');
  for (const [product, places] of Object.entries(location)) {
    check(product === 'support', 'location-product', `${product} is not the product of this app`);
    if (!isObject(places)) {
      check(false, 'location', `${product} must be an object of places`);
      continue;
    }
    for (const [place, options] of Object.entries(places)) {
      check(supportLocations.includes(place), 'location-place', `${place} is unknown`);
      const url = isObject(options) ? options['url'] : options;
      check(isLocationUrl(url, app), 'location-url', `${place}: ${String(url)}`);
      if (isObject(options))
        for (const flag of ['flexible', 'autoLoad', 'autoHide', 'signed'])
          check(
            options[flag] === undefined || typeof options[flag] === 'boolean',
            'location-flag',
            `${place}.${flag} must be true or false`,
          );
    }
  }
}

function isLocationUrl(url: Json | undefined, app: AppPackage): boolean {
  if (!isString(url) || url === '') return false;
  if (url.includes('{{setting.')) return true;
  if (!URL.canParse(url)) return url.startsWith('assets/') && app.has(url.replace(/[?#].*/, ''));
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || hostname === 'localhost';
}

function checkParameters(manifest: JsonObject, check: Check): void {
  const parameters = manifest['parameters'] ?? [];
  if (!Array.isArray(parameters) || !parameters.every(isObject))
    return check(false, 'parameters', 'parameters must be a list of objects');

  const names = parameters.map((parameter) => parameter['name']);
  check(new Set(names).size === names.length, 'parameter-twice', names.join(', '));
  const ofType = (type: string) => parameters.filter((parameter) => parameter['type'] === type);
  check(ofType('oauth').length <= 1, 'parameter-oauth', 'one oauth parameter at most');

  for (const parameter of parameters) {
    const { name, type = 'text', required = false, secure = false } = parameter;
    check(isString(name) && name !== '', 'parameter-name', 'a parameter has no name');
    check(name !== 'name', 'parameter-called-name', 'no parameter may be called name');
    check(
      isString(type) && parameterTypes.includes(type),
      'parameter-type',
      `${String(name)}: ${String(type)}`,
    );
    for (const [key, flag] of Object.entries({ required, secure }))
      check(typeof flag === 'boolean', 'parameter-flag', `${String(name)}.${key}`);
    check(!(type === 'hidden' && required === true), 'parameter-hidden-required', String(name));
    check(!(type === 'oauth' && secure === true), 'parameter-oauth', `${String(name)} is secure`);
    checkSecrecy(parameter, check);
  }
}

function checkSecrecy(parameter: JsonObject, check: Check): void {
  const name = String(parameter['name']);
  const secure = parameter['secure'] === true;
  const given = parameter['scopes'];
  const hasScopes = Array.isArray(given) && given.length > 0;
  check(
    given === undefined ||
      (secure && hasScopes && given.every((scope) => isString(scope) && scopes.includes(scope))),
    'parameter-scopes',
    `${name}: scopes are a list of known scopes, of a secure parameter`,
  );
  check(!secure || hasScopes, 'parameter-secure-unscoped', `${name} is secure without scopes`);
  check(
    secure || (parameter['type'] ?? 'text') !== 'text' || !/token|key|pwd|password/i.test(name),
    'parameter-insecure',
    `${name} looks like a secret and is readable by every agent`,
  );
  check(
    parameter['default'] === undefined || (!secure && parameter['type'] !== 'hidden'),
    'parameter-secret-default',
    `${name}: no default for secure and hidden parameters`,
  );
}
