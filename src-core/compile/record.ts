/** From a graph to a recorded program: one layer after another into a tape. Exporters read this too. */
import { assert, present } from '../lib/assert.ts';
import { integersParam } from '../lib/params.ts';
import { inputsOf, topologicalOrder } from '../graph/order.ts';
import type { Graph } from '../graph/model.ts';
import type { LayerRecorder, RecordedParameter } from '../layers/builder.ts';
import type { Value } from '../ops/define.ts';
import type { RecordedOp } from '../ops/recorder.ts';

/** A tensor of the graph: `<node id>.<name>`. */
export interface RecordedTensor extends RecordedParameter {
  readonly key: string;
}

/** A graph as ops: what exporters, lowering and losses read. */
export interface GraphRecording {
  /** What enters the input node. */
  readonly input: Value;
  /** What the output node answers. */
  readonly output: Value;
  /** Id of the node that feeds the output node: losses look at its activation. */
  readonly head: string;
  /** In the order of recording: every op comes after those that make its inputs. */
  readonly ops: readonly RecordedOp[];
  /** Sorted by key, in code units. */
  readonly tensors: readonly RecordedTensor[];
  /** Output value of every node. */
  readonly values: ReadonlyMap<string, Value>;
}

/**
 * Records a graph that was checked before (one input, one output, no cycle, known layers).
 * @param recorder decides between training and evaluation mode; recording twice with shared tensors shares the parameters
 * @param input value to feed; made from the input node's shape where absent
 * Throws AppError 'shape.*'. Cost: linear in nodes and edges.
 */
export function recordGraph(graph: Graph, recorder: LayerRecorder, input?: Value): GraphRecording {
  const sources = inputsOf(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const first = recorder.tape.list.length;
  const values = new Map<string, Value>();
  const tensors: RecordedTensor[] = [];
  let fed = input;
  let output: Value | undefined;
  let head: string | undefined;
  for (const id of topologicalOrder(graph)) {
    const { type, params } = present(nodes.get(id), `node ${id}`);
    if (type === 'input') fed ??= recorder.tape.source({ shape: integersParam(params, 'shape'), batched: true });
    const inputs = type === 'input' ? [present(fed, 'input')] : valuesOf(present(sources.get(id), id), values);
    const recording = recorder.layer(id, type, params, inputs);
    values.set(id, recording.output);
    tensors.push(...recording.parameters.map((tensor) => ({ ...tensor, key: `${id}.${tensor.name}` })));
    if (type === 'output') {
      output = recording.output;
      head = sources.get(id)?.[0];
    }
  }
  assert(fed !== undefined && output !== undefined && head !== undefined, 'the graph has an input and an output');
  tensors.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { input: fed, output, head, ops: recorder.tape.list.slice(first), tensors, values };
}

function valuesOf(ids: readonly string[], values: ReadonlyMap<string, Value>): readonly Value[] {
  return ids.map((id) => present(values.get(id), `output of ${id}`));
}
