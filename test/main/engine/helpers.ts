/** Supervised engine processes for tests, and a record of what was said about them. */
import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { EngineProcess } from '../../../src-main/engine/process.ts';
import { spawnFork } from '../../../src-main/engine/spawn-fork.ts';
import { Supervisor } from '../../../src-main/engine/supervisor.ts';

export interface Supervised {
  readonly supervisor: Supervisor;
  /** 'up', 'restarting', 'failed' and 'crashed: …', in order. */
  readonly said: string[];
  /** The newest process. */
  current(): EngineProcess;
}

export const ODD_ENGINE = join(import.meta.dirname, 'odd-engine.ts');
export const REAL_ENGINE = join(import.meta.dirname, '../../../src-main/engine/entry.ts');

export function supervise(entry: string, { heapMegabytes = 256, now = Date.now } = {}): Supervised {
  const said: string[] = [];
  let current: EngineProcess | null = null;
  const fork = spawnFork({ entry, heapMegabytes, log: () => {} });
  const spawn = (): EngineProcess => (current = fork());
  const supervisor = new Supervisor({ spawn, log: () => {}, now });
  supervisor.listen({
    state: (state) => said.push(state),
    crashed: (reason) => said.push(`crashed: ${reason}`),
  });
  onTestFinished(() => supervisor.stop());
  supervisor.start();
  return {
    supervisor,
    said,
    current: () => {
      if (current === null) throw new Error('no engine was started');
      return current;
    },
  };
}

export const isUp = ({ supervisor }: Supervised) => supervisor.ready();

/** Process numbers of a process's children that are alive or not yet waited for (Linux). */
export function children(parent = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0; // gone meanwhile
  }
}
