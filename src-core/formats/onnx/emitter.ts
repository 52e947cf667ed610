/** Collects the nodes and constants of an ONNX graph while the recorded ops are translated one by one. */
import type { Attributes, ValueType } from '../../ops/define.ts';
import type { Attribute, OnnxNode, OnnxTensor } from './proto.ts';

/** What one recorded op is translated from. */
export interface OpContext {
  readonly attributes: Attributes;
  /** Types of the op's inputs and outputs, without the batch axis. */
  readonly inputs: readonly ValueType[];
  readonly outputs: readonly ValueType[];
  /** Names of its inputs in the ONNX graph. */
  readonly names: readonly string[];
  readonly emit: Emitter;
  /** Numbers of a tensor of weights; for ops whose weights ONNX wants in another order. */
  readonly read: (input: number) => Float32Array;
}

/** Translates one op; answers with the name of its first output. */
export type Translation = (context: OpContext) => string;

type Plain = number | string | readonly number[];

export class Emitter {
  readonly nodes: OnnxNode[] = [];
  readonly #tensors: OnnxTensor[] = [];
  #count = 0;

  /** One node with one output. Whole numbers become ints: pass floats through `float`. */
  node(type: string, inputs: readonly string[], attributes: Readonly<Record<string, Plain | Attribute>> = {}): string {
    const [first = ''] = this.nodeOf(type, inputs, 1, attributes);
    return first;
  }

  /** One node with several outputs. */
  nodeOf(
    type: string,
    inputs: readonly string[],
    outputCount: number,
    attributes: Readonly<Record<string, Plain | Attribute>> = {},
  ): string[] {
    const name = this.#name(type);
    const outputs = Array.from({ length: outputCount }, (_, i) => (i === 0 ? `${name}_out` : `${name}_out${i}`));
    const typed = Object.entries(attributes).map(([key, value]) => [key, asAttribute(value)] as const);
    this.nodes.push({ type, name, inputs, outputs, attributes: Object.fromEntries(typed) });
    return outputs;
  }

  /** A constant of float32 numbers. */
  floats(dims: readonly number[], data: Float32Array): string {
    return this.#tensor(dims, data);
  }
  scalar(value: number): string {
    return this.floats([], Float32Array.of(value));
  }
  /** A constant list of whole numbers, for shapes and axes. */
  ints(values: readonly number[]): string {
    return this.#tensor([values.length], values);
  }
  named(name: string, dims: readonly number[], data: Float32Array): string {
    this.#tensors.push({ name, dims, data });
    return name;
  }

  /** Weights that were written in another order, under another name, are left out. */
  usedTensors(): OnnxTensor[] {
    const used = new Set(this.nodes.flatMap(({ inputs }) => inputs));
    return this.#tensors.filter(({ name }) => used.has(name));
  }

  #tensor(dims: readonly number[], data: OnnxTensor['data']): string {
    const name = this.#name('const');
    this.#tensors.push({ name, dims, data });
    return name;
  }
  #name(kind: string): string {
    return `${kind.toLowerCase()}_${this.#count++}`;
  }
}

/** A float attribute, also where the number is whole. */
export function float(value: number): Attribute {
  return { kind: 'float', value };
}

function asAttribute(value: Plain | Attribute): Attribute {
  if (typeof value === 'number') return { kind: 'int', value };
  if (typeof value === 'string') return { kind: 'text', value };
  return 'kind' in value ? value : { kind: 'ints', value };
}
