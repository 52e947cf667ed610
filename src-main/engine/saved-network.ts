/** Predictions and weights files from a saved state, beside whatever run is active. */
import type { WeightsArgs } from '../../src-core/contract/engine.ts';
import type { MadeFile, Prediction } from '../../src-core/contract/records.ts';
import { rowsFromValues } from '../../src-core/datasets/new-rows.ts';
import { exportRun } from '../../src-core/formats/export-run.ts';
import { json } from '../../src-core/formats/json.ts';
import { decodeCheckpoint } from '../../src-core/trainer/checkpoint.ts';
import * as trainer from '../../src-core/trainer/predict.ts';

/** The weights file of formats.md section 3. Throws AppError 'weights.not_finite' unless that is allowed. */
export function exportWeights({
  document,
  checkpoint,
  allowNonFinite,
}: WeightsArgs & { allowNonFinite: boolean }): MadeFile {
  const bytes = json.write(exportRun(document, checkpoint), { allowNonFinite });
  return { name: `${fileNameOf(String(document.name))}-weights${json.extension}`, bytes };
}

/** Raw rows, as a person writes them, in the order of the data's input columns. */
export function predict({
  document,
  checkpoint,
  rows,
}: WeightsArgs & { rows: readonly (readonly (number | string)[])[] }): Prediction {
  const { graph, training } = document;
  const { tensors, encoding } = decodeCheckpoint(checkpoint);
  const model = { graph, training, encoding, weights: tensors };
  const { count, width, outputs, classes } = trainer.predict(model, rowsFromValues(rows, encoding), 'fast');
  const rowOf = (row: number): number[] => Array.from(outputs.subarray(row * width, (row + 1) * width));
  return { outputs: Array.from({ length: count }, (_, row) => rowOf(row)), classes };
}

/** "Two spirals" as "two-spirals": letters and digits of any script, on every file system. */
function fileNameOf(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60) || 'network';
}
