/** Puts a run together: network, data, method, and the state it starts or goes on from. */
import { AppError } from '../lib/errors.ts';
import type { LoadedData } from '../datasets/define.ts';
import type { Network } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { formatShape, sizeOf } from '../tensor/shape.ts';
import { engineBuild } from './build-id.ts';
import { decodeCheckpoint } from './checkpoint.ts';
import { rowWeights, weightsByClass } from './class-weights.ts';
import type { TrainerOptions } from './define.ts';
import { NO_BEST } from './early-stop.ts';
import { configHash } from './hashes.ts';
import type { Method } from './methods/define.ts';
import { methodOf } from './methods/registry.ts';
import { resolveSettings, type TrainingSettings } from './settings.ts';
import { writeArrays, type RunState, type Standing } from './state.ts';
import { setInitialWeights } from './weights.ts';

export interface RunParts {
  readonly network: Network;
  readonly settings: TrainingSettings;
  readonly method: Method;
  readonly state: Standing;
  /** True: at its initial weights, slots all zero. */
  readonly isFresh: boolean;
  readonly best: RunState | null;
}

export function startRun(options: TrainerOptions): RunParts {
  const { document, data, checkpoint, best, weights } = options;
  const { graph, training } = document;
  const settings = resolveSettings(training, data.training.count);
  const definition = methodOf(settings.method);
  const backend = definition.needsFloat64 === true ? 'reference' : options.backend;
  const network = createNetwork({
    graph,
    training,
    backend,
    threads: fewerThreads(options.threads, training.threads),
    batchSize: settings.batchSize,
  });
  checkFit(network, data);
  checkMonitor(settings, data);
  const byClass = weightsByClass(data, training);
  const weightsOfRows = rowWeights(data.training, byClass);
  const { count, inputs, targets } = data.training;
  network.bind({ count, inputs, targets, ...(weightsOfRows && { weights: weightsOfRows }) });
  network.initialize(settings.seed);
  if (checkpoint === undefined && weights !== undefined) setInitialWeights(network, weights);
  const method = definition.start({ network, document, data, settings });
  const fresh = freshState({ method, settings, options: { ...options, backend } });
  if (checkpoint === undefined) return { network, settings, method, state: fresh, isFresh: true, best: null };
  const state = checkOrigin(decodeCheckpoint(checkpoint), fresh);
  writeArrays(network, state);
  method.writeState(state.method);
  const bestState = best === undefined ? null : checkOrigin(decodeCheckpoint(best), fresh);
  const { tensors: _tensors, slots: _slots, ...standing } = state;
  return { network, settings, method, state: standing, isFresh: false, best: bestState };
}

function fewerThreads(starter: TrainerOptions['threads'], most: number | null | undefined): TrainerOptions['threads'] {
  return starter && { ...starter, count: Math.min(starter.count, most ?? Infinity) };
}

function freshState(parts: Pick<RunParts, 'method' | 'settings'> & { options: TrainerOptions }): Standing {
  const { method, settings, options } = parts;
  return {
    build: engineBuild(options.backend),
    config: configHash(options.document),
    data: options.data.sha256,
    epoch: 0,
    step: 0,
    position: 0,
    lossTimesRows: 0,
    rows: 0,
    seed: settings.seed,
    baseRate: settings.learningRate,
    best: NO_BEST,
    finished: null,
    record: null,
    samples: sampleInputs(options.data),
    encoding: options.data.encoding,
    method: method.readState(),
  };
}

/** `state` if it was made by this build from this document and this data. */
function checkOrigin(state: RunState, here: Standing): RunState {
  if (state.build !== here.build) {
    throw new AppError('checkpoint.other_build', { found: state.build, expected: here.build });
  }
  if (state.config !== here.config) throw new AppError('checkpoint.other_config', {});
  if (state.data !== here.data) throw new AppError('checkpoint.other_data', {});
  return state;
}

/** A held-out share may round to no rows at all. Throws AppError 'training.no_validation'. */
function checkMonitor({ earlyStopping }: TrainingSettings, { validation }: LoadedData): void {
  const monitor = earlyStopping?.monitor ?? '';
  if (monitor.startsWith('val_') && validation === null) throw new AppError('training.no_validation', { monitor });
}

/** Throws AppError "data.input_size" or "data.target_size" when rows and network do not fit. */
export function checkFit({ inputShape, outputShape }: Network, data: LoadedData): void {
  const { inputSize, targetSize, fedNames, task } = data;
  const size = sizeOf(inputShape);
  if (inputSize !== size) {
    const names = fedNames.slice(0, SHOWN_NAMES).join(', ') + (fedNames.length > SHOWN_NAMES ? ', …' : '');
    throw new AppError('data.input_size', { inputs: inputSize, names, size, shape: formatShape(inputShape) });
  }
  if (targetSize !== sizeOf(outputShape)) {
    const shape = formatShape(outputShape);
    throw new AppError('data.target_size', { task, targets: targetSize, size: sizeOf(outputShape), shape });
  }
}
const SHOWN_NAMES = 8;

/** Rows of the training part, evenly spread; some twice where there are fewer. */
function sampleInputs({ training, inputSize }: LoadedData): Float64Array {
  const samples = new Float64Array(SAMPLE_ROWS * inputSize);
  for (let i = 0; i < SAMPLE_ROWS; i++) {
    const row = training.count < SAMPLE_ROWS ? i % training.count : Math.floor((i * training.count) / SAMPLE_ROWS);
    samples.set(training.inputs.subarray(row * inputSize, (row + 1) * inputSize), i * inputSize);
  }
  return samples;
}
const SAMPLE_ROWS = 10;
