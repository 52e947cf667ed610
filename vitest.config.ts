/** Unit, sweep, contract and fault suites. The real electron package must never be imported by one of them. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/nightly/**', 'node_modules/**'],
    alias: { electron: new URL('./test/helpers/electron-missing.ts', import.meta.url).pathname },
    globalSetup: ['test/core/kernels-wasm/global-setup.ts'],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
