/** Prepares a program for the kernels: moves nothing that lies right already, joins ops that one kernel does, orders the values. */
import { present } from '../../lib/assert.ts';
import { mapProgram, mapSections, type ValueMap } from './rewrite.ts';
import { allOps, formsOf, liesTheSame } from './forms.ts';
import { fits } from './encode/fits.ts';
import type { Form } from './form.ts';
import { fuse } from './fuse.ts';
import { joinImages } from './image-groups.ts';
import type { Program, ProgramOp } from '../program.ts';

export interface Adapted {
  readonly program: Program;
  readonly forms: readonly Form[];
}

/** The program as the kernels run it, or null where it needs something that they do not have. */
export function adapt(program: Program): Adapted | null {
  const forms = formsOf(program);
  if (forms === null) return null;
  const { program: moved, forms: kept } = withoutMoves(program, forms);
  const lying = (value: number) => ({
    value: present(moved.values[value], 'value'),
    form: present(kept[value], 'form'),
  });
  if (!allOps(moved).every((op) => fits(op, op.inputs.map(lying), op.outputs.map(lying)))) return null;
  const fused = fuse(moved, kept);
  const joined = joinImages(fused.program, fused.forms);
  const order = orderOf(joined.program);
  return {
    program: mapProgram(joined.program, order),
    forms: order.olds.map((old) => present(joined.forms[old], 'form')),
  };
}

/** Ops that look at the axes of their operands, not at the runs they lie in: a value keeps its shape for them. */
const NAMES_AXES = new Set([
  'concat',
  'embedding',
  'embedding_gradient',
  'gru',
  'gru_gradient',
  'lstm',
  'lstm_gradient',
  'pad',
  'row_matmul',
  'simple_rnn',
  'simple_rnn_gradient',
  'slice',
  'transpose',
]);

/** Drops reshapes whose result lies where the input lies: the two become one value. */
function withoutMoves(program: Program, forms: readonly Form[]): Adapted {
  const stands = program.values.map((_, i) => i);
  const find = (value: number): number => {
    const next = present(stands[value], 'value');
    return next === value ? value : find(next);
  };
  const isLasting = (value: number) => present(program.values[value], 'value').role !== 'transient';
  const named = new Set(
    allOps(program)
      .filter(({ id }) => NAMES_AXES.has(id))
      .flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  );
  const isDropped = ({ id, inputs, outputs }: ProgramOp): boolean => {
    if (id !== 'reshape') return false;
    const [from, to] = [find(present(inputs[0], 'input')), find(present(outputs[0], 'output'))];
    if (isLasting(from) && isLasting(to)) return false;
    if ([...inputs, ...outputs, from, to].some((value) => named.has(value))) return false;
    const [a, b] = [present(program.values[from], 'value'), present(program.values[to], 'value')];
    if (!liesTheSame(a, present(forms[from], 'form'), b, present(forms[to], 'form'))) return false;
    if (isLasting(to)) stands[from] = to;
    else stands[to] = from;
    return true;
  };
  const sections = mapSections(program, (ops) => ops.filter((op) => !isDropped(op)));
  const map = program.values.map((_, value) => find(value));
  return { program: mapProgram({ ...program, sections }, { news: map, olds: map.map((_, i) => i) }), forms };
}

/**
 * Values in the order in which they should lie: parameters (vectors first, because matrices may be stepped over one by
 * one), then the slots of one name in the same order, then the gradients, so that one command can go through many.
 */
function orderOf(program: Program): ValueMap {
  const { parameters, slots, training } = program;
  const isVector = ({ value }: { readonly value: number }) => present(program.values[value], 'value').shape.length < 2;
  const all = parameters.filter((tensor) => tensor.trained);
  const trained = [...all.filter(isVector), ...all.filter((tensor) => !isVector(tensor))];
  const first: number[] = [
    ...trained.map(({ value }) => value),
    ...parameters.filter((tensor) => !tensor.trained).map(({ value }) => value),
  ];
  const slotValues = new Map(slots.map(({ key, value }) => [key, value]));
  const names = [...new Set(slots.map(({ key }) => slotName(key)))].sort();
  for (const name of names) {
    for (const { key } of trained) {
      const slot = slotValues.get(`${key}/${name}`);
      if (slot !== undefined) first.push(slot);
    }
  }
  for (const { key } of trained) {
    const gradient = training?.gradients.get(key);
    if (gradient !== undefined) first.push(gradient);
  }
  const olds = [...new Set([...first, ...program.values.keys()])];
  const news = new Array<number>(olds.length).fill(0);
  for (const [now, old] of olds.entries()) news[old] = now;
  return { news, olds };
}

function slotName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
