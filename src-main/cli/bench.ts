/** `netloom bench`: how fast the engine is on fixed networks, one JSON line each. */
import { Argument, Option } from 'commander';
import { fastestKernels, type KernelChoice } from '../../src-core/kernels/registry.ts';
import { peakOf } from '../../src-core/kernels/wasm/module.ts';
import { measure } from './bench-measure.ts';
import { openWork } from './bench-work.ts';
import { workloads, type Workload } from './bench-workloads.ts';
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
  const { name, unit, summary } = workload;
  const { work, loss, dispose } = openWork(workload, flags);
  const onRun = (done: number) => around.redraw?.(`${name}: ${done} of ${flags.runs} runs`);
  const before = loss();
  const { rate, runs, clean } = await measure(work, { ...flags, onRun });
  const after = loss();
  dispose();
  around.redraw?.('');
  const head = { peer: 'netloom', workload: name, threads: flags.threads };
  const losses =
    before === null || after === null
      ? {}
      : { loss_before: digits(before), loss_after: digits(after), loss_falls: after < before };
  return { ...head, samples_per_s: digits(rate), runs: runs.map(digits), clean, ...losses, unit, summary };
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
