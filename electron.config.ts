/** How the three parts of the app are built: main (Node), preload (sandboxed script) and renderer (page). */
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const here = import.meta.dirname;
/** The build script builds beside `out` and swaps, so that a running app never finds its files half-written. */
const out = resolve(here, process.env['NETLOOM_OUT'] ?? 'out');

/** KaTeX names three files for each of its 20 fonts; every browser that the page runs in reads the smallest. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform: {
    filter: { id: /katex\.min\.css$/ },
    handler: (css) => css.replace(/,url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, ''),
  },
};

export default defineConfig({
  main: {
    build: {
      outDir: resolve(out, 'main'),
      // package.json is looked up in the working directory; naming the one native module holds anywhere.
      externalizeDeps: { include: ['better-sqlite3'] },
      sourcemap: true,
      rolldownOptions: {
        input: {
          electron: resolve(here, 'src-main/electron.ts'),
          serve: resolve(here, 'src-main/serve.ts'),
          engine: resolve(here, 'src-main/engine/entry.ts'),
          'store-writer': resolve(here, 'src-main/store/writer-thread.ts'),
          cli: resolve(here, 'src-main/cli/cli.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(out, 'preload'),
      externalizeDeps: false, // a sandboxed preload may require electron and nothing else
      rolldownOptions: {
        input: { preload: resolve(here, 'src-main/preload/bridge.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src-renderer'),
    plugins: [svelte({ configFile: resolve(here, 'svelte.config.js') }), woff2Only],
    build: {
      rolldownOptions: { input: resolve(here, 'src-renderer/index.html') },
      outDir: resolve(out, 'renderer'),
      emptyOutDir: true,
      chunkSizeWarningLimit: 2000, // kB: one page, loaded from this machine
      minify: true,
      assetsInlineLimit: 0, // the content security policy allows no data: scripts, styles or fonts
    },
  },
});
