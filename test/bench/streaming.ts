/**
 * What watching costs: training with boundary (100 × 100), cards and step losses streamed, beside the same run unwatched, in turns. One
 * JSON line each: the share of throughput that is lost, the middle half of the rounds' shares (what of it is noise), boundaries and
 * progress events a second. Large networks take few steps a second: give them long rounds. Prints figures and asserts nothing:
 *   node test/bench/streaming.ts [small|dense|cnn|rows …] [--rounds 5] [--seconds 1.5] [--watching boundary|cards|both]
 */
import { parseArgs } from 'node:util';
import { sleep, startArgs, startEngine } from './engine-here.ts';
import { nets, type NetName } from './turn-nets.ts';

const DEFAULT_ROUNDS = 5;
const DEFAULT_SECONDS = 1.5;
/** After a switch, before counting. */
const SETTLE_MS = 300;

const text = { type: 'string' } as const;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: text, seconds: text, watching: text },
});
const rounds = Number(values.rounds ?? DEFAULT_ROUNDS);
const roundMs = Number(values.seconds ?? DEFAULT_SECONDS) * 1000;

const at = (numbers: readonly number[], share: number) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * share)] ?? NaN;
const median = (numbers: readonly number[]) => at(numbers, 1 / 2);
const digits = (value: number) => Number(value.toPrecision(3));

const KINDS = {
  boundary: { view: { resolution: 100, x: 0, y: 1 }, cards: false },
  cards: { view: null, cards: true },
  both: { view: { resolution: 100, x: 0, y: 1 }, cards: true },
} as const;

async function measure(name: NetName): Promise<void> {
  const { document, watch } = nets[name];
  const { engine, stop } = await startEngine();
  const seen = { step: 0, at: 0, boundaries: 0, looks: 0, events: 0 };
  engine.on('progress', ({ step, boundary, network }) => {
    Object.assign(seen, { step, at: performance.now(), events: seen.events + 1 });
    if (boundary !== null) seen.boundaries++;
    if (network !== null) seen.looks++;
  });
  await engine.start(startArgs(name, document));
  await sleep(1000);
  const count = async () => {
    await sleep(SETTLE_MS);
    const from = { ...seen };
    await sleep(roundMs);
    const seconds = (seen.at - from.at) / 1000;
    const rate = (key: 'step' | 'boundaries' | 'looks' | 'events') => (seen[key] - from[key]) / seconds;
    return { steps: rate('step'), boundaries: rate('boundaries'), looks: rate('looks'), events: rate('events') };
  };
  for (const [kind, { view, cards }] of Object.entries(KINDS)) {
    if (kind !== (values.watching ?? kind)) continue;
    const lost: number[] = [];
    const watched: Awaited<ReturnType<typeof count>>[] = [];
    for (let round = 0; round < rounds; round++) {
      await engine.watchBoundary({ view: null });
      await engine.watchNetwork({ nodes: [], weights: null });
      const alone = await count();
      await engine.watchBoundary({ view });
      if (cards) await engine.watchNetwork({ nodes: [...watch], weights: null });
      const now = await count();
      watched.push(now);
      lost.push(1 - now.steps / alone.steps);
    }
    const line = {
      ...{ net: name, watching: kind, lost: digits(median(lost)) },
      middle_half: [digits(at(lost, 1 / 4)), digits(at(lost, 3 / 4))],
      boundaries_per_s: digits(median(watched.map(({ boundaries }) => boundaries))),
      looks_per_s: digits(median(watched.map(({ looks }) => looks))),
      events_per_s: digits(median(watched.map(({ events }) => events))),
      steps_per_s: digits(median(watched.map(({ steps }) => steps))),
    };
    console.log(JSON.stringify(line));
  }
  stop();
}

const known = Object.keys(nets) as NetName[];
for (const name of positionals.length === 0 ? known : known.filter((one) => positionals.includes(one))) {
  await measure(name);
}
