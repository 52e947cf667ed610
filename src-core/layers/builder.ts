/** Records layers: for the engine into one long tape, for analysis one layer at a time. */
import { resolveParams } from '../lib/fields-check.ts';
import { integersParam } from '../lib/params.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Attributes, Value, ValueType } from '../ops/define.ts';
import { Tape, type RecordedOp } from '../ops/recorder.ts';
import { opOf } from '../ops/registry.ts';
import { typeOf } from '../ops/rules.ts';
import { sizeOf, type Shape } from '../tensor/shape.ts';
import type { InitializerSpec, LayerBuilder, ParameterOptions } from './define.ts';
import { layerOf } from './registry.ts';

/** A tensor that a layer asked for. */
export interface ParameterInfo {
  /** Without the node id: 'weight'. */
  readonly name: string;
  readonly shape: Shape;
  readonly init: InitializerSpec;
  readonly trained: boolean;
  /** True: l1 and l2 never apply. */
  readonly unpenalized: boolean;
}

/** The tensor with its place in the tape. */
export interface RecordedParameter extends ParameterInfo {
  readonly value: Value;
}

/** Records one node after another into a tape. */
export class LayerRecorder implements LayerBuilder {
  readonly tape: Tape;
  readonly training: boolean;
  readonly noise: boolean;
  private asked: RecordedParameter[] = [];
  /** Tensors by key, so that several recordings of one graph share them. */
  private readonly tensors: Map<string, RecordedParameter>;

  constructor(tape: Tape, options: { training: boolean; noise: boolean; tensors?: Map<string, RecordedParameter> }) {
    this.tape = tape;
    this.training = options.training;
    this.noise = options.noise;
    this.tensors = options.tensors ?? new Map();
  }

  op(id: string, inputs: readonly Value[], attributes?: Attributes): Value {
    return this.tape.op(id, inputs, attributes);
  }

  ops(id: string, inputs: readonly Value[], attributes?: Attributes): readonly Value[] {
    return this.tape.ops(id, inputs, attributes);
  }

  parameter(name: string, shape: Shape, options: ParameterOptions): Value {
    const key = `${this.tape.node}.${name}`;
    const { init, trained = true, unpenalized = false } = options;
    const tensor = this.tensors.get(key) ?? {
      name,
      shape,
      init,
      trained,
      unpenalized,
      value: this.tape.source({ shape, batched: false }),
    };
    this.tensors.set(key, tensor);
    this.asked.push(tensor);
    return tensor.value;
  }

  /**
   * Records one layer.
   * @param node id that its random streams are named by
   * @param params as in the file: defaults are filled in here
   * Throws AppError 'shape.*' when the inputs do not fit.
   */
  layer(node: string, type: string, params: JsonObject, inputs: readonly Value[]): LayerRecording {
    const definition = layerOf(type);
    this.tape.node = node;
    this.asked = [];
    const output = definition.record(this, inputs, resolveParams(definition.fields, params));
    this.tape.node = '';
    return { output, parameters: this.asked };
  }
}

/** What recording one layer brought. */
export interface LayerRecording {
  readonly output: Value;
  readonly parameters: readonly RecordedParameter[];
}

/** What analysis wants to know of one layer. */
export interface LayerSummary {
  readonly output: ValueType;
  readonly parameters: readonly ParameterInfo[];
  /** Multiply-adds counted as two, forward pass, one row. */
  readonly flops: number;
}

/**
 * Shapes, parameters and cost of one layer, without computing anything.
 * @param inputs types of the values that enter it, in slot order; none for `input`
 * Throws AppError 'shape.*' when they do not fit.
 */
export function recordLayer(options: {
  readonly type: string;
  readonly params: JsonObject;
  readonly inputs: readonly ValueType[];
  readonly training?: boolean;
}): LayerSummary {
  const { type, params, training = false } = options;
  const recorder = new LayerRecorder(new Tape(), { training, noise: training });
  const fed = type === 'input' ? [{ shape: integersParam(params, 'shape'), batched: true }] : options.inputs;
  const inputs = fed.map((input) => recorder.tape.source(input));
  const { output, parameters } = recorder.layer('', type, params, inputs);
  return {
    output: typeOf(output),
    parameters: parameters.map(({ value: _value, ...info }) => info),
    flops: recorder.tape.list.reduce((sum, op) => sum + flopsOf(op), 0),
  };
}

/** Cost of one recorded op for one row. */
export function flopsOf({ id, inputs, outputs, attributes }: RecordedOp): number {
  const { flops } = opOf(id);
  if (flops !== undefined) return flops(inputs, outputs, attributes);
  return outputs.reduce((sum, output) => sum + sizeOf(output.shape), 0);
}
