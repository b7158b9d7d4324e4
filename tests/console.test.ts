import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

const cases = {
  'keeps quiet': `it('', () => {})`,
  'says an error': `it('', () => console.error('planted'))`,
  'warns outside of a test': `console.warn('planted');\nit('', () => {})`,
  'says an error and restores all mocks': `it('', () => { console.error('planted'); vi.restoreAllMocks() })`,
  'expects the error': `it('', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    console.error('planted');
    expect(error).toHaveBeenCalledWith('planted');
  })`,
};
type Case = keyof typeof cases;

let folder: string;
const failed = new Map<string, boolean>();

beforeAll(async () => {
  folder = await mkdtemp(join(root, 'node_modules', '.console-test-'));
  const imports = `import { expect, it, vi } from 'vitest';\n`;
  for (const [name, code] of Object.entries(cases))
    await writeFile(join(folder, `${name.replaceAll(' ', '-')}.test.ts`), imports + code);
  const settings = {
    test: { setupFiles: [join(root, 'tests/support/fail-on-console-error.ts')] },
  };
  const config = join(folder, 'vitest.config.mjs');
  await writeFile(config, `export default ${JSON.stringify(settings)}`);

  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', folder, '--config', config, '--reporter=json'];
  const report = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, (_error, stdout) => resolve(stdout));
  });
  const { testResults } = JSON.parse(report.slice(report.indexOf('{'))) as {
    testResults: { name: string; status: string }[];
  };
  for (const { name, status } of testResults) failed.set(name, status === 'failed');
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('a test file that', () => {
  it.each<[Case, boolean]>([
    ['keeps quiet', false],
    ['says an error', true],
    ['warns outside of a test', true],
    ['says an error and restores all mocks', true],
    ['expects the error', false],
  ])('%s fails: %s', (name, fails) => {
    const file = [...failed.keys()].find((path) =>
      path.endsWith(`/${name.replaceAll(' ', '-')}.test.ts`),
    );
    expect(failed.get(String(file))).toBe(fails);
  });
});
