/** Renames the values of a program. */
import { present } from '../../lib/assert.ts';
import type { Program, ProgramOp, SectionName, TracedNode } from '../program.ts';

export interface ValueMap {
  /** New number of every old value. */
  readonly news: readonly number[];
  /** Old number of every new value. */
  readonly olds: readonly number[];
}

/** The sections with `change` applied to each. */
export function mapSections(
  { sections }: Pick<Program, 'sections'>,
  change: (ops: readonly ProgramOp[], name: SectionName) => readonly ProgramOp[],
): Program['sections'] {
  const changed = (name: SectionName) => change(sections[name], name);
  return {
    forward: changed('forward'),
    backward: changed('backward'),
    update: changed('update'),
    predict: changed('predict'),
    evaluate: changed('evaluate'),
    penalty: changed('penalty'),
  };
}

/** The same program with its values renumbered. */
export function mapProgram(program: Program, { news, olds }: ValueMap): Program {
  const of = (value: number) => present(news[value], 'value');
  const tensor = <T extends { readonly value: number }>(entry: T): T => ({ ...entry, value: of(entry.value) });
  const op = ({
    inputs,
    outputs,
    parts,
    ...rest
  }: ProgramOp & { readonly parts?: readonly ProgramOp[] }): ProgramOp => ({
    ...rest,
    inputs: inputs.map(of),
    outputs: outputs.map(of),
    ...(parts === undefined ? {} : { parts: parts.map(op) }),
  });
  const traced = ({ value, gradient, gradientOf }: TracedNode): TracedNode => ({
    value: of(value),
    gradient: gradient === null ? null : of(gradient),
    gradientOf,
  });
  const { training, nodes } = program;
  return {
    values: olds.map((old) => present(program.values[old], 'value')),
    sections: mapSections(program, (ops) => ops.map(op)),
    input: of(program.input),
    prediction: of(program.prediction),
    parameters: program.parameters.map(tensor),
    slots: program.slots.map(tensor),
    ...(nodes ? { nodes: new Map([...nodes].map(([node, value]) => [node, of(value)])) } : {}),
    training:
      training === null
        ? null
        : {
            meanLoss: of(training.meanLoss),
            objective: of(training.objective),
            gradientCheck: of(training.gradientCheck),
            weightCheck: of(training.weightCheck),
            evaluationLoss: of(training.evaluationLoss),
            penalty: of(training.penalty),
            target: of(training.target),
            weights: of(training.weights),
            gradients: new Map([...training.gradients].map(([key, value]) => [key, of(value)])),
            ...(training.nodes
              ? { nodes: new Map([...training.nodes].map(([node, place]) => [node, traced(place)])) }
              : {}),
          },
  };
}
