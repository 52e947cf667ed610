/** The form for one row and the answers to it: which inputs there are, where they start, what the outputs are called. */
import type { AskedWeights, DataPreview, FilePredictions, TestScore } from '../../src-core/contract/records.ts';
import { pictureShape } from '../../src-core/datasets/images/pixel-names.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import { formatNumber } from '../ui/charts/scale.ts';
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

/** Pictures have no form: their answers are kept without the pixels. */
export function formFields(preview: DataPreview): readonly InputField[] {
  return pictureShape(preview.inputNames) === null ? inputFields(preview) : [];
}

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
  readonly which: AskedWeights;
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

/** The answer in a line: 'Class red: 0.975', 'Class no, toward yes 0.1', 'price 3.2'. */
export function verdictOf({ outputs, label }: Pick<Answer, 'outputs' | 'label'>, names: readonly string[]): string {
  const [first = NaN] = outputs;
  if (label === null) return outputs.map((value, i) => `${names[i] ?? ''} ${formatNumber(value)}`).join(', ');
  if (outputs.length === 1) return `Class ${label}, toward ${names[0] ?? ''} ${formatNumber(first)}`;
  return `Class ${label}: ${formatNumber(Math.max(...outputs))}`;
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
      ...row.slice(0, fields.length),
      ...values,
      ...(hasClass ? [label] : []),
      which,
      epoch,
    ]),
  };
}

/** The first rows of a file with their answers. */
export function fileTable({ columns, head }: FilePredictions, title: string): Table {
  return { title, columns, rows: head };
}

/** Metrics of the test part, or its confusion matrix: rows true, columns predicted. */
export function scoreTable({ classes, confusion, loss, metrics }: TestScore): Table {
  if (confusion === null) {
    const rows = [['loss', loss] as const, ...Object.entries(metrics)];
    return { title: 'Score of the test part', columns: ['metric', 'value'], rows };
  }
  return {
    title: 'Confusion matrix of the test part (rows: true class, columns: predicted class)',
    columns: ['true class', ...classes.map((label) => `predicted ${label}`)],
    rows: classes.map((label, row) => [label, ...(confusion[row] ?? [])]),
  };
}

const MOST_NAMED = 12;

/** 'x1, x2, x3', and after a dozen how many more. */
export function beginningOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more <= 0 ? names.join(', ') : `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more`;
}

const WHICH = { current: 'Current', best: 'Best', last: 'Last saved' } as const;

/** 'Current weights'. */
export function nameOfWeights(which: AskedWeights): string {
  return `${WHICH[which]} weights`;
}
