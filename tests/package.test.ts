import { execFile } from 'node:child_process';
import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

import { unzipSync } from 'fflate';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  type AppPackage,
  isObject,
  type JsonObject,
  readJson,
  textOf,
} from './support/zendesk-app-rules/app-package.ts';
import { secretWords } from './support/zendesk-app-rules/files.ts';
import { violationsOf } from './support/zendesk-app-rules/zendesk-app-rules.ts';

const root = join(import.meta.dirname, '..');
const sdkAddress = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';

/** Runs `npm run package` into a folder of its own, and gives that folder. */
async function makePackage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'leeway-package-'));
  const script = join(root, 'scripts/package.js');
  await promisify(execFile)(process.execPath, [script, '--out', folder], { cwd: root });
  return folder;
}

async function readZip(folder: string): Promise<Uint8Array> {
  const zips = (await readdir(folder)).filter((name) => name.endsWith('.zip'));
  expect(zips).toEqual([expect.stringMatching(/^leeway-\d+\.\d+\.\d+\.zip$/)]);
  return readFile(join(folder, String(zips[0])));
}

const folders: string[] = [];
let zip: Uint8Array;
let app: AppPackage;
let page: Document;

beforeAll(async () => {
  folders.push(await makePackage());
  zip = await readZip(String(folders[0]));
  app = new Map(Object.entries(unzipSync(zip)));
  page = new JSDOM(textOf(app, 'assets/iframe.html')).window.document;
}, 120_000);
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const json = (path: string): JsonObject => readJson(app, path).value ?? {};
const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value : []);
const texts = (): [path: string, text: string][] =>
  [...app.keys()]
    .filter((path) => /\.(html|js|json)$/.test(path))
    .map((path) => [path, textOf(app, path) ?? '']);

describe('the package', () => {
  it('breaks none of Zendesk’s rules', () => {
    expect(violationsOf(app)).toEqual([]);
  });

  it('holds what belongs in it and nothing else', () => {
    const allowed =
      /^(manifest\.json|requirements\.json|assets\/iframe\.html|assets\/logo(-small)?\.png|assets\/[\w-]+-[\w-]{8}\.js|translations\/[a-z]{2,3}(-\w{2,3})?\.json)$/;
    expect([...app.keys()].filter((path) => !allowed.test(path))).toEqual([]);
    expect([...app.keys()]).toEqual(
      expect.arrayContaining([
        'manifest.json',
        'requirements.json',
        'assets/iframe.html',
        'assets/logo.png',
        'assets/logo-small.png',
        'translations/en.json',
      ]),
    );
  });

  it('is laid out in the folder as it is in the zip, without links', async () => {
    const folder = String(folders[0]);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const found = new Map<string, Uint8Array>();
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      expect((await lstat(path)).isSymbolicLink(), path).toBe(false);
      if (entry.isFile() && !entry.name.endsWith('.zip'))
        found.set(relative(folder, path), new Uint8Array(await readFile(path)));
    }
    expect([...found.keys()].sort()).toEqual([...app.keys()].sort());
    for (const [path, bytes] of found)
      expect(Buffer.compare(bytes, app.get(path) ?? bytes)).toBe(0);
  });

  it('comes out the same, byte for byte, when it is made again', async () => {
    folders.push(await makePackage());
    expect(Buffer.compare(await readZip(String(folders[1])), zip)).toBe(0);
  }, 120_000);

  it('carries the version of package.json', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(json('manifest.json')['version']).toBe(version);
  });

  it('has every language with the keys of English', () => {
    // Languages differ in their plural forms; `other` they all have.
    const keys = (value: unknown, path = ''): string[] =>
      isObject(value) && !('other' in value)
        ? Object.entries(value).flatMap(([key, child]) => keys(child, `${path}/${key}`))
        : [path];
    const english = keys(json('translations/en.json')).sort();
    expect(english.length).toBeGreaterThan(30);
    for (const path of app.keys())
      if (path.startsWith('translations/')) expect(keys(json(path)).sort(), path).toEqual(english);
  });
});

describe('the page', () => {
  const scripts = () => [...page.querySelectorAll('script')];

  it('loads the SDK from Zendesk once, before the app', () => {
    const sources = scripts().map((script) => script.getAttribute('src'));
    expect(sources[0]).toBe(sdkAddress);
    expect(sources.slice(1)).toEqual([expect.stringMatching(/^\.\/sidebar-[\w-]+\.js$/)]);
    // Neither waits for the other's download, and they run in this order.
    expect(scripts()[0]?.defer).toBe(true);
    expect(scripts()[1]?.type).toBe('module');
  });

  it('finds all that it names in the package', () => {
    const named = [...page.querySelectorAll('[src], [href]')]
      .map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '')
      .filter((address) => address !== sdkAddress);
    expect(named.length).toBeGreaterThan(0);
    for (const address of named) {
      expect(address).toMatch(/^\.\//);
      expect(app.has(address.replace('./', 'assets/')), address).toBe(true);
    }
  });

  it('has no inline script, no handler in an attribute and no style sheet that blocks', () => {
    expect(scripts().filter((script) => !script.src || script.textContent !== '')).toEqual([]);
    const handlers = [...page.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith('on')),
    );
    expect(handlers).toEqual([]);
    expect([...page.querySelectorAll('link[rel=stylesheet]')]).toEqual([]);
  });

  it('may run its own scripts and the SDK, and talk to nobody', () => {
    const metas = page.querySelectorAll('meta[http-equiv="Content-Security-Policy"]');
    expect(metas).toHaveLength(1);
    const policy = metas[0]?.getAttribute('content')?.split('; ');
    expect(policy).toEqual([
      `default-src 'none'`,
      `script-src 'self' https://static.zdassets.com`,
      `style-src 'self' 'unsafe-inline'`,
      `img-src 'self' data:`,
      `connect-src 'none'`,
      `base-uri 'none'`,
      `form-action 'none'`,
    ]);
    // A policy holds for what stands after it.
    expect(page.head.firstElementChild).toBe(metas[0]);
  });

  it('shows a skeleton until the app has drawn', () => {
    expect(page.querySelector('#root')?.children).toHaveLength(1);
    expect(page.querySelector('#root > [aria-hidden=true]')?.children.length).toBeGreaterThan(0);
  });
});

describe('the scripts', () => {
  it('do not hold the SDK from npm', async () => {
    // A word of the SDK's own protocol: present in its source, so that its absence says something.
    const handshake = 'iframe.handshake';
    const source = join(root, 'node_modules/zendesk_app_framework_sdk/lib/client.js');
    expect(await readFile(source, 'utf8')).toContain(handshake);
    for (const [path, text] of texts()) expect(text.includes(handshake), path).toBe(false);
  });

  it('hold nothing of the simulator, of tests or of the sources', () => {
    const foreign = /simulator|mockServiceWorker|\bmsw\b|vitest|sourceMappingURL|localhost/i;
    for (const [path, text] of texts()) expect(foreign.exec(text)?.[0], path).toBeUndefined();
  });

  it('are built for production', () => {
    for (const [path, text] of texts())
      expect(text.includes('Download the React DevTools'), path).toBe(false);
  });

  it('have no word that Zendesk’s scanner warns of but the name of an input type', () => {
    // React and Garden list the kinds of input that hold text.
    const inputType = /[{,]password:(!0|true)[,}]|type===[`'"]password[`'"]/;
    expect(secretWords(app).filter((found) => !inputType.test(found))).toEqual([]);
  });
});

describe('the requirements', () => {
  const objects = () => json('requirements.json')['custom_objects_v2'] as JsonObject;
  const fieldsOf = (object: string) =>
    Object.fromEntries(
      listOf(objects()['object_fields'])
        .filter((field) => field['object_key'] === object)
        .map((field) => [field['key'], field['type']]),
    );
  const optionsOf = (field: JsonObject | undefined) =>
    listOf(field?.['custom_field_options']).map((option) => option['value']);

  it('declare the credits', () => {
    const text = 'text';
    expect(fieldsOf('leeway_credit')).toEqual({
      ...{ credit_id: text, ticket: text, maker: text, customer: text },
      ...{ asked_1: text, asked_2: text, asked_3: text, asked_4: text, asked_5: text },
      ...{ signers: text, amount_minor: 'integer', currency: text, reason: text, tags: text },
      ...{ status: 'dropdown', band: text, exception: text, terms: text, expires_at: text },
    });
    const status = listOf(objects()['object_fields']).find((field) => field['key'] === 'status');
    expect(optionsOf(status)).toEqual([
      'leeway_reserved',
      'leeway_posted',
      'leeway_void',
      'leeway_reversed',
      'leeway_reversed_late',
    ]);
  });

  it('declare the terms', () => {
    expect(fieldsOf('leeway_terms')).toEqual({
      canonical: 'textarea',
      digest: 'text',
      starts_at: 'text',
    });
    expect(listOf(objects()['objects']).map((object) => object['key'])).toEqual([
      'leeway_credit',
      'leeway_terms',
    ]);
  });

  it('declare one ticket field that customers never see and nobody must fill in', () => {
    const fields = json('requirements.json')['ticket_fields'] as Record<string, JsonObject>;
    expect(Object.keys(fields)).toEqual(['leeway_status']);
    expect(fields['leeway_status']).toMatchObject({
      type: 'tagger',
      required: false,
      visible_in_portal: false,
      editable_in_portal: false,
      required_in_portal: false,
    });
    expect(optionsOf(fields['leeway_status'])).toEqual([
      'leeway_waiting_lead',
      'leeway_waiting',
      'leeway_posted',
    ]);
  });

  it('declare a view of the tickets that wait', () => {
    const views = json('requirements.json')['views'] as Record<string, JsonObject>;
    expect(Object.keys(views)).toEqual(['leeway_waiting']);
    // By tag: the field has no id before it is installed, and each of its options is a tag.
    expect(views['leeway_waiting']?.['all']).toEqual([
      // Zendesk refuses a view without a condition on status, type, group, assignee or requester.
      { field: 'status', operator: 'less_than', value: 'closed' },
      { field: 'current_tags', operator: 'includes', value: 'leeway_waiting leeway_waiting_lead' },
    ]);
  });
});
