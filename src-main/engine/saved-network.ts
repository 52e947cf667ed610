/** Predictions and weights files from a saved state, beside whatever run is active. */
import type { DataPlace, WeightsArgs } from '../../src-core/contract/engine.ts';
import type { FilePredictions, MadeFile, Prediction } from '../../src-core/contract/records.ts';
import { rowsForPrediction, rowsFromValues } from '../../src-core/datasets/new-rows.ts';
import { exportRun } from '../../src-core/formats/export-run.ts';
import { json } from '../../src-core/formats/json.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { decodeCheckpoint } from '../../src-core/trainer/checkpoint.ts';
import * as trainer from '../../src-core/trainer/predict.ts';
import { readerOf } from './data-access.ts';

/** Rows answered at once. */
const MAX_ROWS = 100_000;

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
  const { model, epoch, step } = savedModel({ document, checkpoint });
  const { count, width, outputs, classes } = trainer.predict(model, rowsFromValues(rows, model.encoding), 'fast');
  const rowOf = (row: number): number[] => Array.from(outputs.subarray(row * width, (row + 1) * width));
  return { outputs: Array.from({ length: count }, (_, row) => rowOf(row)), classes, epoch, step };
}

/** Rows of a CSV file by column name. Rejects with AppError 'data.*'. */
export async function predictFile({
  document,
  checkpoint,
  file,
  filePlace,
}: WeightsArgs & { file: string; filePlace: DataPlace }): Promise<FilePredictions> {
  const { model, epoch, step } = savedModel({ document, checkpoint });
  const { columns, categories } = model.encoding;
  const rows = rowsForPrediction(await readerOf(filePlace)(file), model.encoding, { file });
  if (rows.count > MAX_ROWS) {
    throw new AppError('data.too_large', { file, limit: `${MAX_ROWS} rows`, found: `${rows.count} rows` });
  }
  const { width, outputs, classes } = trainer.predict(model, rows, 'fast');
  return { columns, categories, inputs: rows.raw, outputs, outputCount: width, classes, epoch, step };
}

function savedModel({ document, checkpoint }: Pick<WeightsArgs, 'document' | 'checkpoint'>): {
  model: trainer.Model;
  epoch: number;
  step: number;
} {
  const { graph, training } = document;
  const { tensors, encoding, epoch, step } = decodeCheckpoint(checkpoint);
  return { model: { graph, training, encoding, weights: tensors }, epoch, step };
}

/** "Two spirals" as "two-spirals": letters and digits of any script, on every file system. */
function fileNameOf(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60) || 'network';
}
