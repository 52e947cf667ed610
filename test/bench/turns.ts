/**
 * How soon the engine answers while it trains, looks and saves: Pause and Stop as the host calls them, and the longest time in which a
 * message has to wait. One JSON line for each network. Prints figures and asserts nothing:
 *   node test/bench/turns.ts [small|dense|cnn|rows …] [--seconds 4]
 */
import { parseArgs } from 'node:util';
import type { RunStatus } from '../../src-core/contract/records.ts';
import { sleep, startArgs, startEngine } from './engine-here.ts';
import { nets, type NetName } from './turn-nets.ts';

const DEFAULT_SECONDS = 4;
const PAUSES = 10;
const PAUSE_EVERY_MS = 150;
const POLL_MS = 1;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string' } } });
const seconds = Number(values.seconds ?? DEFAULT_SECONDS);
const round = (value: number) => Math.round(value * 10) / 10;
const spread = (times: readonly number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor((sorted.length - 1) * share)] ?? NaN);
  return { median: at(0.5), most: at(1) };
};

async function measure(name: NetName): Promise<void> {
  const { document, watch } = nets[name];
  const { engine, stop } = await startEngine();
  const shown: { at: number; status: RunStatus }[] = [];
  let savedParts = 0;
  let states = 0;
  const ended = Promise.withResolvers<number>();
  engine.on('progress', ({ status }) => shown.push({ at: performance.now(), status }));
  engine.on('checkpoint', ({ isComplete }) => {
    savedParts++;
    if (isComplete) states++;
  });
  engine.on('ended', () => ended.resolve(performance.now()));
  const waits: number[] = [];
  let isPolling = true;
  const poll = (async () => {
    while (isPolling) {
      const from = performance.now();
      await engine.cancelReading({ job: 'none' });
      waits.push(performance.now() - from);
      await sleep(POLL_MS);
    }
  })();
  await engine.watchBoundary({ view: { resolution: 100, x: 0, y: 1 } });
  await engine.watchNetwork({ nodes: [...watch], weights: watch[0] ?? null });
  await engine.watchInsights({ kinds: ['weights', 'gradients', 'activations'] });
  const from = performance.now();
  const { parameterCount } = await engine.start(startArgs(name, document));
  const startMs = performance.now() - from;
  await sleep(1000);
  waits.length = 0;
  await sleep(seconds * 1000);
  const training = spread(waits);
  const statusAfter = (at: number, status: RunStatus) => shown.find((one) => one.at >= at && one.status === status)?.at;
  const pauses: { answered: number; shown: number }[] = [];
  for (let i = 0; i < PAUSES; i++) {
    const at = performance.now();
    await engine.pause({});
    const answered = performance.now() - at;
    while (statusAfter(at, 'paused') === undefined) await sleep(POLL_MS);
    pauses.push({ answered, shown: (statusAfter(at, 'paused') ?? NaN) - at });
    await engine.continue({});
    await sleep(PAUSE_EVERY_MS);
  }
  const at = performance.now();
  await engine.stop({});
  const stopMs = performance.now() - at;
  const endedMs = (await ended.promise) - at;
  isPolling = false;
  await poll;
  const line = {
    net: name,
    parameters: parameterCount,
    start_ms: round(startMs),
    wait_training_ms: training,
    pause_answered_ms: spread(pauses.map(({ answered }) => answered)),
    pause_shown_ms: spread(pauses.map((pause) => pause.shown)),
    stop_ms: round(stopMs),
    ended_ms: round(endedMs),
    wait_ms: spread(waits),
    saved: { states, parts: savedParts },
  };
  console.log(JSON.stringify(line));
  stop();
}

const known = Object.keys(nets) as NetName[];
for (const name of positionals.length === 0 ? known : known.filter((one) => positionals.includes(one)))
  await measure(name);
