/** Weight of each row in the loss, from the document's `class_weights`. */
import type { DataPart, LoadedData } from '../datasets/define.ts';
import { labelIndexer } from '../datasets/labels.ts';
import type { TrainingSpec } from '../graph/model.ts';
import { lossOf } from '../losses/registry.ts';

/** Weights by class index, 1 where the document names none; null without class_weights, or where the loss takes none. */
export function weightsByClass(
  { classes }: Pick<LoadedData, 'classes'>,
  { class_weights: given, loss }: TrainingSpec,
): Float64Array | null {
  if (given === undefined || classes.length === 0 || !lossOf(loss).weighsClasses) return null;
  const weights = new Float64Array(classes.length).fill(1);
  const indexOf = labelIndexer(classes);
  for (const [label, weight] of Object.entries(given)) {
    const index = indexOf(label);
    if (index >= 0) weights[index] = weight;
  }
  return weights;
}

/** Weight of every row of a part; undefined when all rows weigh the same. */
export function rowWeights(
  part: Pick<DataPart, 'count' | 'targets'>,
  byClass: Float64Array | null,
): Float64Array | undefined {
  if (byClass === null) return undefined;
  const width = part.targets.length / part.count;
  return Float64Array.from({ length: part.count }, (_, row) => {
    const targets = part.targets.subarray(row * width, (row + 1) * width);
    const label = width === 1 ? (targets[0] as number) : targets.indexOf(1);
    return byClass[label] as number;
  });
}
