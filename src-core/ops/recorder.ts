/** Records operations as plain data: what layers, losses, gradient rules and optimizers write into. */
import { present } from '../lib/assert.ts';
import type { Attributes, OpRecorder, Value, ValueType } from './define.ts';
import { opOf } from './registry.ts';

/** One recorded operation. Plain data: a program can be written down, compared and interpreted. */
export interface RecordedOp {
  readonly id: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
  /** Node that asked for it; names the random streams of dropout and noise. Empty for what belongs to no node. */
  readonly node: string;
}

/** A list of recorded operations and the numbering of their values. */
export class Tape implements OpRecorder {
  readonly list: RecordedOp[] = [];
  /** Node that the next operations belong to. */
  node = '';
  private nextId = 0;

  /** A value that no operation makes: an input, a parameter, a target. */
  source(type: ValueType): Value {
    return { ...type, id: this.nextId++ };
  }

  op(id: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return present(this.ops(id, inputs, attributes)[0], `output of ${id}`);
  }

  ops(id: string, inputs: readonly Value[], attributes: Attributes = {}): readonly Value[] {
    const outputs = opOf(id)
      .infer(inputs, attributes)
      .map((type) => this.source(type));
    this.list.push({ id, inputs, outputs, attributes, node: this.node });
    return outputs;
  }

  /** Number of values so far; ids are below it. */
  get valueCount(): number {
    return this.nextId;
  }
}
