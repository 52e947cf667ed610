/** What a network answers and how it scores, from a saved state or as it stands in the active run, beside whatever trains. */
import { createHash } from 'node:crypto';
import { outputCountOf } from '../../src-core/analysis/outputs.ts';
import type { AskArgs, DataPlace } from '../../src-core/contract/engine.ts';
import type { FilePredictions, Prediction, TestScore } from '../../src-core/contract/records.ts';
import type { DataEncoding, Turn } from '../../src-core/datasets/define.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import { rowsForPredictionInTurns, rowsFromValues } from '../../src-core/datasets/new-rows.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { decodeTurns } from '../../src-core/trainer/checkpoint.ts';
import * as trainer from '../../src-core/trainer/predict.ts';
import { predictionsTable, tableAsCsv } from '../../src-core/trainer/predictions-table.ts';
import type { Weights } from '../../src-core/trainer/weights.ts';
import { readerOf } from './data-access.ts';
import { inTurns } from './jobs.ts';
import { JOBS_MS } from './limits.ts';

/** Rows answered at once. */
const MAX_ROWS = 100_000;
/** Rows of a file that are shown. */
const HEAD_ROWS = 200;
/** Of the time that answering a file takes, about: reading it, then asking; the rest is writing the answers. */
const READING = 0.4;
const ASKING = 0.3;

/** The data a network was trained on. */
export interface KnownData {
  readonly encoding: DataEncoding;
  readonly sha256: string;
}

/** What the active run knows at this moment. */
export interface Standing {
  readonly weights: Weights;
  readonly data: KnownData;
  readonly epoch: number;
  readonly step: number;
}

/** A network that can be asked, and where its training stood. */
export interface Asked {
  readonly model: trainer.Model;
  /** Fingerprint of the data it was trained on. */
  readonly sha256: string;
  readonly epoch: number;
  readonly step: number;
}

/** @param state bytes of a saved one, or what the active run knows */
export async function askedNetwork(
  { graph, training }: ProjectDocument,
  state: Uint8Array | Standing,
  now: () => number,
): Promise<Asked> {
  if (!(state instanceof Uint8Array)) {
    const { weights, data, epoch, step } = state;
    return { model: { graph, training, encoding: data.encoding, weights }, sha256: data.sha256, epoch, step };
  }
  const decoding = decodeTurns(state, () => createHash('sha256'));
  const { tensors, encoding, data, epoch, step } = await inTurns(decoding, JOBS_MS, now);
  return { model: { graph, training, encoding, weights: tensors }, sha256: data, epoch, step };
}

/** Raw rows, as a person writes them, in the order of the data's input columns. */
export function predict({ model, epoch, step }: Asked, rows: readonly (readonly (number | string)[])[]): Prediction {
  const { count, width, outputs, classes } = trainer.predict(model, rowsFromValues(rows, model.encoding), 'fast');
  const rowOf = (row: number): number[] => Array.from(outputs.subarray(row * width, (row + 1) * width));
  return { outputs: Array.from({ length: count }, (_, row) => rowOf(row)), classes, epoch, step };
}

export interface PredictedFile {
  readonly predictions: FilePredictions;
  /** CSV text. */
  readonly parts: readonly Uint8Array[];
}

/** Rows of a CSV file by column name. Rejects with AppError 'data.*'. */
export async function predictFile(
  { model, epoch, step }: Asked,
  { file, filePlace, turn }: { file: string; filePlace: DataPlace; turn: Turn },
): Promise<PredictedFile> {
  const { encoding } = model;
  const bytes = await readerOf(filePlace)(file);
  const rows = await rowsForPredictionInTurns(bytes, encoding, { file, turn: (share) => turn(share * READING) });
  if (rows.count > MAX_ROWS) {
    throw new AppError('data.too_large', { file, limit: `${MAX_ROWS} rows`, found: `${rows.count} rows` });
  }
  const answers = await trainer.predictInTurns(model, rows, {
    backend: 'fast',
    turn: (share) => turn(READING + share * ASKING),
  });
  const table = predictionsTable(encoding, rows, answers);
  const parts = await tableAsCsv(table, (share) => turn(READING + ASKING + share * (1 - READING - ASKING)));
  const head = Array.from({ length: Math.min(HEAD_ROWS, rows.count) }, (_, row) => table.rowAt(row));
  const { columns, rowCount } = table;
  return { predictions: { columns, head, rowCount, parts: parts.length, epoch, step }, parts };
}

/**
 * The test part of the data that the document names. Rejects with AppError 'data.no_test' where it holds none out,
 * 'data.test_changed' where the files are others now: their test part may hold rows that were trained on.
 */
export async function scoreTest(
  { model, sha256, epoch, step }: Asked,
  { document, place }: AskArgs,
  turn: Turn,
): Promise<TestScore> {
  const data = await loadData(document.data, readerOf(place), {
    turn: (share) => turn(share / 2),
    outputs: () => outputCountOf(document),
  });
  const { test } = data;
  if (test === null) throw new AppError('data.no_test', {});
  if (data.sha256 !== sha256) throw new AppError('data.test_changed', {});
  const score = await trainer.evaluateInTurns(model, test, { backend: 'fast', turn: (share) => turn((1 + share) / 2) });
  return { ...score, epoch, step };
}
