import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { staff, type StaffKey } from '#simulator/scenarios/staff.ts';
import { type RunningSimulator, startSimulator } from '#app/simulator-start.ts';
import { findBrowser } from '../../scripts/find-browser.js';

const shots = new URL('../browser/screenshots/', import.meta.url).pathname;

// Chromium's own traffic has no place in a test, and as root it needs to run without its sandbox.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Somebody at a desk: one browser window as one person, on one ticket. */
export interface Desk {
  readonly page: Page;
  /** What is in Leeway's iframe. */
  readonly app: FrameLocator;
  /** Whether the app may use its storage in this window. */
  storage(): Promise<'open' | 'blocked'>;
  shot(name: string): Promise<void>;
}

export interface Office {
  readonly simulator: RunningSimulator;
  sit(
    who: StaffKey,
    ticket: number,
    options?: {
      blockStorage?: boolean;
      dark?: boolean;
      /** The language the person has set in Zendesk; English where left out. */
      locale?: string;
      /** Of the sidebar, in px. */
      width?: number;
    },
  ): Promise<Desk>;
  /** Zendesk's clock goes on; the windows hear of it by what Zendesk answers. */
  passTime(minutes: number): Promise<void>;
  /** Fails on any console error or request to the outside that a window saw. */
  expectCalm(): void;
  close(): Promise<void>;
}

/** The whole thing: the simulator serving the pages, which are built before the tests, and Chromium. */
export async function openOffice(): Promise<Office> {
  mkdirSync(shots, { recursive: true });
  const simulator = await startSimulator({ port: 0 });
  const executablePath = await findBrowser();
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];

  // A window of its own profile each: an incognito one blocks the app's storage whatever one asks.
  async function context(blockStorage: boolean): Promise<BrowserContext> {
    const profile = mkdtempSync(path.join(tmpdir(), 'leeway-profile-'));
    mkdirSync(path.join(profile, 'Default'), { recursive: true });
    const preferences = {
      profile: {
        cookie_controls_mode: blockStorage ? 1 : 0,
        block_third_party_cookies: blockStorage,
      },
    };
    writeFileSync(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    return chromium.launchPersistentContext(profile, {
      executablePath,
      args,
      viewport: { width: 1280, height: 900 },
    });
  }

  return {
    simulator,
    async sit(who, ticket, { blockStorage = false, dark = false, locale, width } = {}) {
      const made = await context(blockStorage);
      contexts.push(made);
      const page = await made.newPage();
      if (dark) await page.emulateMedia({ colorScheme: 'dark' });
      // As if chosen on the host's page before: it remembers these for a window.
      await page.addInitScript(
        (chosen) => {
          if (window.top !== window) return;
          for (const [key, value] of Object.entries(chosen))
            if (value) window.sessionStorage.setItem(`host-page.${key}`, value);
        },
        {
          [`locale-${String(staff[who].id)}`]: locale,
          scheme: dark ? 'dark' : undefined,
          appWidth: width?.toString(),
        },
      );
      page.on('console', (message) => {
        // Chromium notes every refused request; those are judged below, where one can see which.
        const refused = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !refused) complaints.push(`${who}: ${message.text()}`);
      });
      page.on('response', (response) => {
        // The proof that Zendesk refuses a second record with the same external id.
        const proof = response.request().postData()?.includes('"probe/') ?? false;
        if (response.status() >= 400 && !proof) {
          complaints.push(
            `${who}: ${String(response.status())} ${response.request().method()} ${response.url()}`,
          );
        }
      });
      page.on('pageerror', (error) => complaints.push(`${who}: ${error.message}`));
      page.on('request', (request) => {
        const { hostname } = new URL(request.url());
        if (hostname !== 'localhost' && hostname !== '127.0.0.1' && hostname !== '') {
          complaints.push(`${who} asked ${request.url()}`);
        }
      });
      const { id } = staff[who];
      await page.goto(`${simulator.hostUrl}/?as=${String(id)}&ticket=${String(ticket)}`);
      const app = page.frameLocator('iframe[src*="app_guid"]:visible');
      return {
        page,
        app,
        storage: () =>
          app.locator('body').evaluate(() => {
            try {
              return window.localStorage.length >= 0 ? 'open' : 'blocked';
            } catch {
              return 'blocked';
            }
          }),
        shot: async (name) =>
          void (await page.screenshot({ path: path.join(shots, `${name}.png`) })),
      };
    },
    async passTime(minutes) {
      const response = await fetch(`${simulator.hostUrl}/simulator/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance_ms: minutes * 60_000 }),
      });
      expect(response.ok).toBe(true);
    },
    expectCalm() {
      expect(complaints).toEqual([]);
    },
    async close() {
      await Promise.all(contexts.map((made) => made.close()));
      await simulator.close();
    },
  };
}
