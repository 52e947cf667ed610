// The bars that speed is held to: ratios within one run on one machine, and whether they were reached.
import { readFileSync } from 'node:fs';

const PYTORCH = ['pytorch-avx2', 'pytorch-avx512'];
/** Operations of one counted thing: a product of 512³; a row of 1024-1024-1024-10 forwards, its weights' and inputs' gradients. */
const OPERATIONS = { W4: 2 * 512 ** 3, W5: 10.55e6 };
/** More threads may cost a small network this share: the engine then uses one. */
const NOT_SLOWER = 0.95;

const over = (workload, peers, least, text) => ({ workload, threads: 1, peers, least, text: `${least} × ${text}` });
const ofPeak = (workload, least) => ({ workload, threads: 1, peak: true, least, text: `${least} of the 128-bit peak` });
const scaling = (workload, least, text = `${least} × one thread`) => ({ workload, threads: 2, least, text });
/** As many processes of one thread side by side as a run has threads: they share nothing but the machine. */
export const PROCESSES = 'netloom-processes';

const BARS = [
  over('W1', PYTORCH, 120, 'PyTorch'),
  over('W1', ['plain-js-f32-math'], 8, 'plain JavaScript'),
  scaling('W1', NOT_SLOWER, 'two threads not slower (5 % allowed)'),
  over('W2', ['pytorch-avx2'], 0.75, 'PyTorch held to AVX2'),
  over('W2', ['tfjs-wasm'], 10, 'tfjs-wasm'),
  scaling('W2', 1.7),
  over('W3', ['pytorch-avx2-nhwc'], 1.3, 'PyTorch held to AVX2, channels last'),
  over('W3', ['pytorch-avx512-nhwc'], 0.9, 'PyTorch with AVX-512, channels last'),
  scaling('W3', 1.8),
  ofPeak('W4', 0.92),
  scaling('W4', 1.9),
  ofPeak('W5', 0.88),
  scaling('W5', 1.8),
  over('W6', PYTORCH, 1.8, 'PyTorch'),
];

/** False on processors whose PyTorch has no AVX-512 to use: its rows would measure AVX2 a second time. */
export function hasAvx512() {
  try {
    return /\bavx512f\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return false;
  }
}

/** Operations a second over what the machine gives at most on one thread, or null where nothing is counted so. */
export function shareOfPeak({ workload, threads, rate }, peak) {
  const operations = OPERATIONS[workload];
  return operations === undefined || peak === undefined ? null : (rate * operations) / peak / threads;
}

/**
 * @param rows {workload, peer, threads, rate}: medians
 * @returns for every bar {workload, text, ratio, most, verdict}: 'held', 'missed', 'not measured' or 'unavailable'; `most`, of
 * bars on threads: what independent processes reached in the same rounds, which is what the machine allows
 */
export function judge(rows, peak) {
  const rateOf = (workload, peer, threads) =>
    rows.find((row) => row.workload === workload && row.peer === peer && row.threads === threads)?.rate;
  return BARS.map(({ workload, threads, peers, peak: isPeak, least, text }) => {
    const ours = rateOf(workload, 'netloom', threads);
    const apart = rateOf(workload, PROCESSES, threads);
    const alone = rateOf(workload, 'netloom', 1);
    const bar = { workload, threads, text, most: apart && alone && apart / alone };
    if (peers?.every((peer) => peer.includes('avx512')) && !hasAvx512()) return { ...bar, verdict: 'unavailable' };
    const other = peers ? Math.max(0, ...peers.map((peer) => rateOf(workload, peer, 1) ?? 0)) || undefined : alone;
    const ratio = isPeak
      ? ours && peak && shareOfPeak({ workload, threads, rate: ours }, peak)
      : ours && other && ours / other;
    if (!ratio) return { ...bar, verdict: 'not measured' };
    return { ...bar, ratio, verdict: ratio >= least ? 'held' : 'missed' };
  });
}
