/** Joins the gradients of dense weights with the optimizer's steps along them: a panel is stepped over while it is near. */
import { present } from '../../lib/assert.ts';
import type { Program, ProgramOp } from '../program.ts';
import { stepWords } from './encode/updates.ts';
import type { Form } from './form.ts';
import { allOps } from './forms.ts';
import { fusedIds } from './fuse.ts';

const CHECK = 'check_finite';

/**
 * What `backward` and `update` do, as one list that takes each step with its gradient; null where nothing can be joined. The
 * gradients are not looked at by themselves: a step along one that is not finite leaves a tensor that is not, and every step
 * notes that. What no step goes over is checked at the end.
 */
export function descentOf(program: Program, forms: readonly Form[]): readonly ProgramOp[] | null {
  if (program.training === null) return null;
  const { backward, update } = program.sections;
  const steps = update.filter(({ id }) => stepWords[id] !== undefined);
  const stepOf = new Map(steps.map((step) => [step.inputs[1], step]));
  const reads = readCounts(allOps(program).filter(({ id }) => id !== CHECK));
  const lastRead = new Map(backward.flatMap(({ inputs }, index) => inputs.map((value) => [value, index] as const)));
  const stepAlong = (product: ProgramOp, index: number): ProgramOp | null => {
    const [gradient] = product.outputs;
    if (product.id !== 'matmul' || gradient === undefined || forms[gradient]?.kind !== 'transposed') return null;
    const step = stepOf.get(gradient);
    if (step === undefined || reads.get(gradient) !== 1) return null;
    // What follows in this section still needs the weight as it was.
    return (lastRead.get(present(step.inputs[0], 'weight')) ?? -1) > index ? null : step;
  };
  const taken = new Set<ProgramOp>();
  const joined = backward.map((op, index): ProgramOp => {
    const step = stepAlong(op, index);
    if (step === null) return op;
    taken.add(step);
    const attributes = { ...step.attributes, update: step.id };
    return { ...op, id: fusedIds.descent, inputs: [...op.inputs, ...step.inputs], attributes };
  });
  if (taken.size === 0) return null;
  const stepped = new Set(steps.map(({ inputs }) => inputs[0]));
  const left = update.flatMap((op): readonly ProgramOp[] => {
    if (taken.has(op)) return [];
    if (op.id !== CHECK) return [op];
    const inputs = op.inputs.filter((value) => !stepped.has(value));
    return inputs.length === 0 ? [] : [{ ...op, inputs, attributes: { adds: true } }];
  });
  return [...joined.filter(({ id }) => id !== CHECK), ...left];
}

function readCounts(ops: readonly ProgramOp[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { inputs } of ops) for (const value of inputs) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
