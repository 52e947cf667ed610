/**
 * How long one turn of the host's event loop takes while it saves large states and goes on from one, lists many runs, reads a long history,
 * takes a large upload, exports weights and asks the engine about a saved state: windows wait for no longer than that. One JSON line each: milliseconds at most, and at
 * the 99.9th and 99th percentile. Prints figures and asserts nothing:
 *   node test/bench/host-loop.ts [idle|saving|resume|list|history|upload|export|asked …]
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Connection } from '../../src-core/contract/client.ts';
import { servicesOf, type Services } from '../../src-renderer/host/services.ts';
import { longRun, manyRuns } from '../feel/seeded.ts';
import { enter, openSocket, pageWire } from '../helpers/browser-client.ts';
import { nets } from './turn-nets.ts';

const root = join(import.meta.dirname, '..', '..');
const RUNS = 10_000;
/** As the window asks. */
const PAGE = 100;
const EPOCHS = 100_000;
const UPLOAD_BYTES = 50 * 2 ** 20;
const PIECE_BYTES = 512 * 1024;
const TRAIN_MS = 4000;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Measured {
  readonly services: Services;
  /** How late the loop was while `act` went on. */
  lateness(act: () => Promise<unknown>): Promise<readonly number[]>;
}

async function withHost(home: string, use: (host: Measured) => Promise<void>): Promise<void> {
  const meter = join(import.meta.dirname, 'loop-meter.mjs');
  const host = spawn(process.execPath, ['--import', meter, join(root, 'out', 'main', 'serve.js')], {
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await addressOf(host);
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: host.stderr }).on('line', (line) => {
    if (line.startsWith('loop ')) waiting.shift()?.(line.slice('loop '.length));
  });
  const report = () =>
    new Promise<readonly number[]>((resolve) => {
      waiting.push((line) => resolve(JSON.parse(line) as number[]));
      host.kill('SIGUSR2');
    });
  const socket = await openSocket(address, await enter(address));
  try {
    const services = servicesOf(new Connection(pageWire(socket)));
    await services.tabs.join({ wants: 'edit' });
    await sleep(1000);
    await use({
      services,
      lateness: async (act) => {
        await report();
        await act();
        return report();
      },
    });
  } finally {
    socket.close();
    host.kill('SIGTERM');
    if (host.exitCode === null) await once(host, 'exit');
    rmSync(home, { recursive: true, force: true });
  }
}

async function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    host.stdout?.on('data', (data: Buffer) => {
      printed += data.toString();
      const found = /http:\/\/\S+/.exec(printed)?.[0];
      if (found !== undefined) resolve(found);
    });
    host.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${printed}`)));
  });
}

const tell = (what: string, [most, p999, p99]: readonly number[]) =>
  console.log(JSON.stringify({ what, late_ms: { most, p999, p99 } }));
const newHome = () => mkdtempSync(join(tmpdir(), 'netloom-loop-'));

async function trainDense({ services, lateness }: Measured): Promise<string> {
  const { document } = nets.dense;
  let id = '';
  const saving = await lateness(async () => {
    const { runId } = await services.training.start({ document, paused: false });
    id = runId;
    await sleep(TRAIN_MS);
    await services.training.stop({});
    while ((await services.training.current({})) !== null) await sleep(50);
  });
  tell('states of 4.5 million parameters with Adam saved', saving);
  return id;
}

const measures: Readonly<Record<string, () => Promise<void>>> = {
  /** What the machine itself keeps a host waiting: other figures say nothing below it. */
  idle: () => withHost(newHome(), async ({ lateness }) => tell('nothing to do', await lateness(() => sleep(TRAIN_MS)))),
  saving: () => withHost(newHome(), async (host) => void (await trainDense(host))),
  resume: () =>
    withHost(newHome(), async (host) => {
      const runId = await trainDense(host);
      const { training, runs } = host.services;
      tell('resuming it', await host.lateness(() => training.resumeRun({ runId })));
      await training.stop({});
      tell('a branch of it', await host.lateness(() => runs.branch({ runId, which: 'last' })));
    }),
  list: async () => {
    const home = newHome();
    manyRuns(home, RUNS);
    await withHost(home, async ({ services, lateness }) => {
      tell(`one page of ${RUNS} runs`, await lateness(() => services.runs.list({ limit: PAGE })));
    });
  },
  history: async () => {
    const home = newHome();
    longRun(home, EPOCHS);
    await withHost(home, async ({ services, lateness }) => {
      const [run] = (await services.runs.list({ limit: 1 })).runs;
      const runId = run?.id ?? '';
      const curve = { runId, metric: 'loss', from: 0, to: EPOCHS, buckets: 500 };
      tell(`a run of ${EPOCHS} epochs`, await lateness(() => services.runs.get({ runId })));
      tell(`the curve of ${EPOCHS} epochs`, await lateness(() => services.runs.curve(curve)));
      tell(`resuming it`, await lateness(() => services.training.resumeRun({ runId, epochs: EPOCHS * 2 })));
      await services.training.stop({});
    });
  },
  upload: () =>
    withHost(newHome(), async ({ services, lateness }) => {
      const late = await lateness(async () => {
        const row = 'some,numbers,1.25,2.5,3.75,class\n';
        const text = Buffer.from(row.repeat(Math.floor(UPLOAD_BYTES / row.length)));
        const { upload } = services.data;
        for (let offset = 0; offset < text.length; offset += PIECE_BYTES) {
          const bytes = Uint8Array.from(text.subarray(offset, offset + PIECE_BYTES));
          await upload({ name: 'rows.csv', offset, total: text.length, bytes });
        }
        await services.data.inspectCsv({ path: 'rows.csv' });
      });
      tell(`${UPLOAD_BYTES / 2 ** 20} MB of CSV imported`, late);
    }),
  export: () =>
    withHost(newHome(), async (host) => {
      const runId = await trainDense(host);
      for (const { id } of await host.services.runs.exportKinds({})) {
        const from = performance.now();
        tell(`4.5 million parameters as ${id}`, await host.lateness(() => fetchExport(host.services, runId, id)));
        console.log(JSON.stringify({ export: id, all_ms: Math.round(performance.now() - from) }));
      }
    }),
  asked: () =>
    withHost(newHome(), async (host) => {
      const runId = await trainDense(host);
      const { runs } = host.services;
      const state = { runId, which: 'last' } as const;
      const view = { resolution: 50, x: 0, y: 1 };
      const acts: Readonly<Record<string, () => Promise<unknown>>> = {
        'a look at them': () => runs.look({ ...state, view, confusion: true, insights: ['weights'] }),
        'the weights of a layer': () => runs.inside({ ...state, nodes: ['n1'], weights: 'n1' }),
        'a row predicted': () => runs.predict({ ...state, rows: [[0, 0]] }),
      };
      for (const [what, act] of Object.entries(acts)) tell(`4.5 million parameters: ${what}`, await host.lateness(act));
    }),
};

async function fetchExport({ runs }: Services, runId: string, kind: string): Promise<void> {
  const job = `export-${kind}`;
  await runs.exportWeights({ runId, which: 'last', allowNonFinite: true, kind, job });
  for (let part = 0; !(await runs.exportPart({ job, part })).isLast; part++);
}

const asked = process.argv.slice(2);
for (const [name, measure] of Object.entries(measures)) {
  if (asked.length === 0 || asked.includes(name)) await measure();
}
