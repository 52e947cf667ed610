/** `netloom graph`: value and gradient of every node of a typed formula, at a point. */
import { InvalidArgumentError, Option } from 'commander';
import { parseExpression, type Expression } from '../../src-core/autodiff/parse.ts';
import { traceExpression, type Mode, type Trace } from '../../src-core/autodiff/trace.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { jsonText, short, table } from './outputs.ts';

interface Options {
  readonly at: Readonly<Record<string, number>>;
  readonly mode: Mode;
  readonly json?: boolean;
}

export const graph: CommandDefinition = (program, around) => {
  const command = program
    .command('graph')
    .description('value and gradient of every node of a formula')
    .argument('<expression>', 'such as "(x+y)*z"', readExpression)
    .option('--at <values>', 'values of the variables, such as x=-2,y=5,z=-4', readPoint, {})
    .addOption(
      new Option('--mode <mode>', 'direction of the sweeps').choices(['reverse', 'forward']).default('reverse'),
    )
    .option('--json', 'print the result as JSON')
    .allowUnknownOption(); // a formula may begin with a minus
  command.action(
    exiting(around, (expression: Expression, { at, mode, json }: Options) => {
      const trace = usage(
        () => traceExpression(expression, at, mode),
        (message) => command.error(`error: ${message}`),
      );
      around.print(json ? jsonText(trace) : asText(trace));
      return EXIT.done;
    }),
  );
};

/** What is wrong with a formula is wrong usage: it stands on the command line. */
function usage<T>(work: () => T, refuse: (message: string) => never): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return refuse(error.message);
    throw error;
  }
}

function readExpression(text: string): Expression {
  return usage(
    () => parseExpression(text),
    (message) => {
      throw new InvalidArgumentError(message);
    },
  );
}

const ASSIGNMENT = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(\S+)\s*$/;

/** 'x=-2,y=5'; may be given several times. */
function readPoint(text: string, before: Readonly<Record<string, number>>): Record<string, number> {
  const point = new Map(Object.entries(before));
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = ASSIGNMENT.exec(part) ?? [];
    if (name === '' || !Number.isFinite(Number(value))) {
      throw new InvalidArgumentError(`Expected name=number, got ${JSON.stringify(part)}.`);
    }
    if (point.has(name)) throw new InvalidArgumentError(`Expected every variable once, got ${name} twice.`);
    point.set(name, Number(value));
  }
  return Object.fromEntries(point);
}

function asText({ value, nodes, passes }: Trace): string {
  const rows = nodes.map(({ id, op, inputs, value, gradient }) => [
    id,
    inputs.length === 0 ? op : `${op}(${inputs.join(', ')})`,
    short(value),
    short(gradient),
  ]);
  const sweeps = `${passes} pass${passes === 1 ? '' : 'es'}`;
  return `${table(['node', 'is', 'value', 'gradient'], rows)}value ${short(value)}, gradients in ${sweeps}\n`;
}
