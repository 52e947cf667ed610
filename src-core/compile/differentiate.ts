/** Reverse mode: walks the recorded ops backwards and records each one's gradient rule. */
import { present } from '../lib/assert.ts';
import type { Value } from '../ops/define.ts';
import type { RecordedOp, Tape } from '../ops/recorder.ts';
import { opOf } from '../ops/registry.ts';

/**
 * Records the gradients of `objective` (one number) with respect to `wanted`, at the end of the tape.
 * Gradients that reach a value along several ways are added. Cost: linear in ops.
 * @param ops recorded ops that lead to the objective, in order
 * @returns by value id; values that the objective does not depend on are absent
 */
export function differentiate(
  tape: Tape,
  ops: readonly RecordedOp[],
  objective: Value,
  wanted: readonly Value[],
): Map<number, Value> {
  const relevant = dependentOn(ops, wanted);
  const sums = new GradientSums(tape);
  sums.put(objective, tape.op('fill', [], { shape: objective.shape, value: 1 }));
  for (let i = ops.length - 1; i >= 0; i--) {
    const op = ops[i] as RecordedOp; // in range
    if (op.inputs.some(({ id }) => relevant.has(id))) pullBack(op, tape, sums, relevant);
  }
  const found = new Map<number, Value>();
  for (const value of wanted) {
    const gradient = sums.total(value);
    if (gradient !== null) found.set(value.id, gradient);
  }
  return found;
}

/** Ids of all values that depend on one of `sources`, the sources included. */
function dependentOn(ops: readonly RecordedOp[], sources: readonly Value[]): ReadonlySet<number> {
  const found = new Set(sources.map(({ id }) => id));
  for (const { inputs, outputs } of ops) {
    if (inputs.some(({ id }) => found.has(id))) for (const { id } of outputs) found.add(id);
  }
  return found;
}

function pullBack(op: RecordedOp, tape: Tape, sums: GradientSums, relevant: ReadonlySet<number>): void {
  const outputGradients = op.outputs.map((output) => sums.total(output));
  if (outputGradients.every((gradient) => gradient === null)) return;
  const gradientsOf = present(opOf(op.id).gradient, `gradient rule of ${op.id}`);
  const isNeeded = op.inputs.map(({ id }) => relevant.has(id));
  const gradients = gradientsOf({
    recorder: tape,
    inputs: op.inputs,
    outputs: op.outputs,
    outputGradients,
    attributes: op.attributes,
    needs: (input) => isNeeded[input] === true,
  });
  for (const [i, gradient] of gradients.entries()) {
    if (gradient !== null && isNeeded[i] === true) sums.put(present(op.inputs[i], 'input'), gradient);
  }
}

/** Collects what reaches each value, and adds it up when it is asked for. */
class GradientSums {
  private readonly parts = new Map<number, Value[]>();
  private readonly tape: Tape;

  constructor(tape: Tape) {
    this.tape = tape;
  }

  put(value: Value, gradient: Value): void {
    const parts = this.parts.get(value.id);
    if (parts === undefined) this.parts.set(value.id, [gradient]);
    else parts.push(gradient);
  }

  total(value: Value): Value | null {
    const parts = this.parts.get(value.id);
    if (parts === undefined) return null;
    const [only, ...others] = parts;
    const sum = others.length === 0 ? present(only, 'gradient') : this.tape.op('add', parts);
    this.parts.set(value.id, [sum]);
    return sum;
  }
}
