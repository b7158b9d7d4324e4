import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'vite';

/**
 * Holds the first screen's JavaScript, the SDK included, to its limit: the entry and what it
 * imports statically, each compressed as it is sent. What is loaded later (the form, the Limits
 * view, other languages) does not count.
 */

const root = join(import.meta.dirname, '..');
const limit = '115 KiB';

const folder = await mkdtemp(join(tmpdir(), 'leeway-size-'));
try {
  const result = await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder },
  });
  if (Array.isArray(result) || !('output' in result)) throw new Error('one build was expected');

  const chunks = new Map(
    result.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
  );
  const first = new Set(
    [...chunks.values()].filter((chunk) => chunk.isEntry).map((c) => c.fileName),
  );
  if (first.size === 0) throw new Error('the build has no entry');
  // A set may grow while it is walked: what an import imports is walked too.
  for (const name of first)
    for (const imported of chunks.get(name)?.imports ?? []) first.add(imported);

  // Of two chunks that import each other one runs before what it needs is there.
  for (const name of chunks.keys()) {
    const needed = new Set(chunks.get(name)?.imports);
    for (const one of needed)
      for (const imported of chunks.get(one)?.imports ?? []) needed.add(imported);
    if (needed.has(name)) throw new Error(`${name} needs itself: ${[...needed].join(', ')}`);
  }

  const config = join(folder, 'size-limit.json');
  const path = [...first];
  await writeFile(config, JSON.stringify([{ name: 'first screen', path, limit, gzip: true }]));
  const { status } = spawnSync('npx', ['size-limit', '--config', config], {
    cwd: root,
    stdio: 'inherit',
  });
  console.log(`  ${path.length} of ${chunks.size} chunks are needed for the first screen.`);
  process.exitCode = status ?? 1;
} finally {
  await rm(folder, { recursive: true });
}
