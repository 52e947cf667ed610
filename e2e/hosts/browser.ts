/** The browser host as a process, and tabs on it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Download, Page } from '@playwright/test';
import type { TakenFile } from '../pages/window.ts';
import type { RunningApp } from './define.ts';

const outMain = join(import.meta.dirname, '..', '..', 'out', 'main');

export function startBrowserHost(home: string): ChildProcess {
  return spawn(process.execPath, [join(outMain, 'serve.js')], {
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The address that the browser host prints, with its token. */
export async function addressOf(host: ChildProcess): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    const read = (data: Buffer) => {
      printed += data.toString();
      const address = /http:\/\/\S+/.exec(printed)?.[0];
      if (address !== undefined) resolve(address);
    };
    host.stdout?.on('data', read);
    host.stderr?.on('data', read);
    host.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${printed}`)));
  });
}

async function end(host: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const gone = once(host, 'exit');
  host.kill(signal);
  await gone;
}

async function read(download: Download): Promise<TakenFile> {
  const pieces: Buffer[] = [];
  for await (const piece of await download.createReadStream()) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  return { name: download.suggestedFilename(), text: bytes.toString('utf8'), bytes };
}

export async function openBrowserHost(home: string, page: Page): Promise<RunningApp> {
  const host = startBrowserHost(home);
  const entrance = await addressOf(host);
  const address = entrance.replace(/\?.*$/, '');
  await page.goto(entrance);
  return {
    page,
    takeFile: async (press) => {
      const waiting = page.waitForEvent('download');
      await press();
      return read(await waiting);
    },
    giveProject: null,
    reopen: async () => {
      await page.goto('about:blank');
      await page.goto(address);
    },
    openAnother: async () => {
      const another = await page.context().newPage();
      await another.goto(address);
      return another;
    },
    killEngine: async () => {
      execFileSync('pkill', ['-9', '-P', String(host.pid), '-f', 'engine']);
    },
    kill: () => end(host, 'SIGKILL'),
    close: async () => {
      await page.close();
      await end(host, 'SIGTERM');
    },
  };
}
