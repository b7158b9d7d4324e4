import type { Frame, Page } from 'playwright-core';
import { type RunningSimulator, startSimulator } from '#app/simulator-start.ts';
import { staff } from '#simulator/scenarios/staff.ts';
import type { SimulatorState } from '#simulator/state.ts';
import { type AppName, type Apps, buildApps } from './build-apps.ts';
import { type Bench, median } from './figure.ts';
import { openBrowser } from './open-browser.ts';

const PAIRS = 21;

/** The text that is worth waiting for: how much may be given; who is signed in. */
const worth: Readonly<Record<AppName, string>> = { leeway: ' left of ', 'stand-in': 'Hi ' };

/** Times in ms since the app's own page was asked for. */
interface Opening {
  readonly paint: number;
  readonly shown: number;
  readonly shift: number;
}

declare global {
  interface Window {
    leewayBench?: { paint: number; shown: number; shift: number };
  }
}

/**
 * Opens two tickets with Leeway and with the stand-in in turn, each time in a browser that knows
 * neither, and compares pair by pair.
 */
export const opening: Bench = async () => {
  const apps = await buildApps();
  const simulator = await startSimulator({ port: 0, appFiles: apps.files });
  const fresh = JSON.stringify(simulator.zendesk.state);
  try {
    const open = async (app: AppName): Promise<Openings> => {
      simulator.zendesk.reset(JSON.parse(fresh) as SimulatorState);
      return openTwo(simulator, apps, app);
    };
    // The first of each also warms the machine up, and is thrown away.
    await open('leeway');
    await open('stand-in');
    const pairs: { leeway: Openings; standIn: Openings }[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      // Whoever comes second finds a warmer machine: they take turns.
      if (pair % 2 === 0) {
        const leeway = await open('leeway');
        pairs.push({ leeway, standIn: await open('stand-in') });
      } else {
        const standIn = await open('stand-in');
        pairs.push({ leeway: await open('leeway'), standIn });
      }
    }
    const ratio = (of: (openings: Openings) => number): number =>
      median(pairs.map(({ leeway, standIn }) => of(leeway) / of(standIn)));
    const runs = `median of ${String(PAIRS)} pairs`;
    return [
      {
        what: `first paint, a further ticket, over the stand-in's (${runs})`,
        value: ratio(({ further }) => further.paint),
        unit: '×',
        limit: 0.6,
      },
      {
        // Most of it is the browser's own start, which is the same for both.
        what: `first paint, the first ticket of a browser just started (${runs})`,
        value: ratio(({ first }) => first.paint),
        unit: '×',
      },
      {
        what: `budget on screen, a further ticket, over the stand-in's hello (${runs})`,
        value: ratio(({ further }) => further.shown),
        unit: '×',
        limit: 1.3,
      },
      {
        what: `budget on screen, the first ticket of a browser just started (${runs})`,
        value: ratio(({ first }) => first.shown),
        unit: '×',
      },
      {
        what: 'layout shift while loading, the largest of all runs',
        value: Math.max(
          ...pairs.flatMap(({ leeway: { first, further } }) => [first.shift, further.shift]),
        ),
        unit: '',
        limit: 0.02,
      },
    ];
  } finally {
    await simulator.close();
  }
};

/** The first ticket that a browser opens, and the next. */
interface Openings {
  readonly first: Opening;
  readonly further: Opening;
}

async function openTwo(simulator: RunningSimulator, apps: Apps, app: AppName): Promise<Openings> {
  apps.choose(app);
  const context = await openBrowser();
  try {
    await context.addInitScript(watch, worth[app]);
    const page = await context.newPage();
    const open = async (ticket: number): Promise<Opening> => {
      await page.goto(`${simulator.hostUrl}/?as=${String(staff.ana.id)}&ticket=${String(ticket)}`);
      return whenRead(page, app);
    };
    const first = await open(1084);
    // The host page would open the first ticket's tab again, beside the one that is measured.
    await page.evaluate(() => {
      window.localStorage.clear();
      window.sessionStorage.clear();
    });
    return { first, further: await open(1087) };
  } finally {
    await context.close();
  }
}

async function whenRead(page: Page, app: AppName): Promise<Opening> {
  const frame = page.frameLocator('iframe[src*="app_guid"]:visible');
  await frame.getByText(worth[app]).first().waitFor();
  if (app === 'leeway') {
    await frame.getByRole('button', { name: 'Limits' }).waitFor();
    // What comes late moves what is there: the last answers, and their fonts and heights.
    await page.waitForTimeout(500);
  }
  return measured(page.frames());
}

/** Runs in each page before its own scripts; only the app's page is measured. */
function watch(text: string): void {
  if (!window.location.pathname.startsWith('/app/')) return;
  const seen = { paint: 0, shown: 0, shift: 0 };
  window.leewayBench = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name === 'first-paint') seen.paint = entry.startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      seen.shift += (entry as PerformanceEntry & { readonly value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.body?.textContent.includes(text)) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      setTimeout(() => {
        seen.shown = performance.now();
      });
    });
  }).observe(document, { childList: true, characterData: true, subtree: true });
}

async function measured(frames: readonly Frame[]): Promise<Opening> {
  const frame = frames.find((each) => new URL(each.url()).pathname.startsWith('/app/'));
  if (!frame) throw new Error('the app has no frame');
  await frame.waitForFunction(() => window.leewayBench?.paint && window.leewayBench.shown);
  const found = await frame.evaluate(() => window.leewayBench);
  if (!found) throw new Error('nothing was measured');
  return found;
}
