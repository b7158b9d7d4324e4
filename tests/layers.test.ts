import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { layers } from '../eslint.config.js';

const root = join(import.meta.dirname, '..');
const eslint = new ESLint({ cwd: root });
const names = Object.keys(layers);

/** The messages ESLint has for `code` if it stood at `filePath`; nothing is written to disk. */
async function complaints(filePath: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: join(root, filePath) });
  return results.flatMap((result) => result.messages.map((message) => message.message));
}

/** Every way to name a module of another layer; each uses what it imports. */
function waysToImport(layer: string): [string, string][] {
  return [
    ['by alias', `import { x } from '#${layer}/x.ts';\nx();`],
    ['by alias, in a deeper folder', `import { x } from '#${layer}/deeper/x.ts';\nx();`],
    ['by a relative path', `import { x } from '../${layer}/x.ts';\nx();`],
    ['by a longer relative path', `import { x } from '../../src/${layer}/x.ts';\nx();`],
    ['for its side effects', `import '#${layer}/x.ts';`],
    ['as a type', `import type { X } from '#${layer}/x.ts';\nexport const x = (it: X) => it;`],
    ['by re-export', `export { x } from '#${layer}/x.ts';`],
    ['by re-export of everything', `export * from '../${layer}/x.ts';`],
  ];
}

const arrows = names.flatMap((from) =>
  names.filter((to) => to !== from).map((to) => ({ from, to })),
);
const isAllowed = ({ from, to }: { from: string; to: string }) => layers[from]?.includes(to);
const allowedArrows = arrows.filter(isAllowed);
const forbiddenArrows = arrows.filter((arrow) => !isAllowed(arrow));

it('states the arrows of docs/decisions/0001-layers.md', () => {
  expect(layers).toEqual({
    domain: [],
    zendesk: ['domain'],
    'use-cases': ['domain', 'zendesk'],
    ui: ['domain', 'zendesk', 'use-cases'],
    settlement: ['domain', 'zendesk'],
    simulator: [],
    app: ['domain', 'zendesk', 'use-cases', 'ui', 'settlement', 'simulator'],
  });
  expect(allowedArrows).toHaveLength(14);
  expect(forbiddenArrows).toHaveLength(28);
});

describe.each(forbiddenArrows)('$from importing $to', ({ from, to }) => {
  it.each(waysToImport(to))('is caught %s', async (_way, code) => {
    expect(await complaints(`src/${from}/planted.ts`, code)).toEqual([
      expect.stringContaining(`${from} may not import ${to}.`),
    ]);
  });

  it('is caught from a deeper folder', async () => {
    const code = `import { x } from '../../${to}/x.ts';\nx();`;
    expect(await complaints(`src/${from}/deeper/planted.ts`, code)).toEqual([
      expect.stringContaining(`${from} may not import ${to}.`),
    ]);
  });
});

describe.each(allowedArrows)('$from importing $to', ({ from, to }) => {
  it.each(waysToImport(to))('passes %s', async (_way, code) => {
    expect(await complaints(`src/${from}/planted.ts`, code)).toEqual([]);
  });
});

it('lets every layer import itself by a relative path', async () => {
  for (const layer of names)
    expect(
      await complaints(`src/${layer}/planted.ts`, `export { x } from './deeper/x.ts';`),
    ).toEqual([]);
});

describe('imports that no-restricted-imports does not see', () => {
  const outsideApp = names.filter((layer) => layer !== 'app');

  it.each(outsideApp)('a dynamic import in %s is caught', async (layer) => {
    expect(
      await complaints(`src/${layer}/planted.ts`, `export const x = () => import('./x.ts');`),
    ).toEqual(['Dynamic import belongs in src/app.']);
  });

  it.each(outsideApp)('an import within a type in %s is caught', async (layer) => {
    expect(
      await complaints(`src/${layer}/planted.ts`, `export type X = import('#app/x.ts').X;`),
    ).toEqual(['Write `import type` at the top of the file.']);
  });

  it('src/app may import dynamically, to load screens later', async () => {
    expect(
      await complaints('src/app/planted.ts', `export const x = () => import('#ui/x.ts');`),
    ).toEqual([]);
  });
});

describe('tests', () => {
  const fromSimulator = `import { x } from '#simulator/x.ts';\nx();`;

  it.each(['zendesk', 'use-cases', 'ui', 'settlement'])(
    'beside %s may bring the simulator',
    async (layer) => {
      expect(await complaints(`src/${layer}/planted.test.ts`, fromSimulator)).toEqual([]);
    },
  );

  it.each(['domain', 'simulator'])('beside %s keep its arrows', async (layer) => {
    const to = layer === 'domain' ? 'simulator' : 'domain';
    const code = `import { x } from '#${to}/x.ts';\nx();`;
    expect(await complaints(`src/${layer}/planted.test.ts`, code)).toEqual([
      expect.stringContaining(`${layer} may not import ${to}.`),
    ]);
  });

  it.each(names)('support is not for sources of %s', async (layer) => {
    for (const module of ['#tests/support/x.ts', '../../tests/support/x.ts'])
      expect(
        await complaints(`src/${layer}/planted.ts`, `import { x } from '${module}';\nx();`),
      ).toEqual([expect.stringContaining('tests are not for sources.')]);
  });
});

describe('React', () => {
  const packages = [
    'react',
    'react-dom/client',
    '@zendeskgarden/react-buttons',
    '@tanstack/react-query',
    'styled-components',
  ];

  it.each(['zendesk', 'use-cases', 'settlement'])('is caught in %s', async (layer) => {
    for (const name of packages)
      expect(
        await complaints(`src/${layer}/planted.ts`, `import * as x from '${name}';\nx.y();`),
        name,
      ).toEqual([expect.stringContaining(`${layer} knows no React`)]);
  });

  it.each(['ui', 'app'])('is at home in %s', async (layer) => {
    for (const name of packages)
      expect(
        await complaints(`src/${layer}/planted.ts`, `import * as x from '${name}';\nx.y();`),
        name,
      ).toEqual([]);
  });
});

describe('domain', () => {
  it.each(['valibot', 'react', 'smol-toml', 'node:fs', '@tanstack/react-query', '@noble/ciphers'])(
    'may not import the package %s',
    async (name) => {
      expect(
        await complaints('src/domain/planted.ts', `import * as x from '${name}';\nx.y();`),
      ).toEqual([expect.stringContaining('domain is pure: no packages but @noble/hashes.')]);
    },
  );

  it('may import @noble/hashes', async () => {
    const code = `import { sha256 } from '@noble/hashes/sha2.js';\nsha256(new Uint8Array());`;
    expect(await complaints('src/domain/planted.ts', code)).toEqual([]);
  });

  it.each([
    ['Date.now()', 'domain has no clock'],
    ['new Date()', 'domain has no clock'],
    ['Date()', 'domain has no clock'],
    ['Math.random()', 'domain has no randomness'],
    ['globalThis.Date.now()', `Unexpected use of 'globalThis'`],
  ])('may not call %s', async (expression, why) => {
    expect(
      await complaints('src/domain/planted.ts', `export const x = () => ${expression};`),
    ).toEqual([expect.stringContaining(why)]);
  });

  it('may make a date of a number that it was given', async () => {
    const code = `export const x = (ms: number) => new Date(ms).toISOString();`;
    expect(await complaints('src/domain/planted.ts', code)).toEqual([]);
  });

  describe('compiled on its own', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(root, 'node_modules', '.domain-types-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    /** What tsc says of `code` under the settings of src/domain/tsconfig.json. */
    async function compile(code: string): Promise<string> {
      await writeFile(join(folder, 'planted.ts'), code);
      const settings = { extends: join(root, 'src/domain/tsconfig.json'), include: ['planted.ts'] };
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const run = promisify(execFile)(process.execPath, [tsc, '-p', folder]);
      return run.then(
        () => '',
        (failed: { stdout: string }) => failed.stdout,
      );
    }

    it('knows no DOM, no timers, no network and no Node', async () => {
      const globals = ['window', 'document', 'fetch', 'setTimeout', 'crypto', 'process'];
      const said = await compile(
        globals.map((name) => `export const ${name}_ = ${name};`).join('\n'),
      );
      for (const name of globals) expect(said).toContain(`Cannot find name '${name}'`);
    });

    it('compiles what is pure', async () => {
      expect(await compile('export const sum = (a: bigint, b: bigint) => a + b;')).toBe('');
    });
  });
});
