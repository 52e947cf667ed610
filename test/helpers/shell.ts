/** The real shell over the stand-in for Electron, with a page of two files and the sample service behind it. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Wire } from '../../src-core/contract/wire.ts';
import type { App, OpenApp } from '../../src-main/host/app.ts';
import { startShell } from '../../src-main/host/electron/shell.ts';
import type { Host } from '../../src-main/host/host.ts';
import { fakeElectron, type FakeOptions } from './fake-electron.ts';
import { serveSample } from './sample-service.ts';

export interface ShellSetup extends FakeOptions {
  readonly devUrl?: string;
  /** Makes opening the app fail. */
  readonly openError?: Error;
  /** Resolves when the app may finish closing. */
  readonly mayClose?: Promise<void>;
}

/** A folder as the build makes it, with a link that leads out of it. */
function makeOutFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-out-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'renderer', 'assets', 'page.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'renderer', 'link.txt'));
  return folder;
}

/** Everything a test of the shell looks at; `dispose` removes its folders. */
export function setUpShell({ devUrl, openError, mayClose, ...options }: ShellSetup = {}) {
  const fake = fakeElectron(options);
  const outFolder = makeOutFolder();
  const dataFolder = mkdtempSync(join(tmpdir(), 'netloom-home-'));
  const lines: string[] = [];
  const wires: Wire[] = [];
  let host: Host | null = null;
  const app: App = {
    attach: (wire) => {
      wires.push(wire);
      fake.log.push('attach');
      serveSample(wire);
    },
    close: async () => {
      fake.log.push('close app');
      await mayClose;
    },
  };
  const openApp: OpenApp = (given) => {
    host = given;
    fake.log.push('open app');
    return openError ? Promise.reject(openError) : Promise.resolve(app);
  };
  const before = { bug: process.listeners('uncaughtException'), rejection: process.listeners('unhandledRejection') };
  startShell(fake.electron, { outFolder, dataFolder, openApp, devUrl, log: (line) => lines.push(line) });
  return {
    ...fake,
    outFolder,
    dataFolder,
    lines,
    wires,
    host: () => host,
    /** Lets Electron become ready and everything that waits for it run. */
    ready: async () => {
      fake.setReady();
      await new Promise((resolve) => setImmediate(resolve));
    },
    /** The contents of the first window. */
    contents: () => {
      const [window] = fake.windows;
      if (!window) throw new Error('the shell has opened no window');
      return window.webContents;
    },
    dispose: () => {
      for (const listener of process.listeners('uncaughtException'))
        if (!before.bug.includes(listener)) process.off('uncaughtException', listener);
      for (const listener of process.listeners('unhandledRejection'))
        if (!before.rejection.includes(listener)) process.off('unhandledRejection', listener);
      rmSync(outFolder, { recursive: true });
      rmSync(dataFolder, { recursive: true });
    },
  };
}

export type Shell = ReturnType<typeof setUpShell>;
