/** Coefficient of determination. */
import type { MetricDefinition, Scored } from './define.ts';

/** 1 − Σ(o − y)²/Σ(y − ȳ)², mean over the targets; a target that never changes scores 1 when met exactly, else 0 (as scikit-learn). */
export const r2: MetricDefinition = {
  label: 'R²',
  tasks: ['regression'],
  better: 'higher',
  summary: 'Share of the variance of the target that the network explains.',
  formula: '1 - \\tfrac{\\sum (o - y)^2}{\\sum (y - \\bar y)^2}',
  compute: (scored) => {
    const scores = Array.from({ length: scored.width }, (_, column) => scoreOf(scored, column));
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  },
};

function scoreOf({ width, outputs, targets }: Scored, column: number): number {
  let sum = 0;
  for (let i = column; i < targets.length; i += width) sum += targets[i] as number;
  const mean = sum / (targets.length / width);
  let residual = 0;
  let total = 0;
  for (let i = column; i < targets.length; i += width) {
    residual += ((outputs[i] as number) - (targets[i] as number)) ** 2;
    total += ((targets[i] as number) - mean) ** 2;
  }
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}
