/** Whole project files beside PyTorch: first batch, training, exported weights, predictions, as the command line makes them. */
import { expect, test } from 'vitest';
import { rowsFromValues } from '../../../src-core/datasets/new-rows.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { exportRun } from '../../../src-core/formats/export-run.ts';
import { openInitialWeights, openWeights } from '../../../src-core/formats/open-weights.ts';
import { readProject } from '../../../src-core/formats/project.ts';
import { writeWeights } from '../../../src-core/formats/weights-write.ts';
import { firstBatchGradients } from '../../../src-core/trainer/gradients.ts';
import { predict } from '../../../src-core/trainer/predict.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import { deviations, parityCases, type Outcome, type ParityCase } from '../../helpers/pytorch-parity.ts';

const noFiles = () => Promise.reject(new Error('these projects name no files'));

async function outcomeOf({ project, start }: ParityCase): Promise<Outcome> {
  const { document, problems } = readProject(JSON.stringify(project));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const data = await loadData(document.data, noFiles);
  const file = JSON.stringify({ format: 'netloom-weights', version: 1, tensors: start });
  const weights = openInitialWeights(file);
  const { loss, gradients } = firstBatchGradients(document, data, weights);
  const trainer = createTrainer({ document, data, backend: 'fast', weights });
  const records = [];
  while (trainer.status === 'ready') records.push(trainer.advance(Infinity).record);
  const { network, model } = openWeights(
    writeWeights(exportRun(document, trainer.checkpoint()), { allowNonFinite: false }),
  );
  trainer.dispose();
  const { outputs, width, count } = predict(model, rowsFromValues(project.data.inputs, model.encoding), 'fast');
  return {
    loss,
    gradients: Object.fromEntries([...gradients].map(([key, { shape, values }]) => [key, { shape, data: values }])),
    history: records.map((record) => record?.loss ?? NaN),
    penalties: records.flatMap((record) => record?.['penalty'] ?? []),
    end: Object.fromEntries(network.tensors),
    outputs: Array.from({ length: count }, (_, row) => outputs.subarray(row * width, (row + 1) * width)),
  };
}

test.each(parityCases)('$name', async (one) => {
  expect(deviations(await outcomeOf(one), one)).toEqual([]);
});
