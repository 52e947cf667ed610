/** End-to-end specs: they drive the window as a person would, by role and name, in Chromium on the browser host and in Electron. */
import { defineConfig } from '@playwright/test';
import type { HostKind } from './hosts/define.ts';
import { whyNoElectron } from './hosts/electron.ts';

const ELECTRON_ONLY = '**/electron.spec.ts';

export default defineConfig<{ readonly host: HostKind }>({
  testDir: './specs',
  outputDir: '../test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 1, // one engine at a time: training speed is part of what is seen
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
  projects: [
    { name: 'browser', testIgnore: ELECTRON_ONLY, use: { host: 'browser' } },
    // The same specs in the real shell. Where there is none, the shell's own are enough to say why all of them are missing.
    { name: 'electron', ...(whyNoElectron() === '' ? {} : { testMatch: ELECTRON_ONLY }), use: { host: 'electron' } },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
