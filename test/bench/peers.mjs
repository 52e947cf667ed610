// Other libraries to measure beside the engine, where a folder holds scripts for them that print one JSON line each.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasAvx512 } from './bars.mjs';

const PYTHON = '/usr/bin/python3';
const SMALL = ['W1', 'W1b1', 'W1b30'];
const CLASSIFIERS = ['W2', 'W5'];

const all = () => true;
const isOne = (_workload, threads) => threads === 1;
const among = (names) => (workload, threads) => threads === 1 && names.includes(workload);
const but = (name) => (workload, threads) => threads === 1 && workload !== name;

/** label, script, what runs it, words after the workload, and what it can do. */
function known(node) {
  const torch = (isa, ...more) => ({ script: 'pytorch.py', command: PYTHON, words: (t) => [String(t), isa, ...more] });
  const sklearn = (isa) => ({ script: 'sklearn_mlp.py', command: PYTHON, words: (t) => [String(t), isa] });
  const js = (script, ...words) => ({ script, command: node, words: () => words });
  const plain = ['plain_js.mjs', '../prototype-kernels/plain_js.mjs'];
  const isImage = (workload) => workload === 'W3';
  return [
    { label: 'pytorch-avx2', ...torch('avx2'), fits: (w) => !isImage(w) },
    { label: 'pytorch-avx2-nhwc', ...torch('avx2', 'nhwc'), fits: isImage },
    { label: 'pytorch-avx512', ...torch('avx512'), fits: (w) => !isImage(w), needsAvx512: true },
    { label: 'pytorch-avx512-nhwc', ...torch('avx512', 'nhwc'), fits: isImage, needsAvx512: true },
    { label: 'sklearn-avx2', ...sklearn('avx2'), fits: (w) => CLASSIFIERS.includes(w) },
    { label: 'sklearn-avx512', ...sklearn('avx512'), fits: (w) => CLASSIFIERS.includes(w), needsAvx512: true },
    ...plain.map((script) => ({ label: 'plain-js-f32-math', ...js(script, 'f32', 'math'), fits: among(SMALL) })),
    { label: 'tfjs-wasm', ...js('tfjs.mjs', 'wasm', 'core'), fits: among(['W2', 'W4', 'W5', 'W6']) },
    { label: 'tfjs-wasm-trainOnBatch', ...js('tfjs.mjs', 'wasm', 'layers'), fits: among(SMALL) },
    { label: 'convnetjs', ...js('convnetjs.cjs'), fits: but('W4') },
    { label: 'brain.js', ...js('brainjs.cjs'), fits: among(['W1b1', 'W2', 'W5', 'W6']) },
    { label: 'synaptic', ...js('synaptic.cjs'), fits: among(['W1b1', 'W6']) },
  ];
}

/** Peers that the folder has a script for: {label, command, argsOf(workload, threads), fits(workload, threads)}. */
export function peersIn(folder, node) {
  const at = (name) => join(resolve(folder), name);
  const found = [];
  for (const { label, script, command, words, fits = all, needsAvx512 = false } of known(node)) {
    if (!existsSync(at(script))) continue;
    if (needsAvx512 && !hasAvx512()) continue;
    if (found.some((peer) => peer.label === label)) continue;
    const isPython = command === PYTHON;
    const runs = isPython ? fits : (workload, threads) => isOne(workload, threads) && fits(workload, threads);
    found.push({
      label,
      command,
      argsOf: (workload, threads) => [at(script), workload, ...words(threads)],
      fits: runs,
    });
  }
  const missing = known(node).filter(({ label }) => found.every((peer) => peer.label !== label));
  const names = [
    ...new Set(
      missing.map(({ label, needsAvx512 }) => (needsAvx512 && !hasAvx512() ? `${label} (no AVX-512 here)` : label)),
    ),
  ];
  if (names.length > 0) console.error(`left out, no script in ${folder}: ${names.join(', ')}`);
  return found;
}
