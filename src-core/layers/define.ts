/** What a layer is: what a person can place on the canvas, written as a recording of ops. */
import type { Fields } from '../lib/fields.ts';
import type { JsonObject } from '../lib/json.ts';
import type { OpRecorder, Value } from '../ops/define.ts';
import type { Shape } from '../tensor/shape.ts';

/** Where the palette shows a layer. */
export type LayerGroup = 'core' | 'activation' | 'images' | 'sequences' | 'merge' | 'normalization' | 'regularization';

/** An initialiser by name, or {"type": name, …}. */
export type InitializerSpec = string | JsonObject;

/** How a tensor starts, and what may change it. */
export interface ParameterOptions {
  readonly init: InitializerSpec;
  /** False: not changed by the optimizer (running statistics). Default true. */
  readonly trained?: boolean;
  /** True: l1 and l2 never apply (norm layers). They apply by name elsewhere: to names with `weight` in them. */
  readonly unpenalized?: boolean;
}

/** What a layer records into. The same recording serves shapes, counts, the engine and the exporters. */
export interface LayerBuilder extends OpRecorder {
  /** True while recording the training program: dropout and noise are active, batch statistics are used. */
  readonly training: boolean;
  /** False: dropout and noise stay off even in training (gradients command, audit). */
  readonly noise: boolean;
  /** A tensor `<node id>.<name>`; shape and layout as PyTorch has it. */
  parameter(name: string, shape: Shape, options: ParameterOptions): Value;
}

/** One layer: its form, its wires, and how it is recorded. */
export interface LayerDefinition {
  /** 'Dense', as palette and node card show it. */
  readonly label: string;
  readonly group: LayerGroup;
  /** Name of a lucide icon, kebab-case. */
  readonly icon: string;
  /** One sentence for the palette. */
  readonly summary: string;
  /** TeX, without dollar signs. */
  readonly formula: string;
  readonly fields: Fields;
  /** How many wires may enter: none (input), one, or two and more. */
  readonly inputs: 'none' | 'one' | 'many';
  /** The one parameter that matters, for the node card: '8 · tanh'. */
  readonly brief: (params: JsonObject) => string;
  /**
   * Records the layer's ops and returns its output.
   * @param params checked against `fields`, defaults filled in
   * Throws AppError 'shape.*' when the inputs do not fit.
   */
  readonly record: (builder: LayerBuilder, inputs: readonly Value[], params: JsonObject) => Value;
}
