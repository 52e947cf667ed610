/**
 * Where the time of a training step goes, on one thread and on more: the step is cut off behind its first command, its second
 * and so on, and what each adds is printed, with what it costs above an equal share (imbalance, waiting for one another, rows
 * that lie in another core's cache). Nothing is added to the kernels for it: the ends of the lists of commands are moved where
 * they stand in memory. Times are the shortest of many short tries, so that other programs hardly show in them:
 *   node test/bench/phases.ts W2 [--threads 2] [--tries 200] [--steps 6]
 */
import { parseArgs } from 'node:util';
import { opcodes } from '../../src-core/kernels/wasm/opcodes.ts';
import { READY_WORD, type ThreadStarter } from '../../src-core/kernels/wasm/threads.ts';
import { assert, present } from '../../src-core/lib/assert.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { workloads } from '../../src-main/cli/bench-workloads.ts';
import { kernelThreads } from '../../src-main/engine/kernel-threads.ts';
import { sleep } from './engine-here.ts';

const text = { type: 'string' } as const;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { threads: text, tries: text, steps: text },
});
const [name = 'W2'] = positionals;
const threads = Number(values.threads ?? 2);
const tries = Number(values.tries ?? 200);
const steps = Number(values.steps ?? 6);
const { graph, training, batchSize, rows } = present(
  workloads.find((one) => one.name === name && one.kind === 'train'),
  `training workload ${name}`,
);
const data = rows();
const order = Uint32Array.from({ length: steps * batchSize }, (_, i) => i % data.count);

const BYTES = 4;
/** Word of a number of the job, and which of them say where a step's lists of commands begin: as in assembly/job.ts and loop.ts. */
const wordOf = (index: number) => 128 + 2 * index;
const LOOP = { forward: 20, backward: 21, descent: 27, descentEnd: 28 } as const;
const SLICES = opcodes.indexOf('slices');
const LOW_WORD = 0xffff;

function open(starter: ThreadStarter) {
  let memory: WebAssembly.Memory | undefined;
  const start: ThreadStarter['start'] = (job) => {
    memory = job.memory as unknown as WebAssembly.Memory; // the core names only what it uses of it
    return starter.start(job);
  };
  const network = createNetwork({
    ...{ graph, training, backend: 'fast', batchSize },
    threads: { count: starter.count, start },
  });
  network.initialize(training.seed ?? 1);
  network.bind(data);
  const words = () => new Int32Array(present(memory, `memory of ${name}, shared out`).buffer);
  /** Microseconds of a step. */
  const time = () => {
    const from = performance.now();
    network.train({ order, from: 0, steps, stepsBefore: 0, learningRate: 0 });
    return ((performance.now() - from) * 1000) / steps;
  };
  return { words, time, dispose: () => network.dispose() };
}

interface Command {
  readonly label: string;
  /** Which number of the loop is this one's end when the step is cut off behind it. */
  readonly list: number;
  readonly end: number;
}

function commandsIn(words: Int32Array, list: number, from: number, to: number): Command[] {
  const commands: Command[] = [];
  for (let at = from; at < to;) {
    const head = words[at / BYTES] ?? 0;
    const opcode = head & LOW_WORD;
    let end = at + (head >>> 16) * BYTES;
    let inner = '';
    if (opcode === SLICES) {
      const first = end;
      end += words[at / BYTES + 1] ?? 0;
      const labels = commandsIn(words, list, first, end).map((command) => command.label);
      inner = `: ${labels.join(', ')}`;
    }
    commands.push({ label: `${opcodes[opcode] ?? '?'}${inner}`, list, end });
    at = end;
  }
  return commands;
}

// Threads that never come: the first one does everything.
const alone = open({ count: threads, start: () => () => undefined });
const { count, start } = kernelThreads(threads);
const together = open({ count, start });
while (Atomics.load(together.words(), READY_WORD) < threads - 1) await sleep(1);
const words = together.words();
const at = (which: keyof typeof LOOP) => words[wordOf(LOOP[which])] ?? 0;
assert(at('descent') !== 0, `${name} steps along its gradients as they are made`);
const starts = [
  [LOOP.backward, at('forward')],
  [LOOP.descentEnd, at('descent')],
] as const;
const commands = [
  ...commandsIn(words, LOOP.backward, at('forward'), at('backward')),
  ...commandsIn(words, LOOP.descentEnd, at('descent'), at('descentEnd')),
];

/** Leaves the first `count` commands of a step. */
function cut(memory: Int32Array, count: number): void {
  for (const [list, start] of starts) {
    const last = commands.slice(0, count).findLast((command) => command.list === list);
    memory[wordOf(list)] = last?.end ?? start;
  }
}

const ways = [alone, together];
const least = Array.from({ length: commands.length + 1 }, () => ways.map(() => Infinity));
for (let i = 0; i < tries; i++) {
  for (const [count, row] of least.entries()) {
    for (const [way, { words: memory, time }] of ways.entries()) {
      cut(memory(), count);
      row[way] = Math.min(row[way] ?? Infinity, time());
    }
  }
}
for (const way of ways) way.dispose();

const shown = (us: number) => us.toFixed(1).padStart(9);
const line = ([one = 0, more = 0]: readonly number[], label: string) =>
  console.log(shown(one), shown(more), shown(more - one / threads), ` ${label}`);
console.log(`${name}, microseconds of a step\n${' '.repeat(3)}1 thread ${threads} threads     above  command`);
least.forEach((row, i) => {
  const before = least[i - 1];
  line(before ? row.map((us, way) => us - (before[way] ?? 0)) : row, commands[i - 1]?.label ?? 'rows of the batch');
});
const [one = NaN, more = NaN] = least.at(-1) ?? [];
line([one, more], `all: ${(one / more).toFixed(2)} times one thread`);
process.exit(0); // the threads' work is over
