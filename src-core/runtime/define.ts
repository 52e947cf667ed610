/** What the trainer, the predictor and the exporters see of a compiled network, whichever backend computes it. */
import type { Graph, TrainingSpec } from '../graph/model.ts';
import type { KernelChoice } from '../kernels/registry.ts';
import type { ThreadStarter } from '../kernels/wasm/threads.ts';
import type { Turns } from '../lib/turns.ts';
import type { Shape } from '../tensor/shape.ts';
import type { NetworkArrays } from './arrays.ts';

/** `reference`: plain loops in float64. `fast`: float32. */
export type BackendName = 'reference' | 'fast';

export interface TensorInfo {
  /** '<node id>.weight', sorted by code unit wherever they are listed. */
  readonly key: string;
  readonly shape: Shape;
  /** False for running statistics. */
  readonly trained: boolean;
}

export interface NetworkOptions {
  readonly graph: Graph;
  /** Absent: a network that only predicts. */
  readonly training?: TrainingSpec;
  readonly backend: BackendName;
  /** Which kernels compute the fast backend; absent: the fastest that this runtime has. */
  readonly kernels?: KernelChoice | undefined;
  /** Starts threads that help where a step is long enough; absent: everything on the calling thread. Results are the same. */
  readonly threads?: ThreadStarter | undefined;
  /** Most rows one training step sees. */
  readonly batchSize: number;
  /** False: dropout and noise stay off in training steps. Default true. */
  readonly noise?: boolean;
  /** True: `activations` and `trace` can be asked. Costs memory. Default false. */
  readonly keepsNodes?: boolean;
}

/** Rows as flat arrays, row-major: [rows × inputSize], [rows × outputSize] (one-hot for classes). */
export interface Rows {
  readonly count: number;
  readonly inputs: Float32Array | Float64Array;
  readonly targets?: Float32Array | Float64Array;
  /** Weight of each row in the loss (class_weights); absent: 1. */
  readonly weights?: Float32Array | Float64Array;
}

/** Several optimizer steps in one call, so that small networks cross into the kernels once for many steps. */
export interface TrainRequest {
  /** Row numbers of the bound training rows, in training order for this epoch. */
  readonly order: Uint32Array;
  /** First position in `order` to use. */
  readonly from: number;
  readonly steps: number;
  /** Steps taken before this call over the whole run: drives dropout streams and Adam's bias correction. */
  readonly stepsBefore: number;
  readonly learningRate: number;
}

export interface TrainResult {
  /** Sum over the steps of (mean loss of the batch × rows of the batch), in training mode. */
  readonly lossTimesRows: number;
  readonly rows: number;
  /** Mean loss of each step's batch. */
  readonly stepLosses: Float64Array;
  /** First step (counted from 0 within this call) whose loss or weights are not finite; training stops there. */
  readonly divergedAt?: number;
}

/** What a node answers to some rows. */
export interface NodeValues {
  /** Of one row. */
  readonly shape: Shape;
  readonly values: Float64Array;
}

/** What a node does in one training step. */
export interface NodeTrace extends NodeValues {
  readonly node: string;
  /** Of the objective, [count × size] of what it is taken at; null where the objective does not depend on it. */
  readonly gradient: Float64Array | null;
  /** The node's output, or what enters its last activation where the loss is computed from there. */
  readonly gradientOf: 'output' | 'logits';
}

export interface Network {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly tensors: readonly TensorInfo[];
  /** Optimizer state, keys '<tensor key>/<slot>' such as 'h1.weight/m'. */
  readonly slots: readonly TensorInfo[];
  readonly parameterCount: number;
  /** Bytes of its buffers: parameters, slots, gradients, activations and what kernels work in; not the bound rows. */
  readonly planBytes: number;
  /** Rows that evaluation takes at once. */
  readonly evaluationRows: number;
  /** Tensors, slots and gradients, a part at a time. */
  readonly arrays: NetworkArrays;
  /** Draws every initial value anew from `seed` (stream 'init', one sub-stream per tensor key) and zeroes the slots. */
  initialize(seed: number): void;
  /** A copy in logical (PyTorch) layout. */
  read(key: string): Float32Array | Float64Array;
  /** Throws AppError when the size differs. */
  write(key: string, data: ArrayLike<number>): void;
  /** Training rows; copied once into the backend's memory. */
  bind(rows: Rows): void;
  train(request: TrainRequest): TrainResult;
  /** Undoes nothing and updates nothing: loss and gradients of one batch in training mode. */
  gradients(rows: Rows): { loss: number; tensors: Map<string, Float64Array> };
  /** As `gradients`, and leaves them where `arrays.readGradient` finds them; the loss. */
  gradientsInPlace(rows: Rows): number;
  /**
   * As `gradients`, of the step after `stepsBefore` others, with the same dropout and noise as `train` would have; tells
   * `visit` of every node in turn. Only of a network made with `keepsNodes`.
   */
  trace(
    rows: Rows,
    stepsBefore: number,
    visit: (node: NodeTrace) => void,
  ): { loss: number; tensors: Map<string, Float64Array> };
  /**
   * One optimizer step with gradients from elsewhere (numerical differences), one for every trained tensor: penalties,
   * clipping and the optimizer as in `train`. False when a tensor is not finite afterwards.
   */
  applyGradients(
    gradients: ReadonlyMap<string, ArrayLike<number>>,
    moment: { readonly stepsBefore: number; readonly learningRate: number },
  ): boolean;
  /** Evaluation mode. Outputs [count × outputSize] of the output node. */
  predict(inputs: Float32Array | Float64Array, count: number): Float64Array;
  /** The same one row and, on the reference backend, one op at a time: for large networks beside other work. */
  predictTurns(inputs: Float32Array | Float64Array, count: number): Turns<Float64Array>;
  /**
   * Evaluation mode: what the named nodes answer to the rows, [count × size of the node's output] each. Only of a network
   * made with `keepsNodes`; ids that the network does not have are left out.
   */
  activations(nodes: readonly string[], inputs: Float32Array | Float64Array, count: number): Map<string, NodeValues>;
  /** Evaluation mode: mean loss and the outputs. */
  evaluate(rows: Rows): { loss: number; outputs: Float64Array };
  /** Value of the penalties l1·Σ|w| + (l2/2)·Σw² at the present weights. */
  penalty(): number;
  dispose(): void;
}
