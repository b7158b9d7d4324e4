import { access, readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { staff } from '#simulator/scenarios/staff.ts';

const root = new URL('../', import.meta.url);
const read = (file: string) => readFile(new URL(file, root), 'utf8');
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

describe.each(documents)('%s', (document) => {
  it('names only commands that there are', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: object };
    const builtIn = ['ci', 'install'];
    const named = [...(await read(document)).matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)];
    for (const [command, script = ''] of named)
      expect([...Object.keys(scripts), ...builtIn], command).toContain(script);
  });

  it('links only to files that there are', async () => {
    const links = [...(await read(document)).matchAll(/\]\(([^)#]+)/g)].map(([, to]) => String(to));
    for (const link of links.filter((to) => !/^https?:/.test(to)))
      await expect(access(new URL(link, root)), link).resolves.toBeUndefined();
  });
});

it('README sends the two windows to Ana and to Ben, at the port that npm start takes', async () => {
  const windows = [...(await read('README.md')).matchAll(/<http:\/\/localhost:(\d+)\/\?as=(\d+)/g)];
  expect(windows.map(([, port, person]) => [Number(port), Number(person)])).toEqual([
    [4567, staff.ana.id],
    [4567, staff.ben.id],
  ]);
});

it('.ci/run runs the command that README gives for the tests', async () => {
  const command = 'npm ci && npm test';
  expect(await read('README.md')).toContain(`\n${command}\n`);
  expect(await read('.ci/run')).toContain(`\n${command}\n`);
});
