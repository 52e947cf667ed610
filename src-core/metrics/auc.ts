/** Area under the ROC curve: how well the outputs rank rows of a class above the others, whatever the threshold. */
import type { MetricDefinition, Scored } from './define.ts';

/**
 * Chance that a row of the class has a larger output than a row outside it, ties counted half (Mann and Whitney, 1947).
 * Binary: of the second class; multiclass: mean over the classes that have rows inside and outside, each against the rest.
 * 0.5 where no class has both.
 */
export const auc: MetricDefinition = {
  label: 'AUC',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  summary: 'Chance that a row of a class gets a larger output for it than a row of another class.',
  formula: 'P(o_+ > o_-) + \\tfrac12 P(o_+ = o_-)',
  compute: (scored) => {
    const areas = Array.from({ length: scored.width }, (_, column) => areaOf(scored, column)).filter(
      (area) => area !== null,
    );
    return areas.length === 0 ? 0.5 : areas.reduce((sum, area) => sum + area, 0) / areas.length;
  },
};

/** By ranks: U = Σ ranks of the positives − P(P + 1)/2; ties share their mean rank. */
function areaOf({ count, width, outputs, targets }: Scored, column: number): number | null {
  const order = Array.from({ length: count }, (_, row) => row * width + column);
  order.sort((a, b) => (outputs[a] as number) - (outputs[b] as number));
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < count;) {
    let end = start;
    let tied = 0;
    while (end < count && outputs[order[end] as number] === outputs[order[start] as number]) {
      if ((targets[order[end] as number] as number) > 0.5) tied += 1;
      end += 1;
    }
    positives += tied;
    rankSum += (tied * (start + 1 + end)) / 2; // mean of the ranks start + 1 … end
    start = end;
  }
  const negatives = count - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
