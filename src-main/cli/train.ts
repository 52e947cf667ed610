/** `netloom train`: trains a project, keeps the run, writes weights and history. */
import { Option } from 'commander';
import { MAX_THREADS } from '../../src-core/analysis/training-fields.ts';
import { exportRun } from '../../src-core/formats/export-run.ts';
import { openInitialWeights } from '../../src-core/formats/open-weights.ts';
import { writeWeights } from '../../src-core/formats/weights-write.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { EpochRecord, RunStatus } from '../../src-core/contract/records.ts';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import type { Trainer } from '../../src-core/trainer/define.ts';
import { configHash } from '../../src-core/trainer/hashes.ts';
import { prefersBest } from '../../src-core/trainer/settings.ts';
import { createTrainer } from '../../src-core/trainer/trainer.ts';
import { kernelThreads } from '../engine/kernel-threads.ts';
import { storeFile } from '../store/folder.ts';
import { atomicWrite } from '../store/io.ts';
import { openStore, type Store } from '../store/store.ts';
import { exiting, EXIT, type CommandDefinition, type Surroundings } from './define.ts';
import { HistoryFile } from './history-file.ts';
import {
  loadProjectData,
  openProject,
  problemsWith,
  readBytes,
  refuseErrors,
  wholeNumber,
  type Project,
} from './inputs.ts';
import { jsonText, short } from './outputs.ts';
import { ProgressBar } from './progress.ts';
import { loadRun, RunKeeper, type SavedRun } from './run-store.ts';

interface TrainFlags {
  readonly weightsIn?: string;
  readonly weightsOut?: string;
  readonly history?: string;
  readonly every: 'epoch' | 'step';
  readonly epochs?: number;
  readonly seed?: number;
  readonly threads?: number;
  /** A file, true for the usual one, false with --no-store. */
  readonly store?: string | boolean;
  readonly resume?: string;
  readonly json?: boolean;
}

const MAX_EPOCHS = 1_000_000_000;

export const train: CommandDefinition = (program, around) => {
  program
    .command('train')
    .description('train a project; the run is kept and can be gone on with')
    .argument('<project>', 'project file, or the name of a template')
    .option('--weights-in <file>', 'start from these weights')
    .option('--weights-out <file>', 'write the trained weights to this file')
    .option('--history <file>', 'write one JSON line an epoch to this file')
    .addOption(
      new Option('--every <what>', 'a history line every epoch or step').choices(['epoch', 'step']).default('epoch'),
    )
    .option('--epochs <n>', 'total number of epochs, on --resume too', wholeNumber(1, MAX_EPOCHS))
    .option('--seed <n>', 'seed of weights, shuffling and noise', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option('--threads <n>', 'most threads to use', wholeNumber(1, MAX_THREADS))
    .option('--store <file>', 'keep the run in this database')
    .option('--no-store', 'do not keep the run')
    .option('--resume <run>', 'go on with a run of the store')
    .option('--json', 'print the result as JSON')
    .action(exiting(around, (project: string, flags: TrainFlags) => runTrain(project, flags, around)));
};

async function runTrain(name: string, flags: TrainFlags, around: Surroundings): Promise<number> {
  const store = openRunStore(flags, around);
  try {
    return await trainWith(name, flags, store, around);
  } finally {
    store?.close();
  }
}

function openRunStore({ store, resume }: TrainFlags, { dataFolder }: Surroundings): Store | null {
  if (store === false && resume === undefined) return null;
  return openStore({ file: typeof store === 'string' ? store : storeFile(dataFolder) });
}

async function trainWith(name: string, flags: TrainFlags, store: Store | null, around: Surroundings): Promise<number> {
  const asked = withFlags(await openProject(name), flags);
  const saved = store !== null && flags.resume !== undefined ? await loadRun(store, flags.resume) : null;
  const project = saved === null ? asked : goOn(saved, asked, flags);
  refuseErrors(
    problemsWith(project, null).filter(({ severity }) => severity === 'error'),
    around.log,
  );
  const data = await loadProjectData(project);
  refuseErrors(problemsWith(project, data), around.log);
  const trainer = createTrainer({
    threads: kernelThreads(flags.threads),
    document: project.document,
    data,
    backend: 'fast',
    ...(await startOf(saved, flags)),
  });
  const run = { project, trainer, data, saved, flags };
  const keeper = store === null ? null : keepRun(store, run);
  try {
    const { status, last } = await advanceToEnd(run, keeper, around);
    return await deliverResult(run, { id: keeper?.id ?? null, status, last }, around);
  } finally {
    trainer.dispose();
  }
}

interface TrainRun {
  readonly project: Project;
  readonly trainer: Trainer;
  readonly data: LoadedData;
  readonly saved: SavedRun | null;
  readonly flags: TrainFlags;
}

function withFlags({ document, folder }: Project, { epochs, seed, threads }: TrainFlags): Project {
  const training = {
    ...document.training,
    ...(epochs !== undefined && { epochs }),
    ...(seed !== undefined && { seed }),
    ...(threads !== undefined && { threads }),
  };
  return { document: { ...document, training }, folder };
}

/** The saved run's own document; the project on the command line must be the same network with the same settings. */
function goOn(saved: SavedRun, asked: Project, { epochs, seed, threads }: TrainFlags): Project {
  const { training } = saved.document;
  const sameSeed = (document: ProjectDocument): ProjectDocument =>
    seed === undefined ? { ...document, training: { ...document.training, seed: training.seed ?? 1 } } : document;
  if (configHash(sameSeed(asked.document)) !== configHash(sameSeed(saved.document))) {
    throw new AppError('checkpoint.other_config', {});
  }
  const changes = { ...(epochs !== undefined && { epochs }), ...(threads !== undefined && { threads }) };
  const document = { ...saved.document, training: { ...training, ...changes } };
  return { document, folder: saved.folder };
}

async function startOf(saved: SavedRun | null, { weightsIn }: TrainFlags) {
  if (saved !== null) return { checkpoint: saved.checkpoint, ...(saved.best !== null && { best: saved.best }) };
  return weightsIn === undefined ? {} : { weights: openInitialWeights(await readBytes(weightsIn)) };
}

function keepRun(store: Store, { project, trainer, data, saved }: TrainRun): RunKeeper {
  const { document, folder } = project;
  const id = saved?.id ?? store.createRun({ document, folder, epochs: trainer.epochs, shell: 'cli' });
  const keeper = new RunKeeper(store, id, trainer, () => performance.now());
  keeper.begin(data);
  return keeper;
}

interface Outcome {
  readonly status: RunStatus;
  readonly last: EpochRecord | null;
}

async function advanceToEnd(run: TrainRun, keeper: RunKeeper | null, around: Surroundings): Promise<Outcome> {
  const { trainer, saved, flags } = run;
  const { epoch, step } = trainer;
  const history =
    flags.history === undefined
      ? null
      : new HistoryFile({
          path: flags.history,
          every: flags.every,
          from: { epoch, step },
          before: saved?.history ?? [],
        });
  const bar = new ProgressBar(trainer, around.redraw, () => performance.now());
  if (keeper !== null) around.log(`run ${keeper.id}: ${startLine(run)}`);
  let last: EpochRecord | null = saved?.history.at(-1) ?? null;
  let reason: string | null = null;
  while (trainer.status === 'ready' && !around.interrupted.aborted) {
    const from = performance.now();
    const inEpoch = trainer.epoch + 1;
    const slice = trainer.advance(bar.pace.stepsPerSlice);
    bar.pace.took(slice.stepLosses.length, performance.now() - from);
    history?.add({ losses: slice.stepLosses, epoch: inEpoch, lastStep: trainer.step }, slice.record);
    keeper?.tell(slice.record);
    bar.tell(slice.rows, slice.record);
    last = slice.record ?? last;
    reason = slice.reason;
    await new Promise(setImmediate); // lets Ctrl-C in
  }
  bar.end();
  const status = around.interrupted.aborted && trainer.status === 'ready' ? 'stopped' : endOf(trainer);
  keeper?.end(status, reason);
  if (reason !== null) around.log(reason);
  return { status, last };
}

function startLine({ trainer, saved }: TrainRun): string {
  const { epoch, epochs, parameterCount } = trainer;
  return saved === null
    ? `${parameterCount} parameters, ${epochs} epochs`
    : `going on after epoch ${epoch} of ${epochs}`;
}

function endOf(trainer: Trainer): RunStatus {
  return trainer.status === 'diverged' ? 'diverged' : 'done';
}

async function deliverResult(
  { project, trainer, flags }: TrainRun,
  { id, status, last }: Outcome & { id: string | null },
  around: Surroundings,
): Promise<number> {
  if (flags.weightsOut !== undefined) {
    const best = prefersBest(project.document) ? trainer.bestCheckpoint() : null;
    const network = exportRun(project.document, best ?? trainer.checkpoint());
    await atomicWrite(flags.weightsOut, writeWeights(network, { allowNonFinite: false }));
    around.log(`wrote ${flags.weightsOut}`);
  }
  const { epoch, step, bestEpoch } = trainer;
  const result = { run: id, status, best_epoch: bestEpoch, ...last, epoch, step };
  around.print(flags.json ? jsonText(result) : resultLine(result));
  if (status === 'stopped') return Number(around.interrupted.reason);
  return status === 'diverged' ? EXIT.failed : EXIT.done;
}

function resultLine(result: Readonly<Record<string, unknown>>): string {
  const numbers = Object.entries(result).flatMap(([name, value]) =>
    typeof value === 'number' ? [`${name} ${short(value)}`] : [],
  );
  return `${String(result['status'])}: ${numbers.join(', ')}\n`;
}
