/** A weights file of a network that was trained for an epoch: what damage is done to. */
import { loadData } from '../../src-core/datasets/load.ts';
import { exportRun } from '../../src-core/formats/export-run.ts';
import { writeWeights } from '../../src-core/formats/weights-write.ts';
import { xorMlp } from '../../src-core/templates/xor-mlp.ts';
import { createTrainer } from '../../src-core/trainer/trainer.ts';

export async function smallWeights(): Promise<string> {
  const { document } = xorMlp;
  const data = await loadData(document.data, () => Promise.reject(new Error('there is no file')));
  const trainer = createTrainer({ document, data, backend: 'reference' });
  while (trainer.epoch < 1) trainer.advance(100);
  const bytes = writeWeights(exportRun(document, trainer.checkpoint()), { allowNonFinite: false });
  trainer.dispose();
  return new TextDecoder().decode(bytes);
}
