/** Every generator: as many rows as asked for, the same for the same seed, both inputs and labels sound. */
import { describe, expect, test } from 'vitest';
import { loadData } from '../../src-core/datasets/load.ts';
import { generators } from '../../src-core/datasets/registry.ts';
import { resolveParams } from '../../src-core/lib/fields-check.ts';

const noFile = () => Promise.reject(new Error('a generator reads no file'));

describe.each(Object.entries(generators))('%s', (name, definition) => {
  const make = (options: { samples?: number; noise?: number; seed?: number } = {}) =>
    definition.generate({
      samples: 201,
      noise: 0.1,
      seed: 7,
      params: resolveParams(definition.fields, {}),
      ...options,
    });

  test('makes as many finite rows as asked for', () => {
    const { inputs, targets, inputNames } = make();
    expect([inputs.length, targets.length]).toEqual([201 * inputNames.length, 201]);
    expect([...inputs, ...targets].every(Number.isFinite)).toBe(true);
  });

  test('makes the same rows for the same seed and others for another', () => {
    expect(make()).toEqual(make());
    expect(make({ seed: 8 }).inputs).not.toEqual(make().inputs);
  });

  test('without noise differs from the same with noise', () => {
    expect(make({ noise: 0 })).not.toEqual(make());
  });

  test('has about as many rows of every class', () => {
    const { targets, classes } = make({ samples: 3000 });
    const counts = classes.map((_, label) => targets.filter((target) => target === label).length);
    // Where chance decides, a count of n rows at p = ½ has deviation √n/2 = 27: five of those.
    for (const count of counts) expect(Math.abs(count - 3000 / classes.length)).toBeLessThan(137);
  });

  test('loads as the data of a project', async () => {
    const data = await loadData(
      { kind: 'generator', name, samples: 50, seed: 3, validation: { fraction: 0.2 } },
      noFile,
    );
    expect([data.task, data.training.count, data.validation?.count]).toEqual([definition.task, 40, 10]);
  });
});
