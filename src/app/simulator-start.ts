import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRunningClock } from '#simulator/clock.ts';
import { loadState } from '#simulator/persistence.ts';
import { type FileSource, filesIn, type RunningServer, startServer } from '#simulator/server.ts';
import { createEmptyState, type SimulatorState } from '#simulator/state.ts';
import { createZendesk, type Zendesk } from '#simulator/zendesk.ts';
import { build } from 'vite';
import { openShop } from './open-shop.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = (folder: string): string => path.join(root, '.simulator', folder);

/** Builds the app with the SDK from npm, and the host page. Takes a few seconds. */
export async function buildPages(): Promise<void> {
  await build({
    configFile: path.join(root, 'vite.config.ts'),
    mode: 'simulator',
    logLevel: 'warn',
    build: { outDir: built('app') },
  });
  await build({
    configFile: path.join(root, 'src/simulator/host-page/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: built('host'), emptyOutDir: true },
  });
}

/** The first source that has the file. */
const either =
  (...sources: readonly FileSource[]): FileSource =>
  async (pathname) => {
    for (const source of sources) {
      const file = await source(pathname);
      if (file) return file;
    }
    return undefined;
  };

/** The package's own files that Zendesk reads: the settings form is made from them. */
const packageFiles: FileSource = async (pathname) =>
  pathname === '/manifest.json' || pathname.startsWith('/translations/')
    ? filesIn(root)(pathname)
    : undefined;

export interface RunningSimulator extends RunningServer {
  readonly zendesk: Zendesk;
}

/**
 * Serves the pretend Zendesk with the shop in it. The pages must have been built.
 * @param stateFile where the state is kept over a restart; left out: a new shop each time
 * @param appFiles another app than Leeway in its place
 */
export async function startSimulator(options: {
  readonly port: number;
  readonly stateFile?: string;
  readonly appFiles?: FileSource;
}): Promise<RunningSimulator> {
  const clock = createRunningClock();
  const fresh = JSON.stringify(await openShop(clock.now()));
  const initial = (): SimulatorState => JSON.parse(fresh) as SimulatorState;
  const kept = options.stateFile && loadState(options.stateFile, createEmptyState());
  const zendesk = createZendesk({ state: kept || initial(), clock });
  const server = await startServer({
    zendesk,
    clock,
    initial,
    port: options.port,
    hostFiles: either(filesIn(built('host')), packageFiles),
    appFiles: options.appFiles ?? filesIn(built('app')),
    ...(options.stateFile ? { stateFile: options.stateFile } : {}),
  });
  return { ...server, zendesk };
}
