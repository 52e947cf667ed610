/**
 * A second road to the same numbers: the command line beside PyTorch by a script that shares nothing with the other comparison.
 * Needs python3 with torch (NETLOOM_PYTHON names another); NETLOOM_PARITY_SEED makes one night's projects again.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const COUNT = 120;
const DAY_MS = 86_400_000;
const python = process.env['NETLOOM_PYTHON'] ?? '/usr/bin/python3';
const seed = Number(process.env['NETLOOM_PARITY_SEED'] ?? Math.floor(Date.now() / DAY_MS) * COUNT);
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const hasTorch = spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;

test.skipIf(!hasTorch)(`${COUNT} random projects from seed ${seed} on agree with PyTorch`, () => {
  const command = [process.execPath, pathOf('../../src-main/cli/cli.ts')];
  const script = pathOf('../reference/pytorch/beside/check.py');
  const { stdout, stderr } = spawnSync(python, ['-B', script, String(seed), String(COUNT), '--', ...command], {
    encoding: 'utf8',
  });
  const lines = stdout.trim().split('\n');
  const { agrees, differs } = JSON.parse(lines.pop() ?? stderr) as { agrees: number; differs: number };
  expect(
    lines.filter((line) => line.includes(' differs ')),
    stderr,
  ).toEqual([]);
  expect({ differs, most: agrees > COUNT * 0.9 }).toEqual({ differs: 0, most: true });
});
