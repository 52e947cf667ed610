/** What Netloom makes of one case of the PyTorch comparison without a process for each command: the same calls that the command line makes. */
import { rowsFromValues } from '../../src-core/datasets/new-rows.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import { exportRun } from '../../src-core/formats/export-run.ts';
import { openInitialWeights, openWeights } from '../../src-core/formats/open-weights.ts';
import { readProject } from '../../src-core/formats/project.ts';
import { writeWeights } from '../../src-core/formats/weights-write.ts';
import { assert } from '../../src-core/lib/assert.ts';
import type { BackendName } from '../../src-core/runtime/define.ts';
import { firstBatchGradients } from '../../src-core/trainer/gradients.ts';
import { predict } from '../../src-core/trainer/predict.ts';
import { createTrainer } from '../../src-core/trainer/trainer.ts';
import type { Outcome, ParityCase } from './pytorch-parity.ts';

const noFiles = () => Promise.reject(new Error('these projects name no files'));

/** First batch, training, exported weights, predictions. Throws where the project is refused. */
export async function outcomeOf({ project, start }: ParityCase, backend: BackendName = 'fast'): Promise<Outcome> {
  const { document, problems } = readProject(JSON.stringify(project));
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  assert(errors.length === 0, errors.join('\n'));
  const data = await loadData(document.data, noFiles);
  const weights = openInitialWeights(JSON.stringify({ format: 'netloom-weights', version: 1, tensors: start }));
  const { loss, gradients } = firstBatchGradients(document, data, weights);
  const trainer = createTrainer({ document, data, backend, weights });
  const records = [];
  while (trainer.status === 'ready') records.push(trainer.advance(Infinity).record);
  const file = writeWeights(exportRun(document, trainer.checkpoint()), { allowNonFinite: false });
  trainer.dispose();
  const { network, model } = openWeights(file);
  const { outputs, width, count } = predict(model, rowsFromValues(project.data.inputs, model.encoding), backend);
  return {
    loss,
    gradients: Object.fromEntries([...gradients].map(([key, { shape, values }]) => [key, { shape, data: values }])),
    history: records.map((record) => record?.loss ?? NaN),
    penalties: records.flatMap((record) => record?.['penalty'] ?? []),
    end: Object.fromEntries(network.tensors),
    outputs: Array.from({ length: count }, (_, row) => outputs.subarray(row * width, (row + 1) * width)),
  };
}
