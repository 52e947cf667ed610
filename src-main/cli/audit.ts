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
  const worst = tensors.reduce<Audit['tensors'][number] | null>(
    (a, b) => (a === null || b.error > a.error ? b : a),
    null,
  );
  const ok = tensors.every(({ error, fastError }) => error <= tolerance && fastError <= fastTolerance);
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
    tensors: parts,
  };
}

function asText({ isSampled }: Audit, { ok, tolerance, worst, tensors }: ReturnType<typeof judge>): string {
  const rows = tensors.map(({ tensor, size, checked, error, fast_error: fastError }) => {
    return [tensor, `${checked}/${size}`, short(error), short(fastError)];
  });
  const sampled = isSampled ? 'more than 20000 parameters: 200 of each tensor were checked\n' : '';
  const worstLine =
    worst === null
      ? 'nothing to check: no trained parameters'
      : `worst: ${worst.tensor}[${worst.index}]: reverse ${worst.reverse}, difference ${worst.difference}, fast ${worst.fast}`;
  const verdict = `${ok ? 'passed' : 'FAILED'} at a tolerance of ${tolerance}`;
  return `${table(['tensor', 'checked', 'error', 'fast error'], rows)}${sampled}${worstLine}\n${verdict}\n`;
}
