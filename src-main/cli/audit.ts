/** `netloom audit`: is every gradient right? Back-propagation against differences, the fast engine against both. */
import { InvalidArgumentError } from 'commander';
import { auditGradients, FAST_TOLERANCE, type Audit } from '../../src-core/trainer/audit.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { loadProjectData, openProject, problemsWith, refuseErrors } from './inputs.ts';
import { jsonText, short, table } from './outputs.ts';

const DEFAULT_TOLERANCE = 1e-6;

interface AuditFlags {
  readonly tolerance: number;
  readonly json?: boolean;
}

export const audit: CommandDefinition = (program, around) => {
  program
    .command('audit')
    .description('check every gradient against central differences in float64, and the fast engine against both')
    .argument('<project>', 'project file, or the name of a template')
    .option('--tolerance <x>', 'largest relative error', positive, DEFAULT_TOLERANCE)
    .option('--json', 'print the result as JSON')
    .action(
      exiting(around, async (name: string, { tolerance, json }: AuditFlags) => {
        const project = await openProject(name);
        const data = await loadProjectData(project);
        refuseErrors(problemsWith(project, data), around.log);
        const found = auditGradients(project.document, data);
        const result = judge(found, tolerance);
        around.print(json ? jsonText(result) : asText(found, result));
        return result.ok ? EXIT.done : EXIT.failed;
      }),
    );
};

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

function judge({ loss, isSampled, tensors }: Audit, tolerance: number) {
  const fastTolerance = Math.max(tolerance, FAST_TOLERANCE);
  const [worst, worstFast] = [largest(tensors, 'error'), largest(tensors, 'fastError')];
  const ok = (worst?.error ?? 0) <= tolerance && (worstFast?.fastError ?? 0) <= fastTolerance;
  const parts = tensors.map(({ key, size, checked, error, fastError }) => {
    return { tensor: key, size, checked, error, fast_error: fastError };
  });
  return {
    ok,
    loss,
    sampled: isSampled,
    tolerance,
    fast_tolerance: fastTolerance,
    worst: worst && { tensor: worst.key, ...worst.worst, error: worst.error },
    worst_fast: worstFast && { tensor: worstFast.key, fast_error: worstFast.fastError },
    tensors: parts,
  };
}

type Tensors = Audit['tensors'];

/** The tensor with the largest error of that kind; one that is not a number counts as larger than all. */
function largest(tensors: Tensors, kind: 'error' | 'fastError'): Tensors[number] | null {
  return tensors.reduce<Tensors[number] | null>((a, b) => (a !== null && b[kind] <= a[kind] ? a : b), null);
}

function asText({ isSampled }: Audit, result: ReturnType<typeof judge>): string {
  const { worst, worst_fast: worstFast, tensors } = result;
  const rows = tensors.map(({ tensor, size, checked, error, fast_error: fastError }) => {
    return [tensor, `${checked}/${size}`, short(error), short(fastError)];
  });
  const sampled = isSampled ? 'more than 20000 parameters: 200 of each tensor were checked\n' : '';
  const head = `${table(['tensor', 'checked', 'error', 'fast error'], rows)}${sampled}`;
  if (worst === null || worstFast === null) return `${head}nothing to check: no trained parameters\n`;
  const { tensor, index, reverse, difference, fast } = worst;
  const worstLine = `worst: ${tensor}[${index}]: reverse ${reverse}, difference ${difference}, fast ${fast}`;
  const exactLine = judged('reverse mode against differences, both in float64', worst.error, result.tolerance);
  const fastLine = judged('the fast engine in float32 against both', worstFast.fast_error, result.fast_tolerance);
  return `${head}${worstLine}\n${exactLine}\n${fastLine}, in ${worstFast.tensor}\n`;
}

function judged(what: string, error: number, tolerance: number): string {
  return `${error <= tolerance ? 'passed' : 'FAILED'}: ${what}: ${short(error)} (at most ${tolerance})`;
}
