/** The rows that `predict` and `evaluate` are given: a CSV file, one picture, a folder of pictures, or an IDX file. */
import { stat } from 'node:fs/promises';
import type { DataEncoding } from '../../src-core/datasets/define.ts';
import { isIdx } from '../../src-core/datasets/idx/read-idx.ts';
import {
  idxForEvaluation,
  idxForPrediction,
  picturesForEvaluation,
  picturesForPrediction,
} from '../../src-core/datasets/new-pictures.ts';
import {
  rowsForEvaluation,
  rowsForPrediction,
  type NewRows,
  type ScoredRows,
} from '../../src-core/datasets/new-rows.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { readerOf } from '../engine/data-access.ts';
import { codeOf } from '../store/io.ts';
import { readBytes } from './inputs.ts';

/** Rows, and the file of each where every row is a file. */
export type RowsToPredict = NewRows & { readonly files?: readonly string[] };

/** Rejects with AppError 'file.unreadable', 'data.*'. */
export async function rowsToPredict(path: string, encoding: DataEncoding): Promise<RowsToPredict> {
  if (await isFolder(path)) return picturesForPrediction(path, encoding, reader());
  const bytes = await readBytes(path);
  return isIdx(bytes) ? idxForPrediction(bytes, encoding, path) : rowsForPrediction(bytes, encoding, { file: path });
}

/**
 * @param labels the labels of an IDX file of pictures; absent: the file beside it that MNIST would call so
 * Rejects with AppError 'file.unreadable', 'data.*'.
 */
export async function rowsToEvaluate(
  path: string,
  encoding: DataEncoding,
  labels: string | undefined,
): Promise<Omit<ScoredRows, 'raw'>> {
  if (await isFolder(path)) return picturesForEvaluation(path, encoding, reader());
  const bytes = await readBytes(path);
  if (!isIdx(bytes)) return rowsForEvaluation(bytes, encoding, { file: path });
  return idxForEvaluation({ images: path, labels: labels ?? labelsBeside(path) }, encoding, reader());
}

const reader = () => readerOf({ folder: process.cwd(), isOpen: true });

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return false; // whoever reads it says what is wrong
  }
}

/** 't10k-images-idx3-ubyte.gz' -> 't10k-labels-idx1-ubyte.gz'. */
function labelsBeside(images: string): string {
  const labels = images.replace(/images(?<idx>[-.]idx)3(?<ending>[^/\\]*)$/, 'labels$<idx>1$<ending>');
  if (labels === images) throw new AppError('data.no_labels', { file: images });
  return labels;
}
