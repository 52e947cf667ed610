/** The safetensors file, byte by byte as its format page describes it. */
import { expect, test } from 'vitest';
import { bytesOf } from '../../../src-core/formats/pieces.ts';
import { safetensors } from '../../../src-core/formats/safetensors.ts';
import type { TrainedNetwork } from '../../../src-core/formats/define.ts';

const network = (numbers: readonly number[]): TrainedNetwork => ({
  graph: { nodes: [], edges: [] },
  data: {},
  training: {},
  tensors: new Map([
    ['h.weight', { shape: [2, 2], data: Float32Array.of(1, -2, 0.5, -0) }],
    ['Z.bias', { shape: [1], data: Float32Array.from(numbers) }],
  ]),
  vectors: { inputs: [], outputs: [], tolerance: 0 },
});

test('holds the length of its header, the header, and the numbers in the order of the header', () => {
  const bytes = bytesOf(safetensors.write(network([3.25]), { allowNonFinite: false }));
  const view = new DataView(bytes.buffer);
  const length = Number(view.getBigUint64(0, true));
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  expect(length % 8).toBe(0);
  expect(JSON.parse(header)).toEqual({
    __metadata__: { format: 'pt' },
    'Z.bias': { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
    'h.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [4, 20] },
  });
  const numbers = Array.from({ length: 5 }, (_, i) => view.getFloat32(8 + length + 4 * i, true));
  expect([numbers, bytes.length]).toEqual([[3.25, 1, -2, 0.5, -0], 8 + length + 20]);
});

test('is refused for numbers that are not finite, unless that is allowed', () => {
  const write = (allowNonFinite: boolean) => bytesOf(safetensors.write(network([NaN]), { allowNonFinite }));
  expect(() => write(false)).toThrow('weights: tensor Z.bias holds numbers that are not finite');
  expect(write(true).length).toBeGreaterThan(0);
});
