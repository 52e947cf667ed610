/** Raw rows to what the network is fed: features, one-hot categories, standardisation; and targets as the losses take them. */
import type { DataEncoding } from './define.ts';
import { FEATURES } from './features.ts';
import { standardize } from './standardize.ts';

/** One column the network is fed, and how it comes from a raw row. */
interface FedColumn {
  readonly name: string;
  /** False: a one-hot column, never standardised. */
  readonly numeric: boolean;
  readonly read: (raw: Float64Array, rowStart: number) => number;
}

type ColumnChoice = Pick<DataEncoding, 'columns' | 'categories' | 'features'>;
/** Only columns that are fed as they are can have a scale. */
type Scaled = ColumnChoice & Partial<Pick<DataEncoding, 'scale'>>;

function fedColumns({ columns, categories, features }: ColumnChoice): readonly FedColumn[] {
  if (features !== null) {
    return features.map((name) => {
      const feature = FEATURES[name];
      const [a = 0, b = a] = (feature?.needs ?? [name]).map((column) => columns.indexOf(column));
      const of = feature?.of ?? ((value: number) => value);
      return { name, numeric: true, read: (raw, start) => of(raw[start + a] as number, raw[start + b] as number) };
    });
  }
  return columns.flatMap((name, at): readonly FedColumn[] => {
    const labels = Object.hasOwn(categories, name) ? categories[name] : undefined;
    if (labels === undefined) return [{ name, numeric: true, read: (raw, start) => raw[start + at] as number }];
    return labels.map((label, index) => ({
      name: `${name}=${label}`,
      numeric: false,
      read: (raw, start) => (raw[start + at] === index ? 1 : 0),
    }));
  });
}

/** Names of what the network is fed, in order: a column, a feature, or 'column=label' for one-hot columns. */
export function fedNames(encoding: ColumnChoice): string[] {
  return fedColumns(encoding).map(({ name }) => name);
}

/** Those of them that standardisation applies to. */
export function numericFedNames(encoding: ColumnChoice): string[] {
  return fedColumns(encoding)
    .filter(({ numeric }) => numeric)
    .map(({ name }) => name);
}

/**
 * Raw inputs [count × columns] to derived ones [count × fed], before standardisation.
 * @param isScaledNext true: the result is the caller's to write into; false: it may be `raw` itself
 */
export function deriveInputs(encoding: Scaled, raw: Float64Array, isScaledNext: boolean): Float64Array {
  const { scale = 1 } = encoding;
  const isPlain = encoding.features === null && Object.keys(encoding.categories).length === 0;
  // A call for every pixel of every image would take longer than reading them, and a copy as much room again.
  if (isPlain && scale !== 1) return raw.map((value) => value * scale);
  if (isPlain) return isScaledNext ? raw.slice() : raw;
  const fed = fedColumns(encoding);
  const rawWidth = encoding.columns.length;
  const count = raw.length / rawWidth;
  const inputs = new Float64Array(count * fed.length);
  for (let row = 0, at = 0; row < count; row++) {
    for (const column of fed) inputs[at++] = column.read(raw, row * rawWidth);
  }
  return inputs;
}

/** Raw inputs [count × columns] to network inputs [count × fed]. */
export function encodeInputs(encoding: DataEncoding, raw: Float64Array): Float64Array {
  const inputs = deriveInputs(encoding, raw, encoding.standardization !== null);
  if (encoding.standardization !== null) standardize(inputs, fedNames(encoding), encoding.standardization);
  return inputs;
}

/** Values a row has as target: the number of classes for multiclass, one for binary, else the number of target columns. */
export function targetSizeOf({ task, classes, targetColumns }: DataEncoding): number {
  if (task === 'multiclass') return classes.length;
  return task === 'binary' ? 1 : targetColumns.length;
}

/** Class indices or values to targets [count × targetSize]: one-hot, 0/1, or (standardised) values. */
export function encodeTargets(encoding: DataEncoding, raw: Float64Array): Float64Array {
  if (encoding.task === 'multiclass') {
    const width = encoding.classes.length;
    const targets = new Float64Array(raw.length * width);
    raw.forEach((label, row) => (targets[row * width + label] = 1));
    return targets;
  }
  const targets = raw.slice();
  if (encoding.targetStandardization !== null) {
    standardize(targets, encoding.targetColumns, encoding.targetStandardization);
  }
  return targets;
}
