/** Every network of the PyTorch comparison as ONNX, run by onnxruntime: the same answers as its own test vectors. */
import * as onnxruntime from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { loadData } from '../../src-core/datasets/load.ts';
import { exportRun } from '../../src-core/formats/export-run.ts';
import { onnx } from '../../src-core/formats/onnx/onnx.ts';
import { bytesOf } from '../../src-core/formats/pieces.ts';
import { openInitialWeights } from '../../src-core/formats/open-weights.ts';
import { readDocument } from '../../src-core/formats/project.ts';
import { createTrainer } from '../../src-core/trainer/trainer.ts';
import { parityCases } from '../helpers/pytorch-parity.ts';

const TOLERANCE = 1e-5;
const noFiles = () => Promise.reject(new Error('these projects name no files'));

test.each(parityCases)('$name', async ({ project, start }) => {
  const document = readDocument(JSON.stringify(project));
  const data = await loadData(document.data, noFiles);
  const weights = openInitialWeights(JSON.stringify({ format: 'netloom-weights', version: 1, tensors: start }));
  const trainer = createTrainer({ document, data, backend: 'fast', weights });
  trainer.advance(1);
  const network = exportRun(document, trainer.checkpoint());
  trainer.dispose();
  const { inputs, outputs } = network.vectors;
  const shape = document.graph.nodes.find(({ type }) => type === 'input')?.params['shape'] as number[];
  const session = await onnxruntime.InferenceSession.create(bytesOf(onnx.write(network, { allowNonFinite: false })));
  const fed = new onnxruntime.Tensor('float32', Float32Array.from(inputs.flat()), [inputs.length, ...shape]);
  const { output } = await session.run({ input: fed });
  const found = output?.data as Float32Array;
  const offs = outputs.flat().map((value, i) => Math.abs((found[i] ?? NaN) - value) / Math.max(1, Math.abs(value)));
  expect(Math.max(...offs)).toBeLessThanOrEqual(TOLERANCE);
});
