// Measures the engine on its workloads, beside other libraries where a folder with their scripts is named:
//   npm run bench -- [W1 …] [--threads 1,2] [--rounds 3] [--peers FOLDER] [--json FILE] [--scale]
// FOLDER (or NETLOOM_BENCH_PEERS) holds scripts that print a JSON line {peer, workload, threads, samples_per_s, …}. Rounds are interleaved, so that slow drift
// hits all alike; the figure of a pair is the median of its rounds. Plain JS: started by any Node from 20 on.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { buildKernelsIfNeeded } from '../../src-main/build-kernels.mjs';
import { requireNode24, root } from '../../src-main/node24.mjs';

const ALL = ['W1', 'W1b1', 'W1b30', 'W2', 'W3', 'W4', 'W5', 'W6'];
const node = requireNode24();

function parse(argv) {
  const options = {
    names: [],
    threads: [1],
    rounds: 3,
    peers: process.env.NETLOOM_BENCH_PEERS ?? null,
    json: null,
    scale: false,
  };
  for (let i = 0; i < argv.length; i++) {
    const value = () => argv[++i] ?? stop(`${argv[i - 1]} needs a value`);
    if (argv[i] === '--threads') options.threads = value().split(',').map(Number);
    else if (argv[i] === '--rounds') options.rounds = Number(value());
    else if (argv[i] === '--peers')
      options.peers = argv[i + 1]?.startsWith('-') === false ? value() : (options.peers ?? '');
    else if (argv[i] === '--json') options.json = value();
    else if (argv[i] === '--scale') options.scale = true;
    else if (ALL.includes(argv[i])) options.names.push(argv[i]);
    else stop(`unknown argument ${argv[i]}`);
  }
  if (options.names.length === 0) options.names = ALL;
  return options;
}

function stop(message) {
  console.error(message);
  process.exit(2);
}

/** The last JSON line a command prints, or why there is none. */
function lineOf(label, command, args, environment = {}, cwd = root) {
  const env = { ...process.env, ...environment };
  // Some machines hold BLAS to an older CPU through these: peers choose for themselves.
  for (const name of Object.keys(env)) if (name.startsWith('OPENBLAS_') && !(name in environment)) delete env[name];
  const { stdout, stderr, status, error } = spawnSync(command, args, {
    env,
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const line = (stdout ?? '')
    .trim()
    .split('\n')
    .findLast((text) => text.startsWith('{'));
  if (status === 0 && line !== undefined) return JSON.parse(line);
  const why = error?.message ?? (stderr ?? '').trim().split('\n').at(-1) ?? '';
  return { peer: label, skipped: why || `exit code ${status}` };
}

/** Our own run of a workload. */
function own(workload, threads) {
  const cli = join(root, 'src-main', 'cli', 'cli.ts');
  return lineOf('netloom', node, [cli, 'bench', workload, '--threads', String(threads)]);
}

/** Peers that the folder has a script for: label, command and arguments for a workload and a number of threads. */
function peersIn(folder) {
  const at = (name) => join(resolve(folder), name);
  const list = [];
  const add = (label, file, command, argsOf, fits) => {
    if (existsSync(at(file))) list.push({ label, command, args: (w, t) => [at(file), ...argsOf(w, t)], fits });
    else console.error(`${label}: left out, ${at(file)} is not there`);
  };
  const any = () => true;
  const single = (w, t) => t === 1;
  const python = '/usr/bin/python3';
  add('pytorch-avx512', 'pytorch.py', python, (w, t) => [w, String(t), 'avx512', ...(w === 'W3' ? ['nhwc'] : [])], any);
  add('pytorch-avx2', 'pytorch.py', python, (w, t) => [w, String(t), 'avx2', ...(w === 'W3' ? ['nhwc'] : [])], any);
  add(
    'tfjs-wasm',
    'tfjs.mjs',
    node,
    (w) => [w, 'wasm', w.startsWith('W1') ? 'layers' : 'core'],
    (w, t) => t === 1 && w !== 'W3',
  );
  add(
    'convnetjs',
    'convnetjs.cjs',
    node,
    (w) => [w],
    (w, t) => t === 1 && w !== 'W4',
  );
  const plain = ['plain_js.mjs', '../prototype-kernels/plain_js.mjs'].find((name) => existsSync(at(name)));
  if (plain)
    add(
      'plain-js-f32-math',
      plain,
      node,
      (w) => [w, 'f32', 'math'],
      (w, t) => single(w, t) && w.startsWith('W1'),
    );
  return list;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const short = (x) =>
  x >= 1e6 ? `${(x / 1e6).toPrecision(3)} M` : x >= 1e4 ? `${(x / 1e3).toPrecision(3)} k` : x.toPrecision(4);

function report(lines) {
  const groups = Map.groupBy(
    lines.filter(({ samples_per_s: rate }) => rate !== undefined),
    ({ workload, peer, threads = 1 }) => `${workload} ${peer} ${threads}`,
  );
  const rows = [...groups.values()].map((group) => ({
    ...group[0],
    rate: median(group.map((line) => line.samples_per_s)),
  }));
  const peak = rows.find(({ workload }) => workload === 'peak')?.rate;
  console.log('| workload | peer | threads | median | ours ÷ this | of the 128-bit peak | loss |');
  console.log('|---|---|---|---|---|---|---|');
  for (const { workload, peer, threads = 1, rate, loss_before: before, loss_after: after } of rows) {
    if (workload === 'peak') continue;
    const ours = rows.find(
      (row) => row.peer === 'netloom' && row.workload === workload && (row.threads ?? 1) === 1,
    )?.rate;
    const operations = { W4: 2 * 512 ** 3, W5: 10.55e6 }[workload];
    const share = peer === 'netloom' && peak && operations ? ((rate * operations) / peak / threads).toFixed(3) : '';
    const loss = before === undefined ? '' : `${before} → ${after}`;
    console.log(
      `| ${workload} | ${peer} | ${threads} | ${short(rate)} | ${ours ? (ours / rate).toPrecision(3) : ''} | ${share} | ${loss} |`,
    );
  }
  if (peak) console.log(`\n128-bit multiply-add peak, one thread: ${(peak / 1e9).toFixed(1)} GFLOP/s`);
}

const options = parse(process.argv.slice(2));
await buildKernelsIfNeeded();
if (options.scale) {
  const { stdout } = spawnSync(node, [join(root, 'test', 'bench', 'scale.ts')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 2],
  });
  process.stdout.write(stdout);
  process.exit(0);
}
const peers = options.peers ? peersIn(options.peers) : [];
if (!options.peers) console.error('No folder with peers named (--peers FOLDER): measuring the engine alone.');
const lines = [];
const note = (line) => {
  lines.push(line);
  console.error(line.skipped ? `${line.peer}: skipped, ${line.skipped}` : JSON.stringify(line));
};
for (let round = 0; round < options.rounds; round++) {
  note(own('peak', 1));
  for (const workload of options.names) {
    for (const threads of options.threads) {
      note(own(workload, threads));
      for (const { label, command, args, fits } of peers) {
        if (!fits(workload, threads)) continue;
        const blas = { OPENBLAS_NUM_THREADS: String(threads) };
        const line = lineOf(label, command, args(workload, threads), label.startsWith('pytorch') ? {} : blas);
        note({ ...line, workload, peer: line.skipped ? label : line.peer });
      }
    }
  }
}
console.log(
  `\nNode ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}, ${new Date().toISOString().slice(0, 10)}\n`,
);
report(lines);
if (options.json) writeFileSync(options.json, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
