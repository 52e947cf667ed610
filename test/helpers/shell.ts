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
  readonly isTraining?: boolean;
  /** Resolves when the app may finish opening. */
  readonly mayOpen?: Promise<void>;
  /** Something that is no folder stands where Chromium's files would go. */
  readonly isBrowserFolderTaken?: boolean;
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

/** The shell listens for bugs as long as its process lives; a test has to end that itself, with the function this gives. */
export function rememberBugListeners(): () => void {
  const names = ['uncaughtException', 'unhandledRejection'] as const;
  const before = names.map((name) => process.rawListeners(name));
  return () => {
    for (const [index, name] of names.entries()) {
      for (const listener of process.rawListeners(name)) {
        if (!before[index]?.includes(listener)) process.off(name, listener as () => void);
      }
    }
  };
}

/** Everything a test of the shell looks at; `dispose` removes its folders. */
export function setUpShell({
  devUrl,
  openError,
  mayOpen,
  mayClose,
  isTraining = false,
  isBrowserFolderTaken = false,
  ...options
}: ShellSetup = {}) {
  const fake = fakeElectron(options);
  const outFolder = makeOutFolder();
  const dataFolder = mkdtempSync(join(tmpdir(), 'netloom-home-'));
  if (isBrowserFolderTaken) writeFileSync(join(dataFolder, 'window'), '');
  const lines: string[] = [];
  const wires: Wire[] = [];
  let host: Host | null = null;
  const app: App = {
    attach: (wire) => {
      wires.push(wire);
      fake.log.push('attach');
      serveSample(wire);
    },
    isTraining: () => isTraining,
    close: async () => {
      fake.log.push('close app');
      await mayClose;
    },
  };
  const openApp: OpenApp = async (given) => {
    host = given;
    fake.log.push('open app');
    await mayOpen;
    if (openError) throw openError;
    return app;
  };
  const forgetBugListeners = rememberBugListeners();
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
      forgetBugListeners();
      rmSync(outFolder, { recursive: true });
      rmSync(dataFolder, { recursive: true });
    },
  };
}

export type Shell = ReturnType<typeof setUpShell>;
