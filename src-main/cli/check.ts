/** `netloom check`: shapes, parameter counts and memory of a project, and every problem it has. */
import type { Analysis, Problem } from '../../src-core/analysis/define.ts';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { formatShape } from '../../src-core/tensor/shape.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { analyzeWith, loadProjectData, openProject, type Project } from './inputs.ts';
import { jsonText, table } from './outputs.ts';

export const check: CommandDefinition = (program, around) => {
  program
    .command('check')
    .description('shapes, parameter counts, memory, and every problem of a project')
    .argument('<project>', 'project file, or the name of a template')
    .option('--json', 'print the result as JSON')
    .action(
      exiting(around, async (name: string, { json }: { json?: boolean }) => {
        const project = await openProject(name);
        const { analysis, problems, data } = await findProblems(project);
        around.print(json ? asJson(project, analysis, problems) : asText(project, analysis));
        if (!json) for (const { severity, message } of problems) around.print(`${severity}: ${message}\n`);
        if (!json && data !== null)
          around.print(`${data.training.count} training rows, ${data.validation?.count ?? 0} held out\n`);
        return problems.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.done;
      }),
    );
};

interface Findings {
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
  /** Null where the rows cannot be read. */
  readonly data: LoadedData | null;
}

/** What the document alone tells, or, when its rows can be read, what both tell. */
async function findProblems(project: Project): Promise<Findings> {
  try {
    const data = await loadProjectData(project);
    const analysis = analyzeWith(project, data);
    return { analysis, problems: analysis.problems, data };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const analysis = analyzeWith(project, null);
    const found = analysis.problems;
    const isKnown = found.some(({ path, severity }) => severity === 'error' && path?.startsWith('data') === true);
    const own: Problem = { severity: 'error', code: error.code, message: error.message, path: 'data' };
    return { analysis, problems: isKnown ? found : [...found, own], data: null };
  }
}

function asText({ document }: Project, analysis: Analysis): string {
  const rows = document.graph.nodes.map(({ id, type }) => {
    const report = analysis.nodes[id];
    const shape = report?.outputShape;
    return [id, type, shape === undefined ? '?' : formatShape(shape), String(report?.parameterCount ?? 0)];
  });
  const memory = `${(analysis.memoryBytes / MEBIBYTE).toFixed(1)} MiB`;
  return `${table(['node', 'type', 'output', 'parameters'], rows)}${analysis.parameterCount} parameters, about ${memory} to train\n`;
}
const MEBIBYTE = 2 ** 20;

function asJson({ document }: Project, analysis: Analysis, problems: readonly Problem[]): string {
  const nodes = document.graph.nodes.map(({ id, type }) => {
    const { inputShapes = [], outputShape = null, parameterCount = 0, flops = 0 } = analysis.nodes[id] ?? {};
    return { id, type, inputs: inputShapes, output: outputShape, parameters: parameterCount, flops };
  });
  return jsonText({
    nodes,
    parameters: analysis.parameterCount,
    flops: analysis.flops,
    memory_bytes: analysis.memoryBytes,
    problems: problems.map(({ severity, code, message, node, path, fix }) => {
      return { severity, code, message, node, path, fix: fix?.label };
    }),
  });
}
