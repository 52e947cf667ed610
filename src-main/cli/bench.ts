/** `netloom bench`: how fast the engine is on fixed networks, one JSON line each. */
import { Argument, Option } from 'commander';
import { assert } from '../../src-core/lib/assert.ts';
import { fastestKernels, type KernelChoice } from '../../src-core/kernels/registry.ts';
import { peakOf } from '../../src-core/kernels/wasm/module.ts';
import type { Network } from '../../src-core/runtime/define.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { kernelThreads } from '../engine/kernel-threads.ts';
import { measure } from './bench-measure.ts';
import { workloads, type BenchRows, type Workload } from './bench-workloads.ts';
import { exiting, EXIT, type CommandDefinition, type Surroundings } from './define.ts';
import { wholeNumber } from './inputs.ts';
import { jsonLine } from './outputs.ts';

interface BenchFlags {
  readonly threads: number;
  readonly runs: number;
  readonly seconds: number;
  readonly kernels?: KernelChoice;
}

const DEFAULT_RUNS = 5;
const DEFAULT_MILLISECONDS = 500;
const MOST_RUNS = 1000;
const MOST_MILLISECONDS = 600_000;
/** Epochs of one call: a call costs a few microseconds, an epoch of the smallest network takes twenty. */
const EPOCHS_A_CALL = 40;
/** The limit that products are measured against. */
const PEAK = 'peak';
const PEAK_TURNS = 1000;
/** Numbers people read are shown to so many digits. */
const DIGITS = 4;

export const bench: CommandDefinition = (program, around) => {
  program
    .command('bench')
    .description('how fast the engine is, one JSON line per workload')
    .addArgument(
      new Argument('[workload]', 'which network; all when left out').choices([
        ...workloads.map(({ name }) => name),
        PEAK,
      ]),
    )
    .option('--threads <n>', 'threads to use', wholeNumber(1, 64), 1)
    .option('--runs <n>', 'clean runs to take the median of', wholeNumber(1, MOST_RUNS), DEFAULT_RUNS)
    .option('--milliseconds <n>', 'length of a run', wholeNumber(1, MOST_MILLISECONDS), DEFAULT_MILLISECONDS)
    .addOption(
      new Option('--kernels <build>', 'kernels instead of the fastest').choices(['relaxed', 'simd', 'typescript']),
    )
    .option('--json', 'JSON (it always is)')
    .action(
      exiting(around, async (name: string | undefined, flags: BenchFlags & { readonly milliseconds: number }) => {
        const options = { ...flags, seconds: flags.milliseconds / 1000 };
        if (name === PEAK || name === undefined) around.print(`${jsonLine(await benchPeak(options))}\n`);
        for (const workload of workloads.filter((one) => name === undefined || one.name === name)) {
          around.print(`${jsonLine(await benchOne(workload, options, around))}\n`);
        }
        return EXIT.done;
      }),
    );
};

const digits = (value: number) => Number(value.toPrecision(DIGITS));

async function benchOne(workload: Workload, flags: BenchFlags, around: Surroundings) {
  const { graph, training, batchSize } = workload;
  const rows = workload.rows();
  const threads = flags.threads > 1 ? kernelThreads(flags.threads) : undefined;
  const network = createNetwork({ graph, training, backend: 'fast', kernels: flags.kernels, threads, batchSize });
  network.initialize(training.seed ?? 1);
  const options = {
    ...flags,
    onRun: (done: number) => around.redraw?.(`${workload.name}: ${done} of ${flags.runs} runs`),
  };
  const head = { peer: 'netloom', workload: workload.name, threads: flags.threads };
  const result =
    workload.kind === 'train'
      ? await trainRate(network, workload, rows, options)
      : await forwardRate(network, workload, rows, options);
  network.dispose();
  around.redraw?.('');
  return { ...head, ...result, unit: workload.unit, summary: workload.summary };
}

/** What the machine's 128-bit arithmetic gives at most, on one thread: the limit of W4 and W5. */
async function benchPeak(flags: BenchFlags) {
  const build = flags.kernels ?? fastestKernels();
  const head = { peer: 'netloom', workload: PEAK, threads: 1 };
  if (build === 'typescript') return { ...head, skipped: 'no WebAssembly vectors' };
  const turn = peakOf(build);
  const { rate, runs, clean } = await measure((times) => turn(times * PEAK_TURNS), { ...flags, threads: 1 });
  return { ...head, samples_per_s: digits(rate), runs: runs.map(digits), clean, unit: 'operations/s' };
}

type Options = BenchFlags & { readonly onRun: (done: number) => void };

/** Trains on whole batches in file order, as the peers do; loss is evaluated outside the timed part. */
async function trainRate(network: Network, { training, batchSize }: Workload, rows: BenchRows, options: Options) {
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
  const before = network.evaluate(rows).loss;
  const { rate, runs, clean } = await measure(work, options);
  const after = network.evaluate(rows).loss;
  return {
    samples_per_s: digits(rate),
    runs: runs.map(digits),
    clean,
    loss_before: digits(before),
    loss_after: digits(after),
    loss_falls: after < before,
  };
}

/** Computes outputs only. */
async function forwardRate(network: Network, { perRow }: Workload, { count, inputs }: BenchRows, options: Options) {
  const work = (times: number) => {
    for (let i = 0; i < times; i++) network.predict(inputs, count);
    return times * count * perRow;
  };
  const { rate, runs, clean } = await measure(work, options);
  return { samples_per_s: digits(rate), runs: runs.map(digits), clean };
}
