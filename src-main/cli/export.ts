/** `netloom export`: a weights file in another format. */
import { dirname, join, parse } from 'node:path';
import { Option } from 'commander';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import { folders } from '../../src-core/formats/folders.ts';
import { openWeights } from '../../src-core/formats/open-weights.ts';
import { formats } from '../../src-core/formats/registry.ts';
import { runners, runnerText } from '../../src-core/formats/runners/registry.ts';
import type { Graph } from '../../src-core/graph/model.ts';
import { present } from '../../src-core/lib/assert.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { JsonObject } from '../../src-core/lib/json.ts';
import { readerOf } from '../engine/data-access.ts';
import { atomicWrite } from '../store/io.ts';
import { exiting, EXIT, type CommandDefinition, type Surroundings } from './define.ts';
import { exportNetwork } from './export-files.ts';
import { loadProjectData, openProject, readBytes } from './inputs.ts';

interface ExportFlags {
  readonly format: string;
  readonly out: string;
  readonly project?: string;
  readonly runner?: string;
  readonly allowNonFinite?: boolean;
  readonly json?: boolean;
}

/** Files and folders alike. */
export const formatOption = () =>
  new Option('--format <name>', 'kind of file or folder').choices(
    [...Object.keys(formats), ...Object.keys(folders)].sort(),
  );

export const exportCommand: CommandDefinition = (program, around) => {
  program
    .command('export')
    .description('write a weights file in another format')
    .argument('<weights>', 'weights file')
    .addOption(formatOption().makeOptionMandatory())
    .requiredOption('--out <file>', 'file to write; the folder, for pytorch')
    .option('--project <file>', 'the project, where the rows are not found beside the weights (pytorch)')
    .addOption(
      new Option('--runner <language>', 'with json: also a file without dependencies that predicts').choices(
        Object.keys(runners),
      ),
    )
    .option('--allow-non-finite', 'write NaN and infinities too')
    .option('--json', 'say what was written as JSON')
    .action(
      exiting(around, async (weights: string, { project, runner, ...flags }: ExportFlags) => {
        if (runner !== undefined && flags.format !== 'json') {
          around.log(`netloom: ${new AppError('export.runner', { format: flags.format }).message}`);
          return EXIT.usage;
        }
        const { network } = openWeights(await readBytes(weights));
        const rows = () => (project === undefined ? ownRows(network.data, weights, around) : rowsOf(project));
        await exportNetwork(network, { ...flags, rows }, around);
        if (runner !== undefined) await writeBeside(flags.out, runner, network.graph, around);
        return EXIT.done;
      }),
    );
};

/** The runner takes the name of the weights file it loads, with an ending of its own. */
async function writeBeside(out: string, language: string, graph: Graph, { log }: Surroundings): Promise<void> {
  const runner = present(runners[language], language);
  const { dir, name, base } = parse(out);
  const path = join(dir, `${name}${runner.extension}`);
  await atomicWrite(path, new TextEncoder().encode(runnerText(runner, graph, base)));
  log(`wrote ${path}`);
}

async function rowsOf(project: string): Promise<LoadedData> {
  return loadProjectData(await openProject(project));
}

/** The rows that the weights file tells of; null, and a line that says so, where they are not there. */
async function ownRows(data: JsonObject, weights: string, { log }: Surroundings): Promise<LoadedData | null> {
  try {
    return await loadData(data, readerOf({ folder: dirname(weights), isOpen: true }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log(`warning: left out the rows (${error.message}); --project names a project that has them`);
    return null;
  }
}
