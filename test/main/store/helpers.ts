/** A store of its own for each test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../../src-main/store/store.ts';

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function tempStore(now?: () => number): Store {
  const store = openStore({ file: join(tempFolder(), 'netloom.sqlite'), ...(now ? { now } : {}) });
  onTestFinished(() => store.close());
  return store;
}

export { bytesOf, document, newRun } from './new-run.ts';
