/** What every layer answers to some rows, through one network whose nodes can be read. */
import type { LayerOutputs } from '../contract/insights.ts';
import type { Graph } from '../graph/model.ts';
import { topologicalOrder } from '../graph/order.ts';
import { present } from '../lib/assert.ts';
import type { Turns } from '../lib/turns.ts';
import { TURN_NUMBERS, type TensorSource } from '../runtime/arrays.ts';
import type { Network, NodeValues } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { copyWeights } from './copy-weights.ts';
import { distributionTurns } from './distribution.ts';
import { UnitRanges } from './unit-ranges.ts';

/** Layers that only pass on what they get. */
const ENDS: readonly string[] = ['input', 'output'];
/** Two answers closer than this, beside the largest, are the same answer. */
const SAME = { same: 1e-7, floor: 0 };
/** A unit is a value of a vector; of images [C, H, W] and sequences it is a channel. */
const CHANNELS = 0;

/** Made once for a graph, fed again and again. */
export class LayerProbe {
  readonly #network: Network;
  /** As the graph runs. */
  readonly #layers: readonly string[];

  /** @param rows most rows that are fed in one turn */
  constructor(graph: Graph, rows: number) {
    const inner = graph.nodes.filter(({ type }) => !ENDS.includes(type)).map(({ id }) => id);
    this.#layers = topologicalOrder(graph).filter((id) => inner.includes(id));
    this.#network = createNetwork({ graph, backend: 'fast', batchSize: rows, keepsNodes: true });
  }

  /**
   * @param inputs [count × inputs] as fed
   * @param turnRows rows of one turn
   */
  *outputs(
    weights: TensorSource,
    inputs: Float64Array,
    count: number,
    turnRows: number,
  ): Turns<readonly LayerOutputs[]> {
    yield* copyWeights(weights, this.#network);
    const width = inputs.length / count;
    const pieces: ReadonlyMap<string, NodeValues>[] = [];
    const ranges = new Map<string, UnitRanges>();
    for (let [from, rows] = [0, 1]; from < count; from += rows) {
      if (from > 0) rows = Math.min(turnRows, this.#turnRows(pieces[0]), count - from);
      const piece = this.#network.activations(this.#layers, inputs.subarray(from * width, (from + rows) * width), rows);
      pieces.push(piece);
      yield;
      for (const [id, answer] of piece) {
        const range = ranges.get(id) ?? new UnitRanges(answer.shape, CHANNELS);
        ranges.set(id, range);
        range.add(answer);
        if (answer.values.length > LARGE) yield;
      }
    }
    const outputs: LayerOutputs[] = [];
    for (const id of this.#layers) {
      const answers = pieces.map((piece) => present(piece.get(id), `answers of ${id}`));
      const distribution = yield* distributionTurns(id, function* (visit) {
        for (const { values } of answers) {
          visit(values);
          if (values.length > LARGE) yield;
        }
      });
      const range = present(ranges.get(id), `ranges of ${id}`);
      outputs.push({ ...distribution, units: range.unitCount, deadUnits: range.deadCount(SAME) });
      yield;
    }
    return outputs;
  }

  dispose(): void {
    this.#network.dispose();
  }

  /** From what one row answers. */
  #turnRows(row: ReadonlyMap<string, NodeValues> = new Map()): number {
    let numbers = 1;
    for (const { values } of row.values()) numbers += values.length;
    return Math.max(1, Math.floor(TURN_NUMBERS / numbers));
  }
}
/** Numbers that are worth a turn. */
const LARGE = 2 ** 15;
