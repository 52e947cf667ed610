/** The form for one row and the answers to it: which inputs there are, where they start, what the outputs are called. */
import type { DataPreview, FilePredictions, WeightsChoice } from '../../src-core/contract/records.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import type { Answered } from './live-answer.svelte.ts';

export interface InputField {
  readonly name: string;
  /** Labels of a category, in one-hot order; the row then holds the index. Null for a number. */
  readonly labels: readonly string[] | null;
  /** Where the form starts: a value from the middle of the data. */
  readonly start: number;
  /** Range of the data, for the slider; what is typed may lie outside. */
  readonly min: number;
  readonly max: number;
  /** One where the data have whole numbers only. */
  readonly step: number;
}

/** Places of a slider along the range of the data. */
const SLIDER_PLACES = 200;

/** Raw columns of the data; a column that is fed as several `name=label` inputs is a category. */
export function inputFields({ inputNames, fedNames, points }: DataPreview): readonly InputField[] {
  return inputNames.map((name, at) => {
    const column = Array.from(points.targets, (_, row) => points.inputs[row * inputNames.length + at] as number);
    const values = column.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
    const [min, max] = [values[0] ?? 0, values.at(-1) ?? 1];
    const labels = labelsOf(name, fedNames);
    const middle = values[values.length >> 1] ?? 0;
    const start = labels.length > 0 ? Math.round(middle) : Number(middle.toPrecision(4));
    const isWhole = values.every((value) => Number.isInteger(value));
    const step = isWhole ? 1 : (max - min || 1) / SLIDER_PLACES;
    return { name, labels: labels.length > 0 ? labels : null, start, min, max, step };
  });
}

function labelsOf(name: string, fedNames: readonly string[]): readonly string[] {
  const prefix = `${name}=`;
  return fedNames.filter((fed) => fed.startsWith(prefix)).map((fed) => fed.slice(prefix.length));
}

/** A row as a person would write it: categories by their labels. */
export function asWritten(row: readonly number[], fields: readonly InputField[]): (number | string)[] {
  return row.map((value, i) => fields[i]?.labels?.[value] ?? value);
}

/** One row that was asked about, with the answer. */
export interface Answer {
  /** The run whose network answered. */
  readonly runId: string;
  /** As a person writes it: categories by their labels. */
  readonly row: readonly (number | string)[];
  readonly outputs: readonly number[];
  /** Null for regression. */
  readonly label: string | null;
  readonly which: WeightsChoice;
  /** When its weights were saved. */
  readonly epoch: number;
}

/** The answer of the host to a single row. */
export function answerOf({ question: { runId, row, which }, prediction }: Answered): Answer {
  const { outputs, classes, epoch } = prediction;
  return { runId, row, which, outputs: outputs[0] ?? [], label: classes[0] ?? null, epoch };
}

/** What each output is: a class, the second of two classes, or a target column. */
export function outputNames({ task, classes, targetNames }: DataPreview, count: number): readonly string[] {
  if (task === 'multiclass') return classes;
  if (task === 'binary') return [classes[1] ?? 'output'];
  return Array.from({ length: count }, (_, i) => targetNames[i] ?? `output ${i + 1}`);
}

/** Every answer so far, one row each. */
export function answerTable(
  answers: readonly Answer[],
  fields: readonly InputField[],
  outputs: readonly string[],
): Table {
  const hasClass = answers.some(({ label }) => label !== null);
  return {
    title: 'Predictions',
    columns: [
      ...fields.map(({ name }) => name),
      ...outputs.map((name) => `output ${name}`),
      ...(hasClass ? ['class'] : []),
      'weights',
      'epoch',
    ],
    rows: answers.map(({ row, outputs: values, label, which, epoch }) => [
      ...row,
      ...values,
      ...(hasClass ? [label] : []),
      which,
      epoch,
    ]),
  };
}

/** Every row of a file with its answer. */
export function fileTable(predictions: FilePredictions, outputs: readonly string[], title: string): Table {
  const { columns, categories, inputs, outputs: values, outputCount, classes } = predictions;
  const count = outputCount === 0 ? 0 : values.length / outputCount;
  const written = (row: number, at: number): number | string => {
    const value = inputs[row * columns.length + at] as number;
    return categories[columns[at] ?? '']?.[value] ?? value;
  };
  return {
    title,
    columns: [...columns, ...outputs.map((name) => `output ${name}`), ...(classes.length > 0 ? ['class'] : [])],
    rows: Array.from({ length: count }, (_, row) => [
      ...columns.map((_name, at) => written(row, at)),
      ...values.subarray(row * outputCount, (row + 1) * outputCount),
      ...(classes.length > 0 ? [classes[row]] : []),
    ]),
  };
}
