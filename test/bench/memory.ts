/** Nothing grows from step to step: a million steps of W1, the heap and WebAssembly's memory before and after. Needs --expose-gc. */
import { present } from '../../src-core/lib/assert.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { workloads } from '../../src-main/cli/bench-workloads.ts';

const STEPS = 1_000_000;
/** Steps of one call, as a run makes them: some epochs at a time. */
const EPOCHS_A_CALL = 40;
const WARM_CALLS = 20;
/** The heap breathes by its own bookkeeping; a leak of one byte a step would be a million. */
const MOST_GROWTH = 256 * 1024;

/** Sums up the memories that the kernels make from here on. */
function watchMemories(): () => number {
  const { Memory } = WebAssembly;
  const made: WebAssembly.Memory[] = [];
  WebAssembly.Memory = class extends Memory {
    constructor(size: WebAssembly.MemoryDescriptor) {
      super(size);
      made.push(this);
    }
  };
  return () => made.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

const kernelBytes = watchMemories();
const { graph, training, batchSize, rows } = present(
  workloads.find(({ name }) => name === 'W1'),
  'W1',
);
const network = createNetwork({ graph, training, backend: 'fast', batchSize });
network.initialize(1);
const data = rows();
network.bind(data);
const steps = Math.floor(data.count / batchSize);
const used = steps * batchSize;
const order = Uint32Array.from({ length: used * EPOCHS_A_CALL }, (_, i) => i % used);
let stepsBefore = 0;
const call = () => {
  network.train({ order, from: 0, steps: steps * EPOCHS_A_CALL, stepsBefore, learningRate: 0.03 });
  stepsBefore += steps * EPOCHS_A_CALL;
};

function look() {
  const collect = present(globalThis.gc, 'a garbage collector to call (node --expose-gc)');
  for (let i = 0; i < 3; i++) void collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap_bytes: heapUsed, array_bytes: arrayBuffers, wasm_bytes: kernelBytes() };
}

for (let i = 0; i < WARM_CALLS; i++) call();
const before = look();
const from = stepsBefore;
while (stepsBefore - from < STEPS) call();
const after = look();
const grown = {
  heap: after.heap_bytes - before.heap_bytes,
  arrays: after.array_bytes - before.array_bytes,
  wasm: after.wasm_bytes - before.wasm_bytes,
};
const isFlat = grown.heap < MOST_GROWTH && grown.arrays < MOST_GROWTH && grown.wasm === 0;
console.log(
  JSON.stringify({
    workload: 'W1',
    steps: stepsBefore - from,
    before,
    after,
    grown,
    verdict: isFlat ? 'flat' : 'GROWS',
  }),
);
network.dispose();
process.exitCode = isFlat ? 0 : 1;
