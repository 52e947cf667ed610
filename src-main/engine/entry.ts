/** The training process: serves the engine's contract to its host, and nothing else. Both shells run this same file. */
import { constants, getPriority, setPriority } from 'node:os';
import { type EngineEvents, engineService } from '../../src-core/contract/engine.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { assert } from '../../src-core/lib/assert.ts';
import { Events } from '../rpc/events.ts';
import { implement, serve } from '../rpc/serve.ts';
import { forkedParentWire, utilityParentWire, type UtilityParent } from '../rpc/wire-process.ts';
import { startHeartbeat } from './heartbeat.ts';
import { kernelThreads } from './kernel-threads.ts';
import { GOODBYE, READY, SHUTDOWN } from './process.ts';
import { createSession } from './session.ts';

const CRASH_CODE = 70;
/** Where processors are short, window and host come first: they need little, but at once. */
const PRIORITY = constants.priority.PRIORITY_BELOW_NORMAL;

interface Parent {
  readonly wire: Wire;
  say(word: string): void;
  onWord(listener: (word: unknown) => void): void;
}

function connect(): Parent {
  const port = (process as { parentPort?: UtilityParent }).parentPort;
  if (port) {
    return {
      wire: utilityParentWire(port),
      say: (word) => port.postMessage(word),
      onWord: (listener) => void port.on('message', ({ data }) => listener(data)),
    };
  }
  assert(process.send !== undefined, 'the engine is started by a host');
  return {
    wire: forkedParentWire(process),
    say: (word) => void process.send?.(word),
    onWord: (listener) => void process.on('message', listener),
  };
}

const log = (line: string): void => console.error(line);

// Electron only warns of these in a utility process, plain Node ends; both end here.
process.on('unhandledRejection', (error) => {
  log(`engine: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exit(CRASH_CODE);
});
// Ctrl-C, the end of a terminal or of the session reach the whole group; the host decides when the engine ends, and takes its state first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

// Whoever was started with less keeps it: raising one's own priority is not allowed.
if (getPriority() < PRIORITY) setPriority(PRIORITY);
const parent = connect();
const events = new Events();
events.attach(parent.wire);
const session = createSession({
  emit: events.emitter<EngineEvents>(engineService),
  working: startHeartbeat(),
  threads: kernelThreads(),
  backlog: () => parent.wire.bufferedBytes(),
});
parent.wire.onClose(() => process.exit(0));
parent.onWord((word) => {
  if (word !== SHUTDOWN) return;
  session.flush();
  parent.say(GOODBYE); // the host ends this process when it has read everything before this word
});
serve(parent.wire, { services: [implement(engineService, session.handlers)], log });
parent.say(READY);
void session.warmUp();
