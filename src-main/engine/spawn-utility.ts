/** Starts the engine as a utility process of Electron; electron itself is an argument, so that nothing here loads it. */
import type { App, UtilityProcess, utilityProcess } from 'electron';
import { utilityWire } from '../rpc/wire-process.ts';
import { codeOf } from '../store/io.ts';
import { HEAP_MEGABYTES } from './limits.ts';
import { engineEnvironment, splitLines, type EngineProcess, type SpawnEngine } from './process.ts';

export const SERVICE_NAME = 'netloom-engine';
/** 'exit' and 'child-process-gone' come in either order, and the second of them knows the reason. */
const GONE_MS = 100;

export interface UtilityOptions {
  readonly electron: {
    readonly app: Pick<App, 'on' | 'off'>;
    readonly utilityProcess: Pick<typeof utilityProcess, 'fork'>;
  };
  readonly entry: string;
  readonly log: (line: string) => void;
}

export function spawnUtility({ electron, entry, log }: UtilityOptions): SpawnEngine {
  return (): EngineProcess => {
    const child = electron.utilityProcess.fork(entry, [], {
      serviceName: SERVICE_NAME,
      stdio: 'pipe',
      env: engineEnvironment(process.env),
      // Node's own heap options are ignored in a utility process; V8 reads this one when its isolate is made.
      execArgv: [`--js-flags=--max-old-space-size=${HEAP_MEGABYTES}`],
    });
    const lineListeners: ((line: string) => void)[] = [];
    if (child.stdout) splitLines(child.stdout, (line) => lineListeners.forEach((listener) => listener(line)));
    if (child.stderr) splitLines(child.stderr, log);
    // Without a listener this event would be an exception in the main process.
    child.on('error', (type, location) => log(`engine: ${type} at ${location}`));
    return {
      wire: utilityWire(child),
      say: (word) => child.postMessage(word),
      onWord: (listener) => void child.on('message', (word: unknown) => typeof word === 'string' && listener(word)),
      onLine: (listener) => void lineListeners.push(listener),
      onExit: watchEnd(electron.app, child),
      kill: () => killNow(child),
    };
  };
}

/** Its end, told once to each listener, whichever of the two events come, in whichever order, and also to who asks late. */
function watchEnd(app: Pick<App, 'on' | 'off'>, child: UtilityProcess): EngineProcess['onExit'] {
  const listeners: ((reason: string) => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let reason: string | null = null;
  let isOver = false;
  const finish = (): void => {
    isOver = true;
    app.off('child-process-gone', gone);
    for (const listener of listeners) listener(reason ?? 'unknown reason');
  };
  const gone = (_event: unknown, details: Electron.Details): void => {
    if (details.type !== 'Utility' || details.name !== SERVICE_NAME) return;
    reason = details.reason;
    timer ??= setTimeout(finish, GONE_MS);
  };
  app.on('child-process-gone', gone);
  child.once('exit', (code) => {
    reason ??= `exit code ${code}`;
    timer ??= setTimeout(finish, GONE_MS);
  });
  return (listener) => {
    if (isOver) listener(reason ?? 'unknown reason');
    else listeners.push(listener);
  };
}

/** Electron's own kill is a SIGTERM, which a process that hangs or is halted never sees. */
function killNow(child: UtilityProcess): void {
  if (child.pid === undefined) {
    child.once('spawn', () => killNow(child));
    return;
  }
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error; // it ended by itself, and Electron has not heard of it yet
  }
}
