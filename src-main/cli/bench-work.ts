/** A workload made ready to be timed: its network with its rows, and the piece of work that is counted. */
import type { KernelChoice } from '../../src-core/kernels/registry.ts';
import { assert } from '../../src-core/lib/assert.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { kernelThreads } from '../engine/kernel-threads.ts';
import type { Workload } from './bench-workloads.ts';

/** Epochs of one call: a call costs a few microseconds, an epoch of the smallest network takes twenty. */
const EPOCHS_A_CALL = 40;

export interface Work {
  /** Does its piece (an epoch, or all rows forwards) so many times; answers with the units done. */
  readonly work: (times: number) => number;
  /** Mean loss over all rows at present; null where nothing is trained. */
  readonly loss: () => number | null;
  readonly dispose: () => void;
}

export interface WorkOptions {
  readonly threads: number;
  readonly kernels?: KernelChoice;
}

/** Trains on whole batches in file order, as the peers do, or computes outputs only. */
export function openWork(workload: Workload, { threads, kernels }: WorkOptions): Work {
  const { graph, training, batchSize, kind, perRow } = workload;
  const helpers = threads > 1 ? kernelThreads(threads) : undefined;
  const network = createNetwork({ graph, training, backend: 'fast', kernels, threads: helpers, batchSize });
  network.initialize(training.seed ?? 1);
  const dispose = () => network.dispose();
  const rows = workload.rows();
  if (kind === 'forward') {
    const work = (times: number) => {
      for (let i = 0; i < times; i++) network.predict(rows.inputs, rows.count);
      return times * rows.count * perRow;
    };
    return { work, loss: () => null, dispose };
  }
  network.bind(rows);
  const learningRate = Number(training.optimizer['learning_rate']);
  const batches = Math.floor(rows.count / batchSize);
  const used = batches * batchSize;
  const order = Uint32Array.from({ length: used * EPOCHS_A_CALL }, (_, i) => i % used);
  let stepsBefore = 0;
  const work = (epochs: number) => {
    for (let left = epochs; left > 0; left -= EPOCHS_A_CALL) {
      const steps = Math.min(left, EPOCHS_A_CALL) * batches;
      const { divergedAt } = network.train({ order, from: 0, steps, stepsBefore, learningRate });
      assert(divergedAt === undefined, 'the workloads train without diverging');
      stepsBefore += steps;
    }
    return epochs * used;
  };
  return { work, loss: () => network.evaluate(rows).loss, dispose };
}
