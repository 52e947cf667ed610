/** Ops that have a kernel for most operands but not for all. */
import type { ProgramOp } from '../../program.ts';
import { canMove, canReshape, type Lying } from './moves.ts';

type Rule = (inputs: readonly Lying[], outputs: readonly Lying[]) => boolean;

const moves: Rule = (inputs, outputs) => [...inputs, ...outputs].every(canMove);
/** Ids of a row lie side by side. */
const looksUp: Rule = ([ids]) => ids === undefined || ids.value.shape.length <= 1;

const rules: Readonly<Record<string, Rule | undefined>> = {
  concat: moves,
  embedding: looksUp,
  embedding_gradient: looksUp,
  pad: moves,
  reshape: ([from], [to]) => from !== undefined && to !== undefined && canReshape(from, to),
  slice: moves,
  transpose: moves,
};

/** True when the op's kernel takes these operands. */
export function fits({ id }: ProgramOp, inputs: readonly Lying[], outputs: readonly Lying[]): boolean {
  return rules[id]?.(inputs, outputs) ?? true;
}
