// Measures the engine on its workloads, beside other libraries where a folder with their scripts is named:
//   npm run bench -- [W1 …] [--workloads W1,W4] [--threads 1,2] [--rounds 3] [--peers FOLDER] [--json FILE] [--from FILE]
//   npm run bench -- --scale | --memory
// FOLDER (or NETLOOM_BENCH_PEERS) holds scripts that print a JSON line {peer, workload, threads, samples_per_s, …}. Rounds are
// interleaved, so that slow drift hits all alike; a figure is the median of its rounds, each the median of five clean runs.
// --json appends every line to FILE as it is measured; --from reads such lines first, so that a long run can be made in
// pieces (--from alone prints the tables of what is there). Plain JS: started by any Node from 20 on.
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildKernelsIfNeeded } from '../../src-main/build-kernels.mjs';
import { requireNode24, root } from '../../src-main/node24.mjs';
import { peersIn } from './peers.mjs';
import { report } from './report.mjs';

const ALL = ['W1', 'W1b1', 'W1b30', 'W2', 'W3', 'W4', 'W5', 'W6'];
/** Of every peer, ours too: clean runs, seconds of one, seconds before the first. The environment may say otherwise. */
const RUNS = { RUNS: '5', RUN_S: '0.5', WARM_S: '1' };
const node = requireNode24();

function parse(argv) {
  const options = { names: [], threads: [1], rounds: 3, peers: process.env.NETLOOM_BENCH_PEERS ?? null };
  const rest = { json: null, from: [], mode: null };
  const addNames = (names) => {
    const wrong = names.find((name) => !ALL.includes(name));
    if (wrong !== undefined) stop(`unknown workload ${wrong}: expected ${ALL.join(', ')}`);
    options.names.push(...names);
  };
  for (let i = 0; i < argv.length; i++) {
    const value = () => argv[++i] ?? stop(`${argv[i - 1]} needs a value`);
    if (argv[i] === '--threads') options.threads = value().split(',').map(Number);
    else if (argv[i] === '--rounds') options.rounds = Number(value());
    else if (argv[i] === '--workloads') addNames(value().split(','));
    else if (argv[i] === '--peers') options.peers = argv[i + 1]?.startsWith('-') === false ? value() : options.peers;
    else if (argv[i] === '--json') rest.json = value();
    else if (argv[i] === '--from') rest.from.push(value());
    else if (argv[i] === '--scale' || argv[i] === '--memory') rest.mode = argv[i].slice(2);
    else if (argv[i].startsWith('-')) stop(`unknown argument ${argv[i]}`);
    else addNames([argv[i]]);
  }
  const isReading = rest.from.length > 0 && options.names.length === 0;
  if (options.names.length === 0 && !isReading) options.names = ALL;
  return { ...options, ...rest };
}

function stop(message) {
  console.error(message);
  process.exit(2);
}

/** The JSON lines a command prints, or one that says why there are none. */
function linesOf(label, command, args) {
  const env = { ...RUNS, ...process.env };
  // Some machines hold BLAS to an older CPU through these: peers choose for themselves.
  for (const name of Object.keys(env)) if (name.startsWith('OPENBLAS_')) delete env[name];
  const { stdout, stderr, status, error } = spawnSync(command, args, {
    env,
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const lines = (stdout ?? '').split('\n').filter((text) => text.startsWith('{'));
  if (status === 0 && lines.length > 0) return lines.map((line) => JSON.parse(line));
  const why = error?.message ?? (stderr ?? '').trim().split('\n').at(-1) ?? '';
  return [{ peer: label, skipped: why || `exit code ${status}` }];
}

/** The last of them. */
const lineOf = (...words) => linesOf(...words).at(-1);

/**
 * Our own runs of a workload. More threads than one are measured in rounds with one thread and with as many processes of one
 * thread: {@link ./scaling.ts}.
 */
function own(workload, threads) {
  const { RUNS: runs, RUN_S: seconds } = { ...RUNS, ...process.env };
  const length = ['--runs', runs, '--milliseconds', String(Math.round(Number(seconds) * 1000))];
  const words = [workload, '--threads', String(threads), ...length];
  const isOne = threads === 1;
  const script = isOne ? ['src-main/cli/cli.ts', 'bench'] : ['test/bench/scaling.ts'];
  return linesOf('netloom', node, [...script, ...words]).map((line) => ({ threads, ...line, workload }));
}

function measureAll({ names, threads: counts, rounds, peers: folder }, note) {
  if (!folder) console.error('No folder with peers named (--peers FOLDER): measuring the engine alone.');
  const peers = folder ? peersIn(folder, node) : [];
  for (let round = 0; round < rounds; round++) {
    own('peak', 1).forEach(note);
    for (const workload of names) {
      for (const threads of counts) {
        // Rounds of more threads measure one thread beside them.
        const isMeasuredThere = threads === 1 && counts.some((count) => count > 1);
        if (!isMeasuredThere) own(workload, threads).forEach(note);
        for (const { label, command, argsOf, fits } of peers) {
          if (!fits(workload, threads)) continue;
          note({ ...lineOf(label, command, argsOf(workload, threads)), peer: label, workload, threads });
        }
      }
    }
  }
}

const options = parse(process.argv.slice(2));
await buildKernelsIfNeeded();
if (options.mode !== null) {
  const flags = options.mode === 'memory' ? ['--expose-gc'] : [];
  const { status } = spawnSync(node, [...flags, join(root, 'test', 'bench', `${options.mode}.ts`)], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}
const lines = options.from.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line)),
);
const note = (line) => {
  lines.push(line);
  if (options.json) appendFileSync(options.json, `${JSON.stringify(line)}\n`);
  console.error(line.skipped ? `${line.workload}, ${line.peer}: skipped, ${line.skipped}` : JSON.stringify(line));
};
if (options.names.length > 0) measureAll(options, note);
console.log(`\n${report(lines)}`);
