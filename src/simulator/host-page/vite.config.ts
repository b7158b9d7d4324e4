import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the simulator's host page: `vite build --config src/simulator/host-page/vite.config.ts
 * --outDir <folder>`. It is no part of the package that Zendesk gets.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  publicDir: false,
  plugins: [react()],
  build: {
    target: 'es2022',
    assetsDir: 'host',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
  },
});
