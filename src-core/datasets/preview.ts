/** What the data panel shows of loaded data: counts, first rows as written and as fed, and points to draw. */
import type { DataPreview, FedColumn, FedRows } from '../contract/records.ts';
import { binsOf } from './bins.ts';
import type { DataPart, LoadedData } from './define.ts';
import { targetRangeOf } from './target-range.ts';

const MAX_POINTS = 2_000;
/** Of all points together: 8 MB on the wire. */
const MAX_VALUES = 2 ** 21;
/** More columns than these nobody looks through, or they are pixels. */
const MAX_COLUMNS = 200;

/** At most 2,000 points (fewer where they are wide), evenly spread over the file; targets are class indices or the first target's values. */
export function previewData(data: LoadedData): DataPreview {
  const width = data.inputNames.length;
  const targetWidth = data.targetNames.length;
  const rowCount = data.rawInputs.length / width;
  const partOf = partsOf(data, rowCount);
  const seen = rowsOutside(partOf, TEST);
  const shown = Math.min(seen.length, MAX_POINTS, Math.ceil(MAX_VALUES / width));
  const rows = Array.from({ length: shown }, (_, i) => seen[Math.floor((i * seen.length) / shown)] as number);
  const inputs = new Float32Array(shown * width);
  rows.forEach((row, i) => inputs.set(data.rawInputs.subarray(row * width, (row + 1) * width), i * width));
  return {
    task: data.task,
    inputNames: data.inputNames,
    fedNames: data.fedNames,
    targetNames: data.targetNames,
    classes: data.classes,
    ...targetRangeOf(data),
    rowCount,
    trainingCount: data.training.count,
    validationCount: data.validation?.count ?? 0,
    testCount: data.test?.count ?? 0,
    classCounts: countClasses(data),
    partCounts: [data.training, data.validation, data.test].map((part) => countPart(data, part)),
    rows: data.head,
    fed: fedRows(data, partOf),
    points: {
      inputs,
      targets: Float32Array.from(rows, (row) => data.rawTargets[row * targetWidth] as number),
      validation: Uint8Array.from(rows, (row) => (partOf[row] === VALIDATION ? 1 : 0)),
    },
  };
}

const VALIDATION = 1;
const TEST = 2;

/** The part of every row in the file. */
function partsOf({ validation, test }: LoadedData, rowCount: number): Uint8Array {
  const partOf = new Uint8Array(rowCount);
  for (const row of validation?.indices ?? []) partOf[row] = VALIDATION;
  for (const row of test?.indices ?? []) partOf[row] = TEST;
  return partOf;
}

function rowsOutside(partOf: Uint8Array, part: number): Uint32Array {
  const rows = new Uint32Array(partOf.length);
  let count = 0;
  partOf.forEach((own, row) => {
    if (own !== part) rows[count++] = row;
  });
  return rows.subarray(0, count);
}

function countClasses({ classes, rawTargets }: LoadedData): number[] {
  const counts = classes.map(() => 0);
  if (classes.length > 0) for (const label of rawTargets) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** By the encoded targets: a part may come from a file of its own. */
function countPart({ task, classes, targetSize }: LoadedData, part: DataPart | null): number[] {
  const counts = classes.map(() => 0);
  if (part === null || task === 'regression') return counts;
  for (let row = 0; row < part.count; row++) {
    const own = part.targets.subarray(row * targetSize, (row + 1) * targetSize);
    const label = task === 'binary' ? (own[0] as number) : own.indexOf(1);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

function fedRows(data: LoadedData, partOf: Uint8Array): FedRows {
  const { fedNames, inputSize, head, training } = data;
  const isWide = inputSize > MAX_COLUMNS;
  const rows = new Float32Array(isWide ? 0 : head.length * inputSize);
  if (!isWide) {
    for (const part of [training, data.validation, data.test]) {
      part?.indices.forEach((row, i) => {
        if (row < head.length) rows.set(part.inputs.subarray(i * inputSize, (i + 1) * inputSize), row * inputSize);
      });
    }
  }
  const columns = isWide ? [] : fedNames.map((_name, at) => describeColumn(data, at));
  return { columns, rows, parts: partOf.slice(0, head.length) };
}

function describeColumn({ fedNames, inputSize, training, standardization }: LoadedData, at: number): FedColumn {
  const { inputs, count } = training;
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (let i = at; i < inputs.length; i += inputSize) {
    const value = inputs[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const mean = sum / count;
  const values = Float64Array.from({ length: count }, (_, row) => inputs[row * inputSize + at] as number);
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  const bins = binsOf(values, min, max);
  const name = fedNames[at] ?? '';
  const scaled = standardization?.columns.indexOf(name) ?? -1;
  const scaling =
    standardization === null || scaled < 0
      ? null
      : { mean: standardization.mean[scaled] ?? 0, std: standardization.std[scaled] ?? 1 };
  return { name, mean, std: Math.sqrt(squares / count), min, max, bins, scaling };
}
