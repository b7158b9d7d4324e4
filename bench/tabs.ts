import type { Frame, Page } from 'playwright-core';
import { startSimulator } from '#app/simulator-start.ts';
import { staff } from '#simulator/scenarios/staff.ts';
import { type AppName, buildApps } from './build-apps.ts';
import type { Bench } from './figure.ts';
import { openBrowser } from './open-browser.ts';

const TABS = 20;
const MB = 1_000_000;

/** The text that is there when a tab has read all that it reads. */
const done: Readonly<Record<AppName, string>> = { leeway: 'Limits', 'stand-in': 'Hi ' };

/**
 * Opens twenty tickets in one window, each with its own instance of the app as Zendesk keeps them, and
 * measures what each but the first adds to the app's JavaScript heap. All of them share one process.
 */
export const tabs: Bench = async () => {
  const apps = await buildApps();
  const simulator = await startSimulator({ port: 0, appFiles: apps.files });
  const { zendesk } = simulator;
  const measure = async (app: AppName) => {
    apps.choose(app);
    const context = await openBrowser();
    const page = await context.newPage();
    const asked: number[] = [];
    const numbers = Object.values(zendesk.state.tickets)
      .filter(({ status, deleted }) => status !== 'closed' && !deleted)
      .map(({ id }) => id)
      .slice(-TABS);
    await page.goto(
      `${simulator.hostUrl}/?as=${String(staff.ana.id)}&ticket=${String(numbers[0])}`,
    );
    let heap = 0;
    for (const [index, ticket] of numbers.entries()) {
      const before = zendesk.log.length;
      if (index > 0) {
        await page.getByRole('button', { name: 'Tickets', exact: true }).click();
        await page
          .getByText(`#${String(ticket)}`)
          .first()
          .click();
      }
      const inFront = page.frameLocator('iframe[src*="app_guid"]:visible');
      await inFront.getByText(done[app]).first().waitFor();
      const requests = zendesk.log.slice(before).filter((entry) => entry.app);
      // Authors whom this browser has not met yet count apart; the first ticket has all of them.
      const counted = requests.filter(
        ({ path }) => index === 0 || !path.startsWith('/api/v2/users/show_many'),
      );
      asked.push(counted.length);
      if (index === 0) heap = await heapOf(page);
    }
    const grown = await heapOf(page);
    await context.close();
    return { asked, perTab: (grown - heap) / (numbers.length - 1) / MB };
  };
  try {
    const leeway = await measure('leeway');
    const standIn = await measure('stand-in');
    const [first = 0, ...further] = leeway.asked;
    return [
      {
        what: 'requests of the first ticket, one to the Help Center among them',
        value: first,
        unit: '',
        limit: 7,
      },
      {
        what: 'requests of a further ticket, the most, but for unknown authors',
        value: Math.max(...further),
        unit: '',
        limit: 3,
      },
      {
        what: `heap of a further ticket tab, of ${String(TABS)}`,
        value: leeway.perTab,
        unit: 'MB',
        limit: 8,
      },
      { what: 'heap of a further tab of the stand-in', value: standIn.perTab, unit: 'MB' },
    ];
  } finally {
    await simulator.close();
  }
};

/** After what nobody needs any more was collected, bytes. */
async function heapOf(page: Page): Promise<number> {
  const frame = page.frames().find(isOfApp);
  if (!frame) throw new Error('the app has no frame');
  const session = await page.context().newCDPSession(frame);
  // What only weak references and finalizers hold goes with the second and third.
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

const isOfApp = (frame: Frame): boolean => new URL(frame.url()).pathname.startsWith('/app/');
