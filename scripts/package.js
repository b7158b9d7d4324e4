import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';

import { zipSync } from 'fflate';
import { build } from 'vite';

/**
 * Lays out the package as Zendesk wants it, and zips it:
 *
 *   node scripts/package.js [--out dist]
 *
 * dist/manifest.json, requirements.json, assets/ (iframe.html, its scripts, the logos),
 * translations/, and beside them leeway-<version>.zip. Needs no network. The same sources give the
 * same bytes, so that anybody can check a zip against them.
 */

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } });
const out = resolve(values.out);

/** @param {string} file */
const readJson = async (file) => JSON.parse(await readFile(join(root, file), 'utf8'));

const parts = ['manifest.json', 'requirements.json', 'assets', 'translations'];

const { version } = await readJson('package.json');
const manifest = await readJson('manifest.json');
if (manifest.version !== version)
  throw new Error(
    `manifest.json is of version ${manifest.version}, package.json of ${version}: make them equal.`,
  );

// Only what an earlier run wrote: --out may name a folder that holds something else.
await mkdir(out, { recursive: true });
for (const name of await readdir(out))
  if (parts.includes(name) || /^leeway-.*\.zip$/.test(name))
    await rm(join(out, name), { recursive: true });

await build({
  configFile: join(root, 'vite.config.ts'),
  mode: 'package',
  logLevel: 'warn',
  build: { outDir: join(out, 'assets') },
});

for (const file of ['manifest.json', 'requirements.json'])
  await cp(join(root, file), join(out, file));
/**
 * @param {string} folder
 * @param {string} ending of the files that belong into the package
 */
async function copyFolder(folder, ending) {
  await mkdir(join(out, folder), { recursive: true });
  for (const file of await readdir(join(root, folder)))
    if (file.endsWith(ending)) await cp(join(root, folder, file), join(out, folder, file));
}
await copyFolder('assets', '.png');
await copyFolder('translations', '.json');

/** @type {import('fflate').Zippable} */
const files = {};
const entries = await readdir(out, { recursive: true, withFileTypes: true });
const paths = entries
  .filter((entry) => entry.isFile())
  .map((entry) => relative(out, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((path) => parts.some((part) => path === part || path.startsWith(`${part}/`)))
  .sort();
for (const path of paths) files[path] = await readFile(join(out, path));

const zip = zipSync(files, {
  level: 9,
  // The first instant that a zip can name, in local time as zips have it: no file is ever newer.
  mtime: new Date(1980, 0, 1),
  // Unix, rw-r--r--: unpacked files are readable whatever the machine that packed them.
  os: 3,
  attrs: 0o644 << 16,
});
const target = join(out, `leeway-${version}.zip`);
await writeFile(target, zip);

for (const path of paths) console.log(`  ${path}`);
console.log(`${basename(target)}: ${paths.length} files, ${Math.ceil(zip.length / 1024)} KiB`);
