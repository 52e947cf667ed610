/** Of the JavaScript runner: normalisation, recurrence, attention and concatenation. */
export const sequences = String.raw`/** Every block of neighbours gets mean 0 and variance 1. */
function normalizeBlocks(x, size, epsilon) {
  const blocks = alongLast({ shape: [x.data.length / size, size], data: x.data }, (block) => {
    const mean = block.reduce((a, b) => a + b, 0) / size;
    const variance = block.reduce((a, b) => a + (b - mean) ** 2, 0) / size;
    return block.map((value) => (value - mean) / Math.sqrt(variance + epsilon));
  });
  return { shape: x.shape, data: blocks.data };
}

/** scale·x + shift per channel, along the first or the last axis. */
function perChannel(x, isFirst, f) {
  const channels = isFirst ? x.shape[0] : x.shape.at(-1);
  const run = x.data.length / channels;
  return make(x.shape, (i) => f(x.data[i], isFirst ? Math.floor(i / run) : i % channels));
}

const STEPS = {
  simple_rnn: (a, b, h, n) => h.map((_, k) => Math.tanh(a[k] + b[k])),
  gru: (a, b, h, n) =>
    h.map((old, k) => {
      const [r, z] = [sigmoid(a[k] + b[k]), sigmoid(a[n + k] + b[n + k])];
      return (1 - z) * Math.tanh(a[2 * n + k] + r * b[2 * n + k]) + z * old;
    }),
  lstm: (a, b, h, n, cell) =>
    h.map((_, k) => {
      const gate = (which) => a[which * n + k] + b[which * n + k];
      cell[k] = sigmoid(gate(1)) * cell[k] + sigmoid(gate(0)) * Math.tanh(gate(2));
      return sigmoid(gate(3)) * Math.tanh(cell[k]);
    }),
};

function recur(kind, x, p, tensor) {
  const [[length], n, cell] = [x.shape, p.units, new Float64Array(p.units)];
  const gates = tensor('bias_ih_l0').length;
  const fed = affine(x, tensor('weight_ih_l0'), tensor('bias_ih_l0'), gates);
  const all = [];
  let h = new Float64Array(n);
  for (let t = 0; t < length; t++) {
    const own = affine({ shape: [n], data: h }, tensor('weight_hh_l0'), tensor('bias_hh_l0'), gates);
    h = STEPS[kind](fed.data.subarray(t * gates, (t + 1) * gates), own.data, h, n, cell);
    all.push(...h);
  }
  return p.return_sequences ? { shape: [length, n], data: numbers(all) } : { shape: [n], data: h };
}

function attend(x, heads, tensor) {
  const [length, width] = x.shape;
  const size = width / heads;
  const all = affine(x, tensor('in_proj_weight'), tensor('in_proj_bias'), 3 * width).data;
  const at = (t, part, head, k) => all[t * 3 * width + part * width + head * size + k];
  const mixed = make(x.shape, () => 0);
  for (let head = 0; head < heads; head++) {
    const scores = make([length, length], (i) => {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += at(Math.floor(i / length), 0, head, k) * at(i % length, 1, head, k);
      return sum / Math.sqrt(size);
    });
    const shares = activate(scores, 'softmax').data;
    for (let t = 0; t < length; t++)
      for (let s = 0; s < length; s++)
        for (let k = 0; k < size; k++) mixed.data[t * width + head * size + k] += shares[t * length + s] * at(s, 2, head, k);
  }
  return affine(mixed, tensor('out_proj.weight'), tensor('out_proj.bias'), width);
}

function concat(inputs, axis) {
  const shape = inputs[0].shape.map((n, i) => (i === axis ? inputs.reduce((sum, x) => sum + x.shape[axis], 0) : n));
  const [outer, data] = [product(shape.slice(0, axis)), []];
  for (let o = 0; o < outer; o++) {
    for (const x of inputs) {
      const run = x.data.length / outer;
      data.push(...x.data.subarray(o * run, (o + 1) * run));
    }
  }
  return { shape, data: numbers(data) };
}

`;
