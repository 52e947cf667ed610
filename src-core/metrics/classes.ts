/** Predicted and true classes, and the confusion matrix that most class metrics are read from. */
import type { Scored } from './define.ts';

/** Predicted class of every row: binary by threshold, multiclass the largest output, the first on ties. */
export function predictedClasses({ task, count, width, outputs, threshold }: Omit<Scored, 'targets'>): Uint32Array {
  if (task !== 'binary') return largestOf(outputs, count, width);
  const classes = new Uint32Array(outputs.length);
  // Plain loops: a call for every row of large data would hold up an epoch's end.
  for (let row = 0; row < classes.length; row++) classes[row] = (outputs[row] as number) >= threshold ? 1 : 0;
  return classes;
}

/** True class of every row. */
export function trueClasses({ task, count, width, targets }: Scored): Uint32Array {
  return task === 'binary' ? new Uint32Array(targets) : largestOf(targets, count, width);
}

function largestOf(values: Float64Array, count: number, width: number): Uint32Array {
  const classes = new Uint32Array(count);
  for (let row = 0; row < count; row++) classes[row] = largest(values, row * width, width);
  return classes;
}

function largest(values: Float64Array, start: number, width: number): number {
  let best = 0;
  for (let i = 1; i < width; i++) {
    if ((values[start + i] as number) > (values[start + best] as number)) best = i;
  }
  return best;
}

/** Number of classes: 2 for binary, else one per output. */
export function classCount({ task, width }: Pick<Scored, 'task' | 'width'>): number {
  return task === 'binary' ? 2 : width;
}

/** Row counts [classes × classes], rows true, columns predicted. */
export function confusionMatrix(scored: Scored): Float64Array {
  const classes = classCount(scored);
  const matrix = new Float64Array(classes * classes);
  const predicted = predictedClasses(scored);
  const truth = trueClasses(scored);
  for (let row = 0; row < truth.length; row++) {
    const at = (truth[row] as number) * classes + (predicted[row] as number);
    matrix[at] = (matrix[at] as number) + 1;
  }
  return matrix;
}

/** Of one class: rows rightly given to it, wrongly given to it, wrongly kept from it. */
export interface ClassCounts {
  readonly hits: number;
  readonly falseAlarms: number;
  readonly misses: number;
}

/** Counts of each class that a class metric averages over: of the second class for binary, of all for multiclass. */
export function scoredClasses(scored: Scored): ClassCounts[] {
  const classes = classCount(scored);
  const matrix = confusionMatrix(scored);
  const all = Array.from({ length: classes }, (_, label) => {
    const hits = matrix[label * classes + label] as number;
    let misses = -hits;
    let falseAlarms = -hits;
    for (let other = 0; other < classes; other++) {
      misses += matrix[label * classes + other] as number;
      falseAlarms += matrix[other * classes + label] as number;
    }
    return { hits, misses, falseAlarms };
  });
  return scored.task === 'binary' ? all.slice(1) : all;
}

/** Mean of a rate over the scored classes; 0/0 counts as 0, as scikit-learn has it. */
export function meanRate(scored: Scored, rate: (counts: ClassCounts) => readonly [number, number]): number {
  const classes = scoredClasses(scored);
  const rates = classes.map((counts) => {
    const [part, whole] = rate(counts);
    return whole === 0 ? 0 : part / whole;
  });
  return rates.reduce((sum, value) => sum + value, 0) / rates.length;
}
