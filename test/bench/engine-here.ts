/** A real engine process for measurements, driven as the host drives it. */
import { join } from 'node:path';
import { Connection } from '../../src-core/contract/client.ts';
import { engineService, type EngineEvents } from '../../src-core/contract/engine.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { READY } from '../../src-main/engine/process.ts';
import { spawnFork } from '../../src-main/engine/spawn-fork.ts';

const ENTRY = join(import.meta.dirname, '../../src-main/engine/entry.ts');

export async function startEngine() {
  const engineProcess = spawnFork({ entry: ENTRY, log: console.error })();
  await new Promise<void>((resolve) => engineProcess.onWord((word) => word === READY && resolve()));
  const connection = new Connection(engineProcess.wire);
  const engine = connection.service<typeof engineService, EngineEvents>(engineService);
  return { engine, stop: () => engineProcess.kill() };
}

/** Of a run from its first weights on. */
export const startArgs = (runId: string, document: ProjectDocument) => ({
  ...{ runId, document, place: { folder: import.meta.dirname, isOpen: false } },
  ...{ paused: false, checkpoint: null, best: null },
});

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
