/** Counts per node and over the whole network. */
import type { LayerSummary } from '../layers/builder.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { NodeReport } from './define.ts';
import type { NodeShapes } from './shapes.ts';

/** Trained parameters of one layer. */
export function countParameters({ parameters }: LayerSummary): number {
  return parameters.reduce((sum, { shape, trained }) => sum + (trained ? sizeOf(shape) : 0), 0);
}

/** What people see of a node. */
export function reportOf(id: string, { inputs, summary }: NodeShapes): NodeReport {
  return {
    id,
    inputShapes: inputs.map(({ shape }) => shape),
    ...(summary !== undefined && { outputShape: summary.output.shape }),
    parameterCount: summary === undefined ? 0 : countParameters(summary),
    flops: summary?.flops ?? 0,
  };
}
