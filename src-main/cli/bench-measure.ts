/** Times work in clean runs: a run counts when the process had its CPU, and the median of the clean ones is the figure. */
import { readFileSync } from 'node:fs';

export interface MeasureOptions {
  /** Clean runs wanted. */
  readonly runs: number;
  /** Seconds of a run, and of the warm-up before the first. */
  readonly seconds: number;
  readonly threads: number;
  /** Called between what is timed: progress. */
  readonly onRun?: (done: number) => void;
}

export interface Measured {
  /** Median of the clean runs, in units a second. */
  readonly rate: number;
  /** The clean runs; the cleanest ones where too few were clean. */
  readonly runs: readonly number[];
  /** '5/6': clean runs of all that were made. */
  readonly clean: string;
}

export interface Run {
  /** Units a second. */
  readonly rate: number;
  /** Share of the time that this process was running, over all its threads. */
  readonly own: number;
  /** CPU time of the rest of the machine over the same time. */
  readonly others: number;
  readonly isClean: boolean;
}

/** One thread: the process ran for this share of the time. */
const LEAST_OWN = 0.96;
/** More threads: the rest of the machine took at most this share of one CPU. */
const MOST_OTHERS = 0.08;
const MOST_TRIES = 4;
const TICK_MS = 10;

/** Milliseconds that all CPUs of the machine have been busy, 0 where the system does not say. */
function busyMs(): number {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    const [, user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = line.split(/\s+/).map(Number);
    return (user + nice + system + irq + softIrq) * TICK_MS;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0; // no Linux
    throw error;
  }
}

/**
 * @param work does its piece the given number of times and answers with the units done; asked for more until a run is long enough
 */
export async function measure(work: (times: number) => number, options: MeasureOptions): Promise<Measured> {
  const times = warmUp(work, options.seconds);
  const runs: Run[] = [];
  const cleanRuns = () => runs.filter(({ isClean }) => isClean);
  while (runs.length < options.runs * MOST_TRIES && cleanRuns().length < options.runs) {
    runs.push(oneRun(work, times, options.threads));
    options.onRun?.(cleanRuns().length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const clean = cleanRuns();
  const used = clean.length >= options.runs ? clean : cleanest(runs, options);
  const rates = used.map(({ rate }) => rate).sort((a, b) => a - b);
  return {
    rate: rates[rates.length >> 1] ?? NaN,
    runs: used.map(({ rate }) => rate),
    clean: `${clean.length}/${runs.length}`,
  };
}

/** Does the work for so many seconds, and answers with how many times it fits into as many again. */
export function warmUp(work: (times: number) => number, seconds: number): number {
  const runMs = seconds * 1000;
  const start = performance.now();
  let times = 1;
  let last: number;
  do {
    const from = performance.now();
    work(times);
    last = performance.now() - from;
    if (last < runMs / 8) times *= 2;
  } while (performance.now() - start < runMs);
  return Math.max(1, Math.round((times * runMs) / Math.max(last, 0.001)));
}

/** One timed run of a process with so many threads. */
export function oneRun(work: (times: number) => number, times: number, threads: number): Run {
  const [busy, cpu, from] = [busyMs(), process.cpuUsage(), performance.now()];
  const units = work(times);
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  const own = (user + system) / 1000;
  const others = Math.max(0, busyMs() - busy - own) / ms;
  const isClean = threads === 1 ? own / ms >= LEAST_OWN : others <= MOST_OTHERS;
  return { rate: (units / ms) * 1000, own: own / ms, others, isClean };
}

function cleanest(runs: readonly Run[], { runs: wanted, threads }: MeasureOptions): readonly Run[] {
  const order = (a: Run, b: Run) => (threads === 1 ? b.own - a.own : a.others - b.others);
  return runs.toSorted(order).slice(0, wanted);
}
