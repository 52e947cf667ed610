/** The browser host as a program: opens the app, serves it, prints the address, and ends in order. Behind `npm start` and `netloom serve`. */
import { join } from 'node:path';
import { AppError } from '../../../src-core/lib/errors.ts';
import { spawnFork } from '../../engine/spawn-fork.ts';
import { makeOpenApp, type App } from '../app.ts';
import type { Question } from '../host.ts';
import { loadAssets } from '../assets.ts';
import { onBug } from '../last-words.ts';
import { onEndRequest } from '../signals.ts';
import { version } from '../version.ts';
import { hasPerson, openBrowser } from './open-browser.ts';
import { BrowserServer } from './server.ts';
import { askInTerminal, Terminal } from './terminal.ts';

/** The page opens and saves files by itself: as uploads and downloads. */
const nothing = (): Promise<null> => Promise.resolve(null);
const inPage = { openFile: nothing, placeFor: nothing, saveFile: nothing };

export interface RunOptions {
  /** Folder of the build: out/ with main/ and renderer/ in it. */
  readonly outFolder: string;
  readonly dataFolder: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Why this is not the Electron window, where somebody might wonder. */
  readonly because?: string | undefined;
  /** Results, for standard output. */
  readonly print: (line: string) => void;
  readonly log: (line: string) => void;
}

/** Runs until a signal, or until the parent process goes away. Resolves with the exit code; errors a person can cause are logged in one line. */
export async function runBrowserHost(options: RunOptions): Promise<number> {
  try {
    return await run(options);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    options.log(error.message);
    return 1;
  }
}

async function run({ outFolder, dataFolder, port, because, print, log }: RunOptions): Promise<number> {
  const assets = loadAssets(join(outFolder, 'renderer'));
  const spawn = spawnFork({ entry: join(outFolder, 'main', 'engine.js'), log });
  const writerEntry = join(outFolder, 'main', 'store-writer.js');
  const openApp = makeOpenApp({ dataFolder, version, spawn, writerEntry, log });
  const ask = (question: Question): Promise<boolean> => askInTerminal(question, print);
  const app = await openApp({ kind: 'browser', ask, ...inPage });
  onBug({ log, close: () => app.close(), exit: (code) => process.exit(code) });
  const server = await startServer(app, assets, port);
  const terminal = new Terminal({ isTraining: () => app.isTraining(), newAddress: () => server.newAddress(), print });
  announce(server, because, print);
  const code = await untilEnd(terminal);
  const wasTraining = app.isTraining();
  terminal.close();
  await server.close();
  await app.close();
  if (wasTraining) print('The run was saved; it can be resumed from the list of runs.');
  return code;
}

async function startServer(app: App, assets: ReturnType<typeof loadAssets>, port: number): Promise<BrowserServer> {
  try {
    return await BrowserServer.start({ assets, onConnection: (wire) => app.attach(wire), port });
  } catch (error) {
    await app.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new AppError('host.port_taken', { port }, { cause: error });
  }
}

function announce(server: BrowserServer, because: string | undefined, print: (line: string) => void): void {
  const address = server.newAddress();
  const start = because ? `No Electron window here (${because}); Netloom is in the browser` : 'Netloom is running';
  print(`${start}: ${address}`);
  if (hasPerson(process.env, process.stdout.isTTY)) openBrowser(address);
  if (process.stdin.isTTY) print('Press Enter for another address (each opens one browser, once), Ctrl-C to end.');
}

/** Resolves with the exit code when somebody asks for the end or the launcher is gone. */
async function untilEnd(terminal: Terminal): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const launcherGone = (): void => resolve(0);
  onEndRequest((signal, exitCode) => {
    if (signal !== 'SIGINT' || terminal.mayEnd()) resolve(exitCode);
  });
  if (process.connected) process.once('disconnect', launcherGone);
  const exitCode = await promise;
  process.off('disconnect', launcherGone); // who listens keeps the process alive
  return exitCode;
}
