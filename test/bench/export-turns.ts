/**
 * How soon the engine answers while a network of 4.5 million parameters trains and its saved state is exported or asked about: the
 * longest time in which a message has to wait, and Stop in the middle of an export. One JSON line each; prints figures and asserts nothing:
 *   node test/bench/export-turns.ts [json|onnx|safetensors|pytorch|js|python|predict|look|inside|stop …]
 */
import type { AskArgs, WeightsArgs } from '../../src-core/contract/engine.ts';
import { PART_BYTES } from '../../src-main/engine/part-sender.ts';
import { sleep, startArgs, startEngine } from './engine-here.ts';
import { nets } from './turn-nets.ts';

const POLL_MS = 1;
/** Into an export before Stop is pressed. */
const STOP_AFTER_MS = 500;

const { document } = nets.dense;
const { engine, stop } = await startEngine();
const { place } = startArgs('dense', document);
const round = (ms: number) => Math.round(ms * 10) / 10;

let waits: number[] = [];
let isPolling = true;

/** A message of no effect, again and again. */
async function poll(): Promise<void> {
  while (isPolling) {
    const from = performance.now();
    await engine.cancelReading({ job: 'none' });
    waits.push(performance.now() - from);
    await sleep(POLL_MS);
  }
}

/** The first state that the run saves. */
async function trainUntilSaved(): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const saved = Promise.withResolvers<Uint8Array>();
  engine.on('checkpoint', ({ kind, bytes, isComplete }) => {
    if (kind === 'last') parts.push(bytes);
    if (isComplete) saved.resolve(Uint8Array.from(Buffer.concat(parts)));
  });
  await engine.start(startArgs('dense', document));
  return saved.promise;
}

const state = await trainUntilSaved();

/** As the host hands it over. */
async function handOver(): Promise<WeightsArgs & AskArgs> {
  const key = 'state';
  for (let at = 0; at < state.length; at += PART_BYTES)
    await engine.holdState({ key, size: state.length, at, bytes: state.slice(at, at + PART_BYTES) });
  return { document, place, checkpoint: { key } };
}

async function fetchExport(kind: string): Promise<void> {
  await engine.exportWeights({ ...(await handOver()), allowNonFinite: true, kind, job: kind });
  for (let part = 0; !(await engine.exportPart({ job: kind, part })).isLast; part++);
}

const kinds = (await engine.exportKinds({})).map(({ id }) => [id, () => fetchExport(id)] as const);
const view = { resolution: 50, x: 0, y: 1 };
const acts: Readonly<Record<string, () => Promise<unknown>>> = {
  nothing: () => sleep(2000),
  ...Object.fromEntries(kinds),
  predict: async () => engine.predict({ ...(await handOver()), rows: [[0, 0]] }),
  look: async () => engine.look({ ...(await handOver()), view, confusion: true, insights: ['weights'] }),
  inside: async () => engine.inside({ ...(await handOver()), nodes: ['n1'], weights: 'n1' }),
};

async function measure(what: string, act: () => Promise<unknown>): Promise<void> {
  waits = [];
  const from = performance.now();
  await act();
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor((sorted.length - 1) * share)] ?? NaN);
  const wait = { median: at(0.5), p99: at(0.99), most: at(1) };
  console.log(JSON.stringify({ what, wait_ms: wait, all_ms: Math.round(performance.now() - from) }));
}

const asked = process.argv.slice(2);
const isAsked = (what: string) => asked.length === 0 || asked.includes(what);
const polling = poll();
for (const [what, act] of Object.entries(acts)) if (isAsked(what)) await measure(what, act);
if (isAsked('stop')) {
  const exporting = fetchExport('json');
  await sleep(STOP_AFTER_MS);
  const from = performance.now();
  await engine.stop({});
  console.log(JSON.stringify({ what: 'stop during an export', answered_ms: round(performance.now() - from) }));
  await exporting;
}
isPolling = false;
await polling;
stop();
