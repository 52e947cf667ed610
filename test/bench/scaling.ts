/**
 * What more threads bring, and what the machine allows: in rounds one process of one thread, as many such processes side by
 * side as there are threads, and one process of so many threads. Independent processes share nothing but the machine, so
 * no program of several threads can be expected to do more than they do together. Rounds count when every process in them
 * had its CPU. One JSON line each:
 *   node test/bench/scaling.ts W2 [--threads 2] [--runs 5] [--milliseconds 500]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { present } from '../../src-core/lib/assert.ts';
import type { Run } from '../../src-main/cli/bench-measure.ts';
import { workloads } from '../../src-main/cli/bench-workloads.ts';
import type { Answer, Order } from './scaling-process.ts';

const BODY = join(import.meta.dirname, 'scaling-process.ts');
const MOST_TRIES = 4;
/** From the order to the common start: every process has heard of it by then. */
const AHEAD_MS = 20;
const DIGITS = 4;
const WAYS = ['alone', 'apart', 'together'] as const;
type Way = (typeof WAYS)[number];

const text = { type: 'string' } as const;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { threads: text, runs: text, milliseconds: text },
});
const workload = present(
  workloads.find(({ name }) => name === positionals[0]),
  `workload ${positionals[0] ?? ''}`,
);
const threads = Number(values.threads ?? 2);
const wanted = Number(values.runs ?? 5);

const digits = (value: number) => Number(value.toPrecision(DIGITS));
const middle = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

async function ask(child: ChildProcess, order: Order): Promise<Answer> {
  const answered = once(child, 'message');
  child.send(order);
  const [answer] = (await answered) as [Answer];
  return answer;
}

async function lossOf(child: ChildProcess): Promise<number | null> {
  const answer = await ask(child, 'loss');
  return typeof answer === 'object' && 'loss' in answer ? answer.loss : null;
}

async function runsOf(children: readonly ChildProcess[]): Promise<readonly Run[]> {
  const at = performance.timeOrigin + performance.now() + AHEAD_MS;
  const answers = await Promise.all(children.map((child) => ask(child, { at })));
  return answers.flatMap((answer) => (typeof answer === 'object' && 'run' in answer ? [answer.run] : []));
}

const start = (count: number) => fork(BODY, [workload.name, String(count), values.milliseconds ?? '500']);
const single = Array.from({ length: threads }, () => start(1));
const together = start(threads);
const children = [...single, together];
const ways: Readonly<Record<Way, readonly ChildProcess[]>> = {
  alone: single.slice(0, 1),
  apart: single,
  together: [together],
};
const lossesOf = () => Promise.all([...ways.alone, ...ways.together].map(lossOf));
const before = await lossesOf();
for (const child of children) await ask(child, 'warm');

type Round = Readonly<Record<Way, readonly Run[]>>;
const rounds: Round[] = [];
const isClean = (round: Round) => WAYS.every((way) => round[way].every((run) => run.isClean));
const cleanRounds = () => rounds.filter(isClean);
while (rounds.length < wanted * MOST_TRIES && cleanRounds().length < wanted) {
  const round: Partial<Record<Way, readonly Run[]>> = {};
  for (const way of WAYS) round[way] = await runsOf(ways[way]);
  rounds.push(round as Round); // every way has just been run
}
const after = await lossesOf();
for (const child of children) child.kill();

const clean = cleanRounds();
const used = clean.length >= wanted ? clean : rounds;
const ratesOf = (way: Way) => used.map((round) => round[way].reduce((sum, { rate }) => sum + rate, 0));
function print(way: Way, more: object, [from = null, to = null]: readonly (number | null)[] = []): void {
  const rates = ratesOf(way);
  const losses =
    from === null || to === null ? {} : { loss_before: digits(from), loss_after: digits(to), loss_falls: to < from };
  const line = {
    ...{ peer: 'netloom', workload: workload.name, ...more },
    ...{ samples_per_s: digits(middle(rates)), runs: rates.map(digits), clean: `${clean.length}/${rounds.length}` },
    ...{ ...losses, unit: workload.unit, summary: workload.summary },
  };
  console.log(JSON.stringify(line));
}
print('alone', { threads: 1 }, [before[0] ?? null, after[0] ?? null]);
print('apart', { threads, peer: 'netloom-processes' });
print('together', { threads }, [before[1] ?? null, after[1] ?? null]);
