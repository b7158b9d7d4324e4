import { join } from 'node:path';
import { build, loadConfigFromFile, mergeConfig } from 'vite';
import { buildPages } from '#app/simulator-start.ts';
import { type FileSource, filesIn } from '#simulator/server.ts';

const root = join(import.meta.dirname, '..');
const folders = {
  leeway: join(root, '.simulator/app'),
  'stand-in': join(root, '.simulator/stand-in'),
} as const;

export type AppName = keyof typeof folders;

/** The files of whichever of the two apps is to be opened next. */
export interface Apps {
  readonly files: FileSource;
  choose(app: AppName): void;
}

/** Builds the host page, Leeway, and the stand-in for Zendesk's scaffold by Leeway's own Vite config. */
export async function buildApps(): Promise<Apps> {
  await buildPages();
  const configFile = join(root, 'vite.config.ts');
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'simulator' }, configFile);
  if (!loaded) throw new Error(`${configFile} was not found`);
  const { rolldownOptions: _, ...how } = loaded.config.build ?? {};
  const page = join(import.meta.dirname, 'stand-in');
  await build(
    mergeConfig(
      { ...loaded.config, build: how },
      {
        configFile: false,
        root: page,
        logLevel: 'warn',
        build: {
          outDir: folders['stand-in'],
          rolldownOptions: { input: { standIn: join(page, 'iframe.html') } },
        },
      },
    ),
  );
  let chosen: AppName = 'leeway';
  return {
    files: (pathname) => filesIn(folders[chosen])(pathname),
    choose(app) {
      chosen = app;
    },
  };
}
