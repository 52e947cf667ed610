/**
 * Random project files beside PyTorch, in float64 and on the fast kernels: other networks every night, as the seed is the day.
 * Needs python3 with torch (NETLOOM_PYTHON names another); NETLOOM_PARITY_SEED makes one night's cases again.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../helpers/parity-outcome.ts';
import { deviations, type ParityCase } from '../helpers/pytorch-parity.ts';

const COUNT = 600;
const DAY_MS = 86_400_000;
const python = process.env['NETLOOM_PYTHON'] ?? '/usr/bin/python3';
const seed = Number(process.env['NETLOOM_PARITY_SEED'] ?? Math.floor(Date.now() / DAY_MS) * COUNT);

const hasTorch = spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;

function madeCases(): readonly ParityCase[] {
  const script = fileURLToPath(new URL('../reference/pytorch/any/make.py', import.meta.url));
  const options = { encoding: 'utf8', maxBuffer: 1 << 30 } as const;
  const { status, stdout, stderr } = spawnSync(python, [script, String(seed), String(COUNT)], options);
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ParityCase);
}

describe.skipIf(!hasTorch)(`networks from seed ${seed}`, () => {
  const cases = hasTorch ? madeCases() : [];

  test('most of them can tell right from wrong', () => {
    expect(cases.length).toBeGreaterThan(COUNT * 0.8);
  });

  test.each(cases)('$name', async (one) => {
    expect(deviations(await outcomeOf(one, 'reference'), one)).toEqual([]);
    expect(deviations(await outcomeOf(one, 'fast'), one)).toEqual([]);
  });
});
