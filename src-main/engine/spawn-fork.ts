/** Starts the engine as a child of a plain Node process. */
import { fork } from 'node:child_process';
import { childWire } from '../rpc/wire-process.ts';
import { HEAP_MEGABYTES } from './limits.ts';
import { engineEnvironment, splitLines, type EngineProcess, type SpawnEngine } from './process.ts';

export interface ForkOptions {
  /** Script of the process: `out/main/engine.js`, or entry.ts where Node reads TypeScript. */
  readonly entry: string;
  readonly log: (line: string) => void;
  readonly heapMegabytes?: number;
}

export function spawnFork({ entry, log, heapMegabytes = HEAP_MEGABYTES }: ForkOptions): SpawnEngine {
  return (): EngineProcess => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: engineEnvironment(process.env),
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
    });
    const lineListeners: ((line: string) => void)[] = [];
    if (child.stdout) splitLines(child.stdout, (line) => lineListeners.forEach((listener) => listener(line)));
    if (child.stderr) splitLines(child.stderr, log);
    return {
      wire: childWire(child),
      // The callback keeps a process that is gone from being an exception here; its exit is told by onExit.
      say: (word) => void (child.connected && child.send(word, () => {})),
      onWord: (listener) => void child.on('message', (word) => typeof word === 'string' && listener(word)),
      onLine: (listener) => void lineListeners.push(listener),
      onExit: (listener) => onceGone(child, listener),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

/** 'exit' comes after the process ran, 'error' when it could not be started. */
function onceGone(child: ReturnType<typeof fork>, listener: (reason: string) => void): void {
  let isTold = false;
  const tell = (reason: string): void => {
    if (!isTold) listener(reason);
    isTold = true;
  };
  child.once('exit', (code, signal) => tell(signal === null ? `exit code ${code}` : `ended by ${signal}`));
  child.on('error', (error) => tell(error.message));
}
