/** `netloom check`: shapes, parameter counts and memory of a project, and every problem it has. */
import type { Analysis, Problem } from '../../src-core/analysis/define.ts';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import { findProblems } from '../../src-core/formats/project-findings.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { formatShape } from '../../src-core/tensor/shape.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { analyzeWith, loadProjectData, openProject, readBytes, type Project } from './inputs.ts';
import { jsonText, table } from './outputs.ts';

export const check: CommandDefinition = (program, around) => {
  program
    .command('check')
    .description('shapes, parameter counts, memory, and every problem of a project')
    .argument('<project>', 'project file, or the name of a template')
    .option('--json', 'print the result as JSON')
    .action(
      exiting(around, async (name: string, { json }: { json?: boolean }) => {
        const { document, analysis, problems, data } = await findingsIn(name);
        around.print(json ? asJson(document, analysis, problems) : asText(document, analysis));
        if (!json) for (const { severity, message } of problems) around.print(`${severity}: ${message}\n`);
        if (!json && data !== null)
          around.print(`${data.training.count} training rows, ${data.validation?.count ?? 0} held out\n`);
        return problems.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.done;
      }),
    );
};

interface Findings {
  readonly document: ProjectDocument;
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
  /** Null where the rows cannot be read. */
  readonly data: LoadedData | null;
}

/** Of a file that is no whole document: what is broken, and what can be said of the rest. */
async function findingsIn(name: string): Promise<Findings> {
  try {
    return await findingsOf(await openProject(name));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'project.structure') throw error;
    return { ...findProblems(await readBytes(name)), data: null };
  }
}

/** What the document alone tells, or, when its rows can be read, what both tell. */
async function findingsOf(project: Project): Promise<Findings> {
  const { document } = project;
  try {
    const data = await loadProjectData(project);
    const analysis = analyzeWith(project, data);
    return { document, analysis, problems: analysis.problems, data };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const analysis = analyzeWith(project, null);
    const found = analysis.problems;
    const isKnown = found.some(({ path, severity }) => severity === 'error' && path?.startsWith('data') === true);
    const own: Problem = { severity: 'error', code: error.code, message: error.message, path: 'data' };
    return { document, analysis, problems: isKnown ? found : [...found, own], data: null };
  }
}

function asText(document: ProjectDocument, analysis: Analysis): string {
  const rows = document.graph.nodes.map(({ id, type }) => {
    const report = analysis.nodes[id];
    const shape = report?.outputShape;
    return [id, type, shape === undefined ? '?' : formatShape(shape), String(report?.parameterCount ?? 0)];
  });
  const memory = `${(analysis.memoryBytes / MEBIBYTE).toFixed(1)} MiB`;
  return `${table(['node', 'type', 'output', 'parameters'], rows)}${analysis.parameterCount} parameters, about ${memory} to train\n`;
}
const MEBIBYTE = 2 ** 20;

function asJson(document: ProjectDocument, analysis: Analysis, problems: readonly Problem[]): string {
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
