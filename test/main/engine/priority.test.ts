/** The engine lets window and host come first, and never asks for more than it was given. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const ENTRY = join(import.meta.dirname, '../../../src-main/engine/entry.ts');

/** The priority of an engine that runs in a process started at this one, once it answers. */
async function priorityOfEngine(given: number): Promise<number> {
  const engine = spawn('nice', ['-n', String(given - getPriority()), process.execPath, ENTRY], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  onTestFinished(() => void engine.kill('SIGKILL'));
  await Promise.race([once(engine, 'message'), once(engine, 'exit')]);
  return getPriority(engine.pid);
}

/** Priority given, and the one that is run at. */
const rows = [
  [0, 10],
  [10, 10],
  [19, 19],
] as const;
// Only the system's administrator could start one above this process.
const possible = rows.filter(([given]) => given >= getPriority());

test.skipIf(process.platform === 'win32').each(possible)('started at %i it runs at %i', async (given, expected) => {
  expect(await priorityOfEngine(given)).toBe(expected);
});
