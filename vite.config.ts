import { join } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Builds the sidebar app from src/app/iframe.html.
 *
 * - `vite build` (simulator, tests): bundles the SDK from npm, so that no outside request is made;
 *   written to `.simulator/app`.
 * - `vite build --mode package`: loads the SDK from Zendesk's own address, as Zendesk's review
 *   asks; written to `dist/assets`. scripts/package.js makes the rest of the package.
 *
 * The app reads `window.ZAFClient` in both (docs/decisions/0003-zendesk-sdk.md).
 */
const sdkAddress = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';
const bundledSdk = '<script type="module" src="./bundled-sdk.ts"></script>';

/**
 * `defer` keeps the skeleton's first paint from waiting for the SDK. Deferred and module scripts
 * run in the order they stand in, so the SDK is there before the app.
 */
function sdkFromZendesk(): Plugin {
  return {
    name: 'leeway:sdk-from-zendesk',
    transformIndexHtml: {
      order: 'pre',
      handler(html) {
        if (!html.includes(bundledSdk)) throw new Error(`iframe.html lacks ${bundledSdk}`);
        return html.replace(bundledSdk, `<script src="${sdkAddress}" defer></script>`);
      },
    },
  };
}

/**
 * The built page may run its own scripts and the SDK's, and talk to nobody: every request to
 * Zendesk goes through the host window by postMessage. styled-components writes style elements,
 * hence 'unsafe-inline' for styles alone. The dev server's page has no policy, because its hot
 * reloading needs an inline script and a socket.
 */
function contentSecurityPolicy(scriptHosts: string[]): Plugin {
  const policy = [
    `default-src 'none'`,
    `script-src 'self'${scriptHosts.map((host) => ` ${host}`).join('')}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return {
    name: 'leeway:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const root = join(import.meta.dirname, 'src/app');

export default defineConfig(({ command, mode }) => {
  // Test runners set it to test, and a build that they start would bring React's development code.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  const forZendesk = mode === 'package';
  return {
    root,
    base: './',
    // Nothing is copied into the build unseen.
    publicDir: false,
    plugins: [
      react(),
      contentSecurityPolicy(forZendesk ? [new URL(sdkAddress).origin] : []),
      ...(forZendesk ? [sdkFromZendesk()] : []),
    ],
    resolve: {
      alias: {
        // Garden needs little of these two; written out it is 2 KiB gzip smaller.
        'lodash.get': join(root, 'get-at-path.ts'),
        'lodash.memoize': join(root, 'remember-by-key.ts'),
      },
    },
    build: {
      outDir: forZendesk ? '../../dist/assets' : '../../.simulator/app',
      emptyOutDir: true,
      // Everything lies beside iframe.html, which is itself in the package's assets/ folder.
      assetsDir: '',
      target: 'es2022',
      sourcemap: false,
      // The polyfill would use fetch, which the policy forbids; browsers that Zendesk supports
      // know modulepreload.
      modulePreload: { polyfill: false },
      rolldownOptions: {
        // polished makes a curried form of each of its functions as it is loaded; unused ones go.
        treeshake: { manualPureFunctions: ['curry', 'pixelsto'] },
        input: { sidebar: join(root, 'iframe.html') },
        output: {
          // A group's name goes on with all that uses it.
          chunkFileNames: ({ name }) => `${name.replace(/~.*/, '')}-[hash].js`,
          codeSplitting: {
            groups: [
              // What is needed at once is one file, and what is needed later few: each costs a frame
              // on a busy machine, and they compress better together.
              { name: 'first', tags: ['$initial'] },
              // Merged further by size, files come to import each other, and code runs before what it
              // needs: npm run check:size looks for that.
              { name: 'later', entriesAware: true },
            ],
          },
        },
      },
    },
  };
});
