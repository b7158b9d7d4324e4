import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { findBrowser } from './find-browser.js';

/** Draws assets/logo.png and assets/logo-small.png, in the sizes Zendesk asks for, from docs/logo.svg. */

const root = join(import.meta.dirname, '..');
const svg = await readFile(join(root, 'docs/logo.svg'), 'utf8');

const browser = await chromium.launch({
  executablePath: findBrowser(),
  // Chromium's sandbox refuses to start as root, as in most containers; it draws our own file only.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const [file, side] of /** @type {const} */ ([
    ['assets/logo.png', 320],
    ['assets/logo-small.png', 128],
  ])) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    const style = `<style>body { margin: 0 } svg { display: block; width: ${side}px; height: ${side}px }</style>`;
    await page.setContent(style + svg);
    await page.screenshot({ path: join(root, file), omitBackground: true });
    console.log(`${file}: ${side} by ${side}`);
    await page.close();
  }
} finally {
  await browser.close();
}
