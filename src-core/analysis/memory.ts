/** Estimates what training will take, and refuses what cannot fit before anything is allocated. */
import type { Graph, GraphNode, TrainingSpec } from '../graph/model.ts';
import { checkFields, resolveParams } from '../lib/fields-check.ts';
import type { LayerSummary } from '../layers/builder.ts';
import { findOptimizer } from '../optimizers/registry.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Fix } from './define.ts';
import type { KnownFacts } from './facts.ts';
import { setTrainingFix } from './fixes.ts';
import type { Network } from './network.ts';
import type { ProblemList } from './problems.ts';
import { batchRows } from './training.ts';

export const MAX_PARAMETERS = 250_000_000;
/** Where the caller does not say how much there is: an ordinary machine. */
export const DEFAULT_MEMORY_BYTES = 8 * 2 ** 30;
/** The rest is for the window, the copy that is saved, and other programs. */
const USABLE = 0.5;
const FLOAT32_BYTES = 4;
const FLOAT64_BYTES = 8;

/** Exact bytes of a run whose document has no errors. */
export type PlanBytes = (run: {
  readonly graph: Graph;
  readonly training: TrainingSpec;
  readonly batchSize: number;
  readonly rowCount: number;
}) => number;

interface MemoryOptions {
  readonly memoryBytes?: number;
  readonly planBytes?: PlanBytes;
}

interface Cost {
  readonly node: GraphNode;
  readonly parameters: number;
  readonly bytes: number;
}

/**
 * What the plan says, where it can be asked and the document has no errors; else
 * 4 bytes × (parameters × (2 + optimizer slots) + batch × values × 2) + the rows; 2 for value and gradient.
 * Adds an error that names the heaviest node where the parameters or the bytes are too many; a smaller batch is offered
 * where one helps.
 */
export function checkMemory(
  network: Network,
  facts: KnownFacts,
  { memoryBytes = DEFAULT_MEMORY_BYTES, planBytes }: MemoryOptions,
  problems: ProblemList,
): number {
  const { training } = network.document;
  const copies = 2 + slotCount(network);
  const rows = batchRows(training, facts.rowCount) ?? 1;
  const batch = Math.min(rows, facts.rowCount ?? rows);
  const costs = [...network.shapes].flatMap(([id, { summary }]): Cost[] => {
    const node = network.nodes.get(id);
    return node === undefined || summary === undefined ? [] : [costOf(node, summary, { copies, batch })];
  });
  const rowBytes = FLOAT64_BYTES * ((facts.inputSize ?? 0) + (facts.targetSize ?? 1));
  const rough = costs.reduce((sum, cost) => sum + cost.bytes, rowBytes * (facts.rowCount ?? 0));
  const isSound = problems.all.every(({ severity }) => severity !== 'error');
  const bytes =
    planBytes === undefined || !isSound
      ? rough
      : planBytes({ graph: network.document.graph, training, batchSize: batch, rowCount: facts.rowCount ?? 0 });
  const kept = costs.reduce((sum, { parameters }) => sum + FLOAT32_BYTES * parameters * copies, rough - total(costs));
  const fix = smallerBatch({ batch, bytes, kept, limit: memoryBytes * USABLE });
  report(costs, { bytes, limit: memoryBytes * USABLE, fix }, problems);
  return bytes;
}

function costOf(node: GraphNode, summary: LayerSummary, { copies, batch }: { copies: number; batch: number }): Cost {
  const parameters = summary.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const values = sizeOf(summary.output.shape) * batch;
  return { node, parameters, bytes: FLOAT32_BYTES * (parameters * copies + values * 2) };
}

const total = (costs: readonly Cost[]): number => costs.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * The largest power of two for a batch that fits; undefined where a batch of one row does not.
 * @param kept bytes that any batch takes: parameters and rows
 */
function smallerBatch(run: { batch: number; bytes: number; kept: number; limit: number }): Fix | undefined {
  const { batch, bytes, kept, limit } = run;
  const rowBytes = Math.max(1, bytes - kept) / batch;
  const rows = 2 ** Math.floor(Math.log2((limit - kept) / rowBytes));
  return rows >= 1 && rows < batch ? setTrainingFix('batch_size', rows) : undefined;
}

interface Need {
  readonly bytes: number;
  readonly limit: number;
  readonly fix: Fix | undefined;
}

function report(costs: readonly Cost[], { bytes, limit, fix }: Need, problems: ProblemList): void {
  const parameterCount = costs.reduce((sum, { parameters }) => sum + parameters, 0);
  if (parameterCount > MAX_PARAMETERS) {
    const { node, parameters } = costs.reduce((a, b) => (b.parameters > a.parameters ? b : a));
    const detail = { node: node.id, count: parameters, total: parameterCount, limit: MAX_PARAMETERS };
    problems.error('memory.parameters', detail, { node: node.id });
  } else if (bytes > limit && costs.length > 0) {
    const { node } = costs.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    problems.error('memory.too_large', { node: node.id, bytes, limit }, { node: node.id, fix });
  }
}

function slotCount({ document }: Network): number {
  const { optimizer } = document.training;
  const definition = findOptimizer(optimizer.type);
  if (definition === undefined || checkFields(definition.fields, optimizer, '').length > 0) return 0;
  return definition.slots(resolveParams(definition.fields, optimizer)).length;
}
