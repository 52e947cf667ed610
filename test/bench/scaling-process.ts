/** One process of test/bench/scaling.ts: a workload on so many threads, run whenever the parent says, at the moment it names. */
import { present } from '../../src-core/lib/assert.ts';
import { oneRun, warmUp, type Run } from '../../src-main/cli/bench-measure.ts';
import { openWork } from '../../src-main/cli/bench-work.ts';
import { workloads } from '../../src-main/cli/bench-workloads.ts';

/** What the parent asks for: to get ready, to run at a moment (milliseconds since 1970), or the loss at present. */
export type Order = 'warm' | 'loss' | { readonly at: number };
export type Answer = 'warm' | { readonly loss: number | null } | { readonly run: Run };

const [name = '', threadCount = '1', milliseconds = '500'] = process.argv.slice(2);
const threads = Number(threadCount);
const { work, loss } = openWork(
  present(
    workloads.find((one) => one.name === name),
    name,
  ),
  { threads },
);
let times = 1;

function answer(order: Order): Answer {
  if (order === 'loss') return { loss: loss() };
  if (order === 'warm') {
    times = warmUp(work, Number(milliseconds) / 1000);
    return 'warm';
  }
  // Waiting busily, so that all processes of a round start within microseconds of each other.
  while (performance.timeOrigin + performance.now() < order.at);
  return { run: oneRun(work, times, threads) };
}

process.on('message', (order: Order) => void process.send?.(answer(order)));
