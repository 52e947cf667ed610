/** The engine as Electron's utility process: how it is started, and that its end is told once, with its reason. */
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineProcess } from '../../src-main/engine/process.ts';
import { SERVICE_NAME, spawnUtility, type UtilityOptions } from '../../src-main/engine/spawn-utility.ts';

/** As much of Electron as an engine meets. It answers in the order that a test asks for. */
class Child extends EventEmitter {
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  pid: number | undefined = 4711;
  readonly sent: unknown[] = [];
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  kill(): boolean {
    return true;
  }
}

interface Started {
  readonly app: EventEmitter;
  readonly child: Child;
  readonly forks: unknown[][];
  readonly reasons: string[];
  readonly lines: string[];
  readonly logged: string[];
  readonly engine: EngineProcess;
}

function startEngine(): Started {
  const app = new EventEmitter();
  const child = new Child();
  const forks: unknown[][] = [];
  const utilityProcess = {
    fork: (...args: unknown[]) => {
      forks.push(args);
      return child;
    },
  };
  const logged: string[] = [];
  const electron = { app, utilityProcess } as unknown as UtilityOptions['electron'];
  const engine = spawnUtility({ electron, entry: '/app/engine.js', log: (line) => logged.push(line) })();
  const reasons: string[] = [];
  const lines: string[] = [];
  engine.onExit((reason) => reasons.push(reason));
  engine.onLine((line) => lines.push(line));
  return { app, child, forks, reasons, lines, logged, engine };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const gone = (reason: string, name = SERVICE_NAME) => ({
  type: 'Utility',
  reason,
  name,
  exitCode: 0,
  serviceName: 'node.mojom.NodeService',
});

test('it gets a name, an environment of its own, pipes and its heap limit as a V8 flag', () => {
  vi.stubEnv('NODE_OPTIONS', '--inspect');
  vi.stubEnv('LANG', 'C');
  const [[entry, args, options] = []] = startEngine().forks;
  expect([entry, args]).toEqual(['/app/engine.js', []]);
  expect(options).toMatchObject({
    serviceName: 'netloom-engine',
    stdio: 'pipe',
    execArgv: ['--js-flags=--max-old-space-size=4096'],
    env: { LANG: 'C' },
  });
  expect(options).not.toHaveProperty('env.NODE_OPTIONS');
  expect(options).not.toHaveProperty('cwd');
  expect(options).not.toHaveProperty('allowLoadingUnsignedLibraries');
  vi.unstubAllEnvs();
});

test.each([
  ['exit, then gone', ['exit', 'gone'], 'oom'],
  ['gone, then exit', ['gone', 'exit'], 'oom'],
  ['exit alone', ['exit'], 'exit code 0'],
  ['gone alone', ['gone'], 'oom'],
])('%s is one end, with the best reason known', (_order, order, reason) => {
  const { app, child, reasons } = startEngine();
  for (const event of order) {
    if (event === 'exit') child.emit('exit', 0);
    else app.emit('child-process-gone', {}, gone('oom'));
  }
  vi.advanceTimersByTime(1000);
  expect(reasons).toEqual([reason]);
  expect(app.listenerCount('child-process-gone')).toBe(0);
});

test('who asks after its end is told too: quitting must not wait for what is over', () => {
  const { child, engine } = startEngine();
  const late: string[] = [];
  child.emit('exit', 1);
  engine.onExit((reason) => late.push(`while it is found out: ${reason}`));
  vi.advanceTimersByTime(1000);
  engine.onExit((reason) => late.push(`after it: ${reason}`));
  expect(late).toEqual(['while it is found out: exit code 1', 'after it: exit code 1']);
});

test('killing one that has just ended by itself is no error', () => {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  const { engine, child: fake } = startEngine();
  fake.pid = child.pid;
  return new Promise<void>((resolve) => child.on('exit', () => resolve())).then(() => {
    expect(() => engine.kill()).not.toThrow();
  });
});

test("another process's end is not the engine's", () => {
  const { app, reasons } = startEngine();
  app.emit('child-process-gone', {}, gone('crashed', 'something else'));
  app.emit('child-process-gone', {}, { ...gone('crashed'), type: 'GPU' });
  vi.advanceTimersByTime(1000);
  expect(reasons).toEqual([]);
});

test('a fatal error of V8 is logged and does not end the host', () => {
  const { child, logged } = startEngine();
  child.emit('error', 'FatalError', 'v8.cc:1', '{}');
  expect(logged).toEqual(['engine: FatalError at v8.cc:1']);
});

test('its heartbeat is read line by line, however the pipe cuts it', () => {
  const { child, lines } = startEngine();
  for (const chunk of ['be', 'at 1 0\nbeat 2 ', '1\n', 'beat']) child.stdout.emit('data', Buffer.from(chunk));
  expect(lines).toEqual(['beat 1 0', 'beat 2 1']);
});

test('killing one that has no process yet kills it when it has', () => {
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => true);
  const app = new EventEmitter();
  const child = new Child();
  child.pid = undefined;
  const electron = { app, utilityProcess: { fork: () => child } } as unknown as UtilityOptions['electron'];
  spawnUtility({ electron, entry: '/app/engine.js', log: () => {} })().kill();
  expect(kill).not.toHaveBeenCalled();
  child.pid = 4711;
  child.emit('spawn');
  expect(kill).toHaveBeenCalledWith(4711, 'SIGKILL');
  kill.mockRestore();
});
