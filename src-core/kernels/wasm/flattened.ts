/** Finds flattened images that need not be moved: everything that reads them works in any order, or can be reordered once. */
import { present } from '../../lib/assert.ts';
import type { Program, ProgramOp } from '../program.ts';
import { imageAxesOf, LANES, type ImageAxes } from './form.ts';
import { Groups } from './groups.ts';
import { traits } from './traits.ts';

interface Known {
  readonly isImage: (value: number) => boolean;
  /** Groups of dense weights, which may be stored in another order of their inputs. */
  readonly transposed: ReadonlySet<number>;
}

/**
 * By group: the image that its vectors (or the inputs of its weights) are the flattened form of. Groups that a dense layer
 * ties together (its input, its weight, both gradients) are all found or none is.
 */
export function findFlattened(
  program: Program,
  ops: readonly ProgramOp[],
  groups: Groups,
  known: Known,
): ReadonlyMap<number, ImageAxes> {
  const classes = new Groups(program.values.length);
  const classOf = (value: number) => classes.of(groups.of(value));
  for (const op of ops) classes.join(tied(op).map((value) => groups.of(value)));
  const axes = new Map<number, ImageAxes>();
  const spoiled = new Set<number>();
  for (const op of ops) {
    if (op.id === 'reshape') note(op);
    else for (const value of fixed(op)) spoiled.add(classOf(value));
  }
  for (const value of [program.input, program.prediction]) spoiled.add(classOf(value));
  if (program.training !== null) spoiled.add(classOf(program.training.target));
  for (const value of program.values.keys()) checkMember(value);

  const found = new Map<number, ImageAxes>();
  for (const value of program.values.keys()) {
    const image = axes.get(classOf(value));
    if (image !== undefined && !spoiled.has(classOf(value))) found.set(groups.of(value), image);
  }
  return found;

  function note({ inputs, outputs }: ProgramOp): void {
    const pair = [present(inputs[0], 'input'), present(outputs[0], 'output')];
    for (const [flat, other] of [pair, pair.toReversed()] as [number, number][]) {
      const { shape, batched } = present(program.values[flat], 'value');
      if (!batched || shape.length !== 1) continue;
      const image = known.isImage(other) ? imageAxesOf(present(program.values[other], 'value').shape) : null;
      const old = axes.get(classOf(flat));
      if (image === null || image.channels % LANES !== 0 || (old !== undefined && !sameAxes(old, image))) {
        spoiled.add(classOf(flat));
      } else axes.set(classOf(flat), image);
    }
  }

  /** Members are vectors of the batch and dense weights, nothing else. */
  function checkMember(value: number): void {
    if (!axes.has(classOf(value))) return;
    const { shape, batched } = present(program.values[value], 'value');
    const isVector = batched && shape.length === 1;
    if (!isVector && !known.transposed.has(groups.of(value))) spoiled.add(classOf(value));
  }
}

/** Operands of a product whose columns are the inputs of one dense layer. */
function tied({ id, inputs, outputs, attributes }: ProgramOp): readonly number[] {
  if (id !== 'matmul') return [];
  const [left, right, out] = [present(inputs[0], 'left'), present(inputs[1], 'right'), present(outputs[0], 'out')];
  if (attributes['transposeB'] === true) return [left, right];
  return [right, out];
}

/** Operands that an op needs in their own order. */
function fixed(op: ProgramOp): readonly number[] {
  const operands = [...op.inputs, ...op.outputs];
  if (op.id === 'matmul') {
    const free = tied(op);
    return operands.filter((value) => !free.includes(value));
  }
  return traits[op.id]?.anyOrder === true ? [] : operands;
}

function sameAxes(a: ImageAxes, b: ImageAxes): boolean {
  return a.channels === b.channels && a.height === b.height && a.width === b.width;
}
