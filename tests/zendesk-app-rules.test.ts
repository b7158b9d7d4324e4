import { describe, expect, it } from 'vitest';

import {
  type AppPackage,
  isObject,
  type Json,
  type JsonObject,
  type Rule,
  rules,
} from './support/zendesk-app-rules/app-package.ts';
import { secretWords } from './support/zendesk-app-rules/files.ts';
import { violationsOf } from './support/zendesk-app-rules/zendesk-app-rules.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** The start of a PNG of that size: signature, then the header chunk. */
function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(32);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const header = new DataView(bytes.buffer);
  header.setUint32(16, width);
  header.setUint32(20, height);
  return bytes;
}

const manifest: JsonObject = {
  name: 'Sample',
  version: '1.0.0',
  author: { name: 'A', email: 'a@sample.example' },
  defaultLocale: 'en',
  private: true,
  frameworkVersion: '2.0',
  location: { support: { ticket_sidebar: { url: 'assets/iframe.html', flexible: true } } },
  parameters: [
    { name: 'limit', type: 'number', required: false, default: 5 },
    { name: 'hash', type: 'hidden' },
  ],
};
const translations: JsonObject = {
  app: { name: 'Sample', parameters: { limit: { label: 'Limit' }, hash: { label: 'Hash' } } },
  sidebar: { hello: 'Hello' },
};
const object = (key: string): JsonObject => ({
  key,
  title: 'T',
  title_pluralized: 'Ts',
  include_in_list_view: true,
});
const field = (key: string, more: JsonObject = {}): JsonObject => ({
  key,
  title: key,
  type: 'text',
  object_key: 'one',
  ...more,
});
const condition: JsonObject = { field: 'f', operator: 'is', value: 'v' };
const trigger = (key: string, more: JsonObject = {}): JsonObject => ({
  key,
  title: key,
  object_key: 'one',
  conditions: { all: [condition] },
  actions: [{ field: 'f', value: 'v' }],
  ...more,
});
const objects: JsonObject = {
  objects: [object('one')],
  object_fields: [field('a')],
  object_triggers: [],
};
const requirements: JsonObject = {
  ticket_fields: { status: { title: 'Status', type: 'tagger' } },
  custom_objects_v2: objects,
};

type Files = Record<string, string | Uint8Array | JsonObject>;

/** A package without fault, but for the files that replace or add to its own. */
function packageWith(files: Files = {}): AppPackage {
  const all: Files = {
    'manifest.json': manifest,
    'translations/en.json': translations,
    'requirements.json': requirements,
    'assets/iframe.html': '<!doctype html>',
    'assets/logo.png': png(320, 320),
    'assets/logo-small.png': png(128, 128),
    ...files,
  };
  return new Map(
    Object.entries(all).map(([path, content]) => [
      path,
      content instanceof Uint8Array
        ? content
        : encode(typeof content === 'string' ? content : JSON.stringify(content)),
    ]),
  );
}

const without = (files: AppPackage, path: string): AppPackage =>
  new Map([...files].filter(([name]) => name !== path));
const withManifest = (more: JsonObject) =>
  packageWith({ 'manifest.json': { ...manifest, ...more } });
const withoutKey = (key: string) =>
  packageWith({
    'manifest.json': Object.fromEntries(Object.entries(manifest).filter(([name]) => name !== key)),
  });
const withParameters = (...parameters: Json[]) => withManifest({ parameters });
const withTicketSidebar = (options: Json) =>
  withManifest({ location: { support: { ticket_sidebar: options } } });
const withTexts = (texts: JsonObject) => packageWith({ 'translations/en.json': texts });
const withApp = (app: JsonObject) =>
  withTexts({ ...translations, app: { ...(translations['app'] as JsonObject), ...app } });
const withRequirements = (more: JsonObject) =>
  packageWith({ 'requirements.json': { ...requirements, ...more } });
const withObjects = (more: Json) =>
  withRequirements({ custom_objects_v2: isObject(more) ? { ...objects, ...more } : more });
const withScript = (code: string) => packageWith({ 'assets/app.js': code });

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

it('finds nothing in a package without fault', () => {
  expect(violationsOf(packageWith())).toEqual([]);
});

it.each<[string, AppPackage]>([
  ['a package without requirements', without(packageWith(), 'requirements.json')],
  ['a location given as an address', withTicketSidebar('assets/iframe.html')],
  ['a location elsewhere, by https', withTicketSidebar({ url: 'https://app.example/' })],
  ['a location on this computer', withTicketSidebar({ url: 'http://localhost:4567/' })],
  ['a location made of a setting', withTicketSidebar({ url: '{{setting.address}}' })],
  ['twenty fields of an object', withObjects({ object_fields: times(20, (n) => field(`f${n}`)) })],
  ['the namespaces of React', withScript('"http://www.w3.org/2000/svg"')],
  ['a locale with a region', packageWith({ 'translations/pt-br.json': translations })],
  [
    'texts in the form that a package name asks for',
    withTexts({
      app: { package: 'sample', name: { title: 't', value: 'v' }, parameters: {} },
    } satisfies JsonObject),
  ],
])('lets %s pass, but for what it lacks besides', (_what, app) => {
  const found = violationsOf(app).map(({ rule }) => rule);
  expect(
    found.filter((rule) => !['translation-app', 'translation-parameter'].includes(rule)),
  ).toEqual([]);
});

const planted: [rule: Rule, what: string, app: AppPackage][] = [
  ['manifest-missing', 'no manifest', without(packageWith(), 'manifest.json')],
  ['json', 'a manifest that is no JSON', packageWith({ 'manifest.json': '{' })],
  ['json', 'translations that are a list', packageWith({ 'translations/en.json': '[]' })],
  ['json', 'requirements with a comma too many', packageWith({ 'requirements.json': '{"a":1,}' })],
  [
    'duplicate-key',
    'a setting of the manifest that stands twice',
    packageWith({ 'manifest.json': JSON.stringify(manifest).replace('{', '{"name":"Other",') }),
  ],
  [
    'duplicate-key',
    'a requirement that stands twice',
    packageWith({
      'requirements.json': '{"ticket_fields":{"a":{"title":"A"},"a":{"title":"A"}}}',
    }),
  ],
  ...['name', 'version', 'author', 'defaultLocale', 'location', 'frameworkVersion'].map(
    (key): [Rule, string, AppPackage] => ['required-key', `no ${key}`, withoutKey(key)],
  ),
  ['string', 'a version that is a number', withManifest({ version: 1 })],
  ['boolean', 'private as text', withManifest({ private: 'true' })],
  ['author', 'an author without an address', withManifest({ author: { name: 'A' } })],
  ['author', 'an author that is a text', withManifest({ author: 'A' })],
  ['url', 'terms that are no address', withManifest({ termsConditionsURL: 'terms' })],
  ['default-locale', 'a locale that is none', withManifest({ defaultLocale: 'English' })],
  ['default-locale-file', 'a locale without its file', withManifest({ defaultLocale: 'de' })],
  ['framework-version', 'an older framework', withManifest({ frameworkVersion: '1.0' })],
  ['no-template', 'noTemplate', withManifest({ noTemplate: true })],
  ['domain-whitelist', 'one domain as text', withManifest({ domainWhitelist: 'a.example' })],
  ['experiments', 'an unknown experiment', withManifest({ experiments: { magic: true } })],
  ['location', 'no place', withManifest({ location: {} })],
  ['location', 'a product without places', withManifest({ location: { support: 'sidebar' } })],
  [
    'location-product',
    'another product',
    withManifest({ location: { chat: { main_panel: 'assets/iframe.html' } } }),
  ],
  [
    'location-place',
    'an unknown place',
    withManifest({ location: { support: { sidebar: 'assets/iframe.html' } } }),
  ],
  ['location-url', 'a file that is not there', withTicketSidebar('assets/app.html')],
  ['location-url', 'a file outside assets', withTicketSidebar('manifest.json')],
  ['location-url', 'an address without https', withTicketSidebar('http://app.example/')],
  ['location-url', 'no address', withTicketSidebar({ flexible: true })],
  [
    'location-flag',
    'flexible as text',
    withTicketSidebar({ url: 'assets/iframe.html', flexible: 'yes' }),
  ],
  ['parameters', 'parameters that are no list', withManifest({ parameters: { limit: {} } })],
  ['parameter-twice', 'one parameter twice', withParameters({ name: 'limit' }, { name: 'limit' })],
  ['parameter-name', 'a parameter without a name', withParameters({ type: 'text' })],
  ['parameter-called-name', 'a parameter called name', withParameters({ name: 'name' })],
  ['parameter-type', 'a dropdown', withParameters({ name: 'limit', type: 'dropdown' })],
  ['parameter-type', 'a password', withParameters({ name: 'limit', type: 'password' })],
  ['parameter-flag', 'required as text', withParameters({ name: 'limit', required: 'yes' })],
  ['parameter-flag', 'secure as a number', withParameters({ name: 'limit', secure: 1 })],
  [
    'parameter-hidden-required',
    'a hidden parameter that is required',
    withParameters({ name: 'hash', type: 'hidden', required: true }),
  ],
  [
    'parameter-oauth',
    'two of oauth',
    withParameters({ name: 'limit', type: 'oauth' }, { name: 'hash', type: 'oauth' }),
  ],
  [
    'parameter-oauth',
    'oauth that is secure',
    withParameters({ name: 'limit', type: 'oauth', secure: true, scopes: ['header'] }),
  ],
  ['parameter-scopes', 'scopes without secure', withParameters({ name: 'limit', scopes: ['url'] })],
  [
    'parameter-scopes',
    'an unknown scope',
    withParameters({ name: 'limit', secure: true, scopes: ['cookie'] }),
  ],
  ['parameter-secure-unscoped', 'no scopes', withParameters({ name: 'limit', secure: true })],
  ['parameter-insecure', 'a token in plain text', withParameters({ name: 'api_token' })],
  [
    'parameter-secret-default',
    'a default of a hidden parameter',
    withParameters({ name: 'hash', type: 'hidden', default: 'x' }),
  ],
  [
    'translation-locale',
    'a bad file name',
    packageWith({ 'translations/english.json': translations }),
  ],
  ['translation-app', 'no name of the app', withTexts({ app: { parameters: {} } })],
  ['translation-app', 'a public app without descriptions', withManifest({ private: false })],
  [
    'translation-label',
    'a parameter without label',
    withApp({ parameters: { limit: { helpText: 'x' } } }),
  ],
  ['translation-parameter', 'a parameter without its text', withApp({ parameters: {} })],
  [
    'translation-parameter',
    'a parameter that one language lacks',
    packageWith({ 'translations/de.json': { app: { name: 'Probe' } } }),
  ],
  ['translation-format', 'plain texts beside a package name', withApp({ package: 'sample' })],
  [
    'requirements-too-many',
    'more than 5,000',
    withRequirements({ views: Object.fromEntries(times(5001, (n) => [`v${n}`, { title: 'V' }])) }),
  ],
  ['requirement-type', 'an unknown kind', withRequirements({ dashboards: {} })],
  ['requirement-group', 'a list of views', withRequirements({ views: [] })],
  ['requirement-key', 'a view without title', withRequirements({ views: { v: {} } })],
  [
    'requirement-key',
    'a user field without key',
    withRequirements({ user_fields: { u: { title: 'U' } } }),
  ],
  [
    'requirement-key',
    'a webhook without endpoint',
    withRequirements({ webhooks: { w: { name: 'W' } } }),
  ],
  [
    'requirement-channels',
    'two channels',
    withRequirements({
      channel_integrations: { a: { manifest_url: 'x' }, b: { manifest_url: 'y' } },
    }),
  ],
  [
    'requirement-legacy-objects',
    'legacy objects without types',
    withRequirements({ custom_objects: {} }),
  ],
  [
    'requirement-legacy-objects',
    'more than 50 legacy objects',
    withRequirements({
      custom_objects: { custom_object_types: times(51, (n) => ({ key: `k${n}` })) },
    }),
  ],
  [
    'requirement-target',
    'a target of a banned kind',
    withRequirements({ targets: { t: { title: 'T', type: 'url_target_v2' } } }),
  ],
  ['objects-structure', 'custom objects as a list', withObjects([])],
  ['objects-structure', 'objects that are no list', withObjects({ objects: {} })],
  [
    'objects-empty',
    'nothing in it',
    withObjects({ objects: [], object_fields: [], object_triggers: [] }),
  ],
  [
    'objects-bytes',
    'too large',
    withObjects({ objects: [{ ...object('one'), note: 'x'.repeat(1_048_577) }] }),
  ],
  [
    'objects-setting',
    'a setting in it',
    withObjects({ objects: [{ ...object('one'), title: '{{setting.t}}' }] }),
  ],
  [
    'objects-too-many',
    'more than 50',
    withObjects({ objects: [object('one'), ...times(50, (n) => object(`o${n}`))] }),
  ],
  [
    'objects-key',
    'an object without plural',
    withObjects({ objects: [{ key: 'one', title: 'T', include_in_list_view: true }] }),
  ],
  [
    'objects-key',
    'a field without type',
    withObjects({ object_fields: [{ key: 'a', title: 'A', object_key: 'one' }] }),
  ],
  [
    'objects-key',
    'a trigger without title',
    withObjects({ object_triggers: [{ ...trigger('t'), title: undefined as unknown as null }] }),
  ],
  [
    'objects-key-twice',
    'one field twice',
    withObjects({ object_fields: [field('a'), field('a')] }),
  ],
  [
    'objects-reference',
    'a field of no object',
    withObjects({ object_fields: [field('a', { object_key: 'two' })] }),
  ],
  [
    'objects-reference',
    'a trigger of no object',
    withObjects({ object_triggers: [trigger('t', { object_key: 'two' })] }),
  ],
  [
    'fields-too-many',
    'twenty-one',
    withObjects({ object_fields: times(21, (n) => field(`f${n}`)) }),
  ],
  ...['dropdown', 'multiselect'].flatMap((type): [Rule, string, AppPackage][] => [
    [
      'fields-too-many-choices',
      `six of ${type}`,
      withObjects({ object_fields: times(6, (n) => field(`f${n}`, { type })) }),
    ],
    [
      'field-options',
      `eleven options of a ${type}`,
      withObjects({
        object_fields: [
          field('a', {
            type,
            custom_field_options: times(11, (n) => ({ name: 'O', value: `o${n}` })),
          }),
        ],
      }),
    ],
  ]),
  [
    'field-filter',
    'twenty-one conditions of a filter',
    withObjects({
      object_fields: [
        field('a', {
          type: 'lookup',
          relationship_filter: { all: times(11, () => condition), any: times(10, () => condition) },
        }),
      ],
    }),
  ],
  [
    'triggers-too-many',
    'eleven',
    withObjects({ object_triggers: times(11, (n) => trigger(`t${n}`)) }),
  ],
  [
    'trigger-conditions',
    'none',
    withObjects({ object_triggers: [trigger('t', { conditions: { all: [] } })] }),
  ],
  [
    'trigger-conditions',
    'under another word',
    withObjects({ object_triggers: [trigger('t', { conditions: { some: [condition] } })] }),
  ],
  [
    'trigger-conditions',
    'fifty-one',
    withObjects({
      object_triggers: [trigger('t', { conditions: { all: times(51, () => condition) } })],
    }),
  ],
  ['trigger-actions', 'none', withObjects({ object_triggers: [trigger('t', { actions: [] })] })],
  [
    'trigger-actions',
    'twenty-six',
    withObjects({ object_triggers: [trigger('t', { actions: times(26, () => condition) })] }),
  ],
  ['file-type', 'a document', packageWith({ 'assets/terms.pdf': 'terms' })],
  [
    'file-type',
    'an archive under another name',
    packageWith({ 'assets/data.json5': 'PK\u0003\u0004' }),
  ],
  ['file-path', 'a path out of the package', packageWith({ '../evil.js': '' })],
  ['file-path', 'a path from the root', packageWith({ '/evil.js': '' })],
  ['http-address', 'an address without https', withScript('fetch("http://billing.example/pay")')],
  [
    'http-address',
    'a page that loads one',
    packageWith({ 'assets/iframe.html': '<img src=http://a.example>' }),
  ],
  ['logo', 'no logo', without(packageWith(), 'assets/logo.png')],
  [
    'logo',
    'a small logo that is too large',
    packageWith({ 'assets/logo-small.png': png(320, 320) }),
  ],
  ['logo', 'a logo that is no picture', packageWith({ 'assets/logo.png': 'x'.repeat(40) })],
  ['secret', 'a private key', withScript('`-----BEGIN RSA PRIVATE KEY-----`')],
  ['secret', 'a token', withScript(`const token = "abcd1234efgh5678";`)],
  ['secret', 'a password', withScript(`login({password:"open sesame"})`)],
  ['secret', 'an access key', withScript('AKIAABCDEFGHIJKLMNOP')],
  ['secret', 'an API key', packageWith({ 'assets/settings.json': '{"api_key":"0123456789"}' })],
  ['secret', 'a signing secret', withScript(`{secret:'0123456789'}`)],
  ['secret', 'a bearer header', withScript('"Bearer 0123456789abcdef0123"')],
  ['secret', 'a token of a chat', withScript('"xoxb-1234"')],
];

describe('catches', () => {
  it.each(planted)('%s: %s', (rule, _what, app) => {
    expect(violationsOf(app).map((violation) => violation.rule)).toContain(rule);
  });
});

it('is shown to catch a violation of each of its rules', () => {
  expect(new Set(planted.map(([rule]) => rule))).toEqual(new Set(rules));
});

it('names the words that Zendesk’s scanner warns of, with what surrounds them', () => {
  expect(secretWords(withScript('{number:!0,password:!0,range:!0}'))).toEqual([
    '{number:!0,password:!0,range:!0',
  ]);
});
