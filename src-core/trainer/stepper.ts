/** One training step taken phase by phase, for the eye: worked out on a copy of the network, so that the run stays as it is. */
import type { PhaseLook, PhaseName, PhaseNode, PhaseRows, PhaseTensor } from '../contract/network-look.ts';
import type { ProjectDocument } from '../graph/model.ts';
import { AppError } from '../lib/errors.ts';
import { present } from '../lib/assert.ts';
import type { Network, NodeTrace, Rows } from '../runtime/define.ts';
import { trainingBytes } from '../runtime/memory.ts';
import { createNetwork } from '../runtime/network.ts';
import { sizeOf, type Shape } from '../tensor/shape.ts';
import type { Numbers } from './state.ts';
import { lengthOf, meanSize, nodeOf } from './tensor-sizes.ts';

/** The copy keeps every value and gradient of a batch: networks beyond this are stepped whole. */
const MOST_BYTES = 2 ** 30;
/** Rows of a batch that are sent number by number, and numbers of each. */
const SHOWN_ROWS = 8;
const SHOWN_NUMBERS = 256;

export interface StepperOptions {
  readonly document: ProjectDocument;
  /** The one that is trained. */
  readonly network: Network;
  readonly batchSize: number;
}

interface Traced {
  readonly shape: Shape;
  readonly output: number;
  readonly gradient: number | null;
  readonly gradientOf: NodeTrace['gradientOf'];
  readonly firstRows: PhaseRows;
}

interface Batch {
  readonly step: number;
  readonly rows: number;
  readonly loss: number;
  readonly nodes: ReadonlyMap<string, Traced>;
  readonly gradients: ReadonlyMap<string, Float64Array>;
  /** Tensors before the update. */
  readonly before: ReadonlyMap<string, Numbers>;
}

export class Stepper {
  readonly #network: Network;
  readonly #copy: Network;
  #phase: PhaseName | null = null;
  #batch: Batch | null = null;
  #changes: ReadonlyMap<string, Numbers> | null = null;

  /** Throws AppError 'training.no_phases' for methods that follow no gradient of a batch, 'training.phases_too_large'. */
  constructor({ document, network, batchSize }: StepperOptions) {
    const { graph, training } = document;
    const { method = 'gradient' } = training;
    if (method !== 'gradient') throw new AppError('training.no_phases', { method });
    const bytes = trainingBytes({ graph, training, batchSize, rowCount: 0 });
    if (bytes > MOST_BYTES) throw new AppError('training.phases_too_large', { bytes, limit: MOST_BYTES });
    this.#network = network;
    this.#copy = createNetwork({ graph, training, backend: 'fast', batchSize, keepsNodes: true });
  }

  get phase(): PhaseName | null {
    return this.#phase;
  }

  /** The forward pass of a step; at once with the backward pass, which is shown by `backward`. */
  forward(rows: Rows, stepsBefore: number): void {
    const before = new Map(this.#network.tensors.map(({ key }) => [key, this.#network.read(key)]));
    for (const [key, values] of before) this.#copy.write(key, values);
    const nodes = new Map<string, Traced>();
    const { loss, tensors } = this.#copy.trace(rows, stepsBefore, (node) =>
      nodes.set(node.node, tracedOf(node, rows.count)),
    );
    this.#batch = { step: stepsBefore + 1, rows: rows.count, loss, nodes, gradients: tensors, before };
    this.#changes = null;
    this.#phase = 'forward';
  }

  backward(): void {
    this.#phase = 'backward';
  }

  /** The step was taken: what it changed. */
  updated(): void {
    const { before } = present(this.#batch, 'batch');
    this.#changes = new Map(
      [...before].map(([key, old]) => [key, this.#network.read(key).map((value, i) => value - (old[i] as number))]),
    );
    this.#phase = 'update';
  }

  /** Whole steps are taken again. */
  clear(): void {
    this.#phase = null;
    this.#batch = null;
    this.#changes = null;
  }

  dispose(): void {
    this.#copy.dispose();
  }

  /** @param weights the node whose tensors and first rows are wanted in full */
  look(nodes: readonly string[], weights: string | null, most: number): PhaseLook | null {
    const { phase, batch } = { phase: this.#phase, batch: this.#batch };
    if (phase === null || batch === null) return null;
    const { step, rows, loss } = batch;
    const isBack = phase !== 'forward';
    return {
      phase,
      step,
      rows,
      loss,
      nodes: nodes.flatMap((node) => this.#node(node, batch, isBack)),
      tensors: weights === null ? [] : this.#tensors(weights, batch, { isBack, most }),
      firstRows: weights === null ? null : firstRowsOf(batch.nodes.get(weights), isBack),
    };
  }

  #node(node: string, { nodes, gradients }: Batch, isBack: boolean): PhaseNode[] {
    const traced = nodes.get(node);
    if (traced === undefined) return [];
    const { output, gradient, gradientOf } = traced;
    return [
      {
        node,
        output,
        gradient: isBack ? gradient : null,
        gradientOf,
        tensorGradient: isBack ? lengthOf(node, gradients) : null,
        change: this.#changes === null ? null : lengthOf(node, this.#changes, gradients),
      },
    ];
  }

  #tensors(node: string, { gradients }: Batch, { isBack, most }: { isBack: boolean; most: number }): PhaseTensor[] {
    return this.#network.tensors
      .filter(({ key }) => nodeOf(key) === node)
      .map(({ key, shape }) => {
        const rowSize = sizeOf(shape) / (shape[0] ?? 1);
        const shown = Math.max(1, Math.floor(most / rowSize)) * rowSize;
        const part = (values: ArrayLike<number> | undefined) =>
          values === undefined ? null : Float32Array.from(values).subarray(0, shown);
        return { key, gradient: isBack ? part(gradients.get(key)) : null, change: part(this.#changes?.get(key)) };
      });
  }
}

function tracedOf({ node, shape, values, gradient, gradientOf }: NodeTrace, count: number): Traced {
  const size = sizeOf(shape);
  const shown = Math.min(size, SHOWN_NUMBERS);
  const rows = Math.min(count, SHOWN_ROWS);
  const first = (all: Float64Array) =>
    Float32Array.from({ length: rows * shown }, (_, i) => all[Math.floor(i / shown) * size + (i % shown)] as number);
  return {
    shape,
    output: meanSize(values) ?? 0,
    gradient: gradient && meanSize(gradient),
    gradientOf,
    firstRows: { node, rows, size: shown, outputs: first(values), gradients: gradient && first(gradient) },
  };
}

function firstRowsOf(traced: Traced | undefined, isBack: boolean): PhaseRows | null {
  if (traced === undefined) return null;
  return isBack ? traced.firstRows : { ...traced.firstRows, gradients: null };
}
