/** Which matrices lie column by column: dense weights [out, in] as [in][out], and all that meets them element by element. */
import type { OpId } from '../../ops/registry.ts';
import { columnMajor, rowMajor, type Layout } from '../../tensor/layout.ts';
import type { Program, ProgramOp } from '../program.ts';

/** Ops that treat values as bags of numbers: any layout will do as long as all operands of one shape share it. */
const agnostic: ReadonlySet<string> = new Set<OpId>([
  'adagrad_update',
  'adam_update',
  'add',
  'check_finite',
  'clip_by_norm',
  'clip_by_value',
  'delta_bar_delta_update',
  'fill',
  'global_norm',
  'multiply',
  'penalty',
  'penalty_gradient',
  'rmsprop_update',
  'scale',
  'sgd_update',
]);
/** Of these, the ones that look at each operand alone. */
const reducing: ReadonlySet<string> = new Set<OpId>(['check_finite', 'global_norm', 'penalty']);

/** Layout of every value of a program; all are row-major but the matrices named above. Cost: linear in ops. */
export function chooseLayouts(program: Program): readonly Layout[] {
  const classes = new Classes(program.values.length);
  const isBarred = new Set<number>();
  const isWanted = new Set<number>();
  for (const op of Object.values(program.sections).flat()) {
    if (agnostic.has(op.id)) uniteOperands(op, program, classes);
    else noteMatrixUses(op, isBarred, isWanted);
  }
  const barred = new Set([...isBarred].map((value) => classes.find(value)));
  const wanted = new Set([...isWanted].map((value) => classes.find(value)));
  return program.values.map(({ shape, batched }, value) => {
    const root = classes.find(value);
    const isColumnMajor = !batched && shape.length === 2 && wanted.has(root) && !barred.has(root);
    return isColumnMajor ? columnMajor(shape) : rowMajor(shape);
  });
}

function uniteOperands({ id, inputs, outputs }: ProgramOp, { values }: Program, classes: Classes): void {
  if (reducing.has(id)) return;
  const [first, ...others] = [...outputs, ...inputs].filter((value) => values[value]?.shape.length === 2);
  for (const other of others) if (first !== undefined) classes.unite(first, other);
}

/** The right factor of a product and the gradient of a weight may lie either way; everything else is row-major. */
function noteMatrixUses(
  { id, inputs, outputs, attributes }: ProgramOp,
  barred: Set<number>,
  wanted: Set<number>,
): void {
  const isProduct = id === 'matmul';
  const isWeightGradient = isProduct && attributes['transposeA'] === true;
  for (const [i, value] of inputs.entries()) {
    if (!isProduct || i === 0 || isWeightGradient) barred.add(value);
    else if (attributes['transposeB'] === true) wanted.add(value);
  }
  if (!isWeightGradient) for (const value of outputs) barred.add(value);
}

/** Sets of values that must share a layout (union-find with path halving; Tarjan and van Leeuwen, 1984). */
class Classes {
  private readonly parents: Int32Array;

  constructor(count: number) {
    this.parents = Int32Array.from({ length: count }, (_, i) => i);
  }

  find(value: number): number {
    let at = value;
    for (let up = this.parents[at] as number; up !== at; up = this.parents[at] as number) {
      this.parents[at] = this.parents[up] as number;
      at = this.parents[at] as number;
    }
    return at;
  }

  unite(a: number, b: number): void {
    this.parents[this.find(a)] = this.find(b);
  }
}
