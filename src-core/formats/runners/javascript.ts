/** The runner in JavaScript: one file without dependencies that loads a weights file and predicts. */

/** `{WEIGHTS}`: name of the weights file beside it; `{FIRST_AXIS}`: ids of the batch norms that go along the first axis. */
export const javascriptRunner = String.raw`// Predicts with the network in a Netloom weights file; written by Netloom, needs nothing but Node (18 or later) or a browser.
//   node THIS_FILE rows.csv [weights.json] > predictions.csv
//   import { open } from './THIS_FILE';  const { predict } = open(weights);  predict([[0.5, 1.2], …]) -> [{ outputs, class }, …]
// Rows are raw: features, categories and standardisation are applied here. Numbers are float64.

const WEIGHTS = {WEIGHTS};
// Batch norms along the first axis of a row (images, signals); the others go along the last.
const FIRST_AXIS = new Set({FIRST_AXIS});

const product = (shape) => shape.reduce((a, b) => a * b, 1);
const make = (shape, at) => ({ shape, data: Float64Array.from({ length: product(shape) }, (_, i) => at(i)) });
const map = (x, f) => ({ shape: x.shape, data: x.data.map(f) });
const numbers = (list) => Float64Array.from(list, Number);

/** erf by its series near zero, by its continued fraction far out: to about 1e-15. */
function erf(x) {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 2.5) {
    let [sum, term] = [a, a];
    for (let n = 1; n < 80; n++) {
      term *= (-a * a) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * (a + fraction)));
}

const sigmoid = (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const FUNCTIONS = {
  linear: (x) => x,
  sigmoid,
  tanh: Math.tanh,
  relu: (x) => (x > 0 ? x : 0),
  leaky_relu: (x, alpha = 0.01) => (x >= 0 ? x : alpha * x),
  elu: (x, alpha = 1) => (x > 0 ? x : alpha * Math.expm1(x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  gelu: (x) => (x * (1 + erf(x / Math.SQRT2))) / 2,
  silu: (x) => x * sigmoid(x),
};

function activate(x, spec, alpha) {
  const given = typeof spec === 'object' && spec !== null ? spec : { type: spec ?? 'linear', alpha };
  if (given.type !== 'softmax') return map(x, (value) => FUNCTIONS[given.type](value, given.alpha ?? undefined));
  return alongLast(x, (run) => {
    const most = Math.max(...run);
    const powers = run.map((value) => Math.exp(value - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((value) => value / sum);
  });
}

/** Every run along the last axis through f. */
function alongLast(x, f) {
  const n = x.shape.at(-1) ?? 1;
  const data = new Float64Array(x.data.length);
  for (let at = 0; at < data.length; at += n) data.set(f(x.data.subarray(at, at + n)), at);
  return { shape: x.shape, data };
}

/** x [.., in] times w [units, in], plus a bias. */
function affine(x, w, bias, units) {
  const width = x.shape.at(-1);
  const rows = x.data.length / width;
  return make([...x.shape.slice(0, -1), units], (i) => {
    const [row, unit] = [Math.floor(i / units), i % units];
    let sum = bias === undefined ? 0 : bias[unit];
    for (let k = 0; k < width && row < rows; k++) sum += x.data[row * width + k] * w[unit * width + k];
    return sum;
  });
}

/** Where a window stops along an axis: number of places, and padding before the first. */
function windowOf(length, kernel, stride, padding) {
  if (padding !== 'same') return { count: Math.floor((length - kernel) / stride) + 1, before: 0 };
  const count = Math.ceil(length / stride);
  return { count, before: Math.floor(Math.max((count - 1) * stride + kernel - length, 0) / 2) };
}

/** f(places in the image [index of the image, index in the kernel]) for every place of a window over [C, H, W]. */
function slide([, height, width], [kh, kw], [sh, sw], padding) {
  const [down, across] = [windowOf(height, kh, sh, padding), windowOf(width, kw, sw, padding)];
  const places = (i, j) => {
    const found = [];
    for (let u = 0; u < kh; u++) {
      for (let v = 0; v < kw; v++) {
        const [y, x] = [i * sh - down.before + u, j * sw - across.before + v];
        if (y >= 0 && y < height && x >= 0 && x < width) found.push([y * width + x, u * kw + v]);
      }
    }
    return found;
  };
  return { rows: down.count, columns: across.count, places };
}

function convolve(x, w, bias, { filters, kernel, stride, padding }) {
  const [channels, height, width] = x.shape;
  const [plane, taps] = [height * width, kernel[0] * kernel[1]];
  const { rows, columns, places } = slide(x.shape, kernel, stride, padding);
  const y = make([filters, rows, columns], () => 0);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const near = places(i, j);
      for (let f = 0; f < filters; f++) {
        let sum = bias === undefined ? 0 : bias[f];
        for (let c = 0; c < channels; c++) for (const [at, tap] of near) sum += x.data[c * plane + at] * w[(f * channels + c) * taps + tap];
        y.data[(f * rows + i) * columns + j] = sum;
      }
    }
  }
  return y;
}

function transposedConvolve(x, w, bias, { filters, kernel: [kh, kw], stride: [sh, sw] }) {
  const [channels, height, width] = x.shape;
  const [rows, columns] = [(height - 1) * sh + kh, (width - 1) * sw + kw];
  const y = make([filters, rows, columns], (i) => (bias === undefined ? 0 : bias[Math.floor(i / (rows * columns))]));
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < height * width; p++) {
      const value = x.data[c * height * width + p];
      for (let f = 0; f < filters; f++) {
        for (let t = 0; t < kh * kw; t++) {
          const [row, column] = [Math.floor(p / width) * sh + Math.floor(t / kw), (p % width) * sw + (t % kw)];
          y.data[(f * rows + row) * columns + column] += value * w[(c * filters + f) * kh * kw + t];
        }
      }
    }
  }
  return y;
}

function pool(x, p, join) {
  const kernel = p.pool_size ?? [2, 2];
  const plane = x.shape[1] * x.shape[2];
  const { rows, columns, places } = slide(x.shape, kernel, p.stride ?? kernel, p.padding);
  return make([x.shape[0], rows, columns], (i) => {
    const [channel, at] = [Math.floor(i / (rows * columns)), i % (rows * columns)];
    return join(places(Math.floor(at / columns), at % columns).map(([place]) => x.data[channel * plane + place]));
  });
}

/** Every block of neighbours gets mean 0 and variance 1. */
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

const windowed = (p) => ({ filters: p.filters, kernel: p.kernel_size, stride: p.stride ?? [1, 1], padding: p.padding });
const elementwise = (f) => (p, inputs) => make(inputs[0].shape, (i) => inputs.map((x) => x.data[i]).reduce(f));

/** One layer on one row: (params, inputs, tensor by name, id). */
const LAYERS = {
  output: (p, [x]) => x,
  dense: (p, [x], tensor) => activate(affine(x, tensor('weight'), tensor('bias'), p.units), p.activation),
  activation: (p, [x]) => activate(x, p.function, p.alpha),
  conv2d: (p, [x], tensor) => activate(convolve(x, tensor('weight'), tensor('bias'), windowed(p)), p.activation),
  conv1d: (p, [x], tensor) => {
    const image = { shape: [x.shape[0], 1, x.shape[1]], data: x.data };
    const [size, step] = [p.kernel_size, p.stride ?? 1].map((value) => [1, Array.isArray(value) ? value[0] : value]);
    const y = convolve(image, tensor('weight'), tensor('bias'), { ...windowed(p), kernel: size, stride: step });
    return activate({ shape: [y.shape[0], y.shape[2]], data: y.data }, p.activation);
  },
  conv_transpose2d: (p, [x], tensor) => activate(transposedConvolve(x, tensor('weight'), tensor('bias'), windowed(p)), p.activation),
  max_pool2d: (p, [x]) => pool(x, p, (values) => Math.max(...values)),
  avg_pool2d: (p, [x]) => pool(x, p, (values) => values.reduce((a, b) => a + b, 0) / values.length),
  global_avg_pool2d: (p, [x]) => {
    const plane = x.shape[1] * x.shape[2];
    return make([x.shape[0]], (c) => x.data.subarray(c * plane, (c + 1) * plane).reduce((a, b) => a + b, 0) / plane);
  },
  flatten: (p, [x]) => ({ shape: [x.data.length], data: x.data }),
  reshape: (p, [x]) => ({ shape: p.shape, data: x.data }),
  dropout: (p, [x]) => x,
  gaussian_noise: (p, [x]) => x,
  batch_norm: (p, [x], tensor, id) => {
    const [w, b, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(tensor);
    const isFirst = FIRST_AXIS.has(id);
    return perChannel(x, isFirst, (v, c) => ((v - mean[c]) / Math.sqrt(variance[c] + (p.epsilon ?? 1e-5))) * w[c] + b[c]);
  },
  layer_norm: (p, [x], tensor) => {
    const [w, b] = [tensor('weight'), tensor('bias')];
    return perChannel(normalizeBlocks(x, x.shape.at(-1), p.epsilon ?? 1e-5), false, (v, c) => v * w[c] + b[c]);
  },
  group_norm: (p, [x], tensor) => {
    const [w, b] = [tensor('weight'), tensor('bias')];
    return perChannel(normalizeBlocks(x, x.data.length / p.groups, p.epsilon ?? 1e-5), true, (v, c) => v * w[c] + b[c]);
  },
  embedding: (p, [x], tensor) => make([...x.shape, p.dims], (i) => {
    const id = x.data[Math.floor(i / p.dims)];
    if (!Number.isInteger(id) || id < 0 || id >= p.vocabulary) throw new Error('expected an id from 0 to ' + (p.vocabulary - 1) + ', got ' + id);
    return tensor('weight')[id * p.dims + (i % p.dims)];
  }),
  simple_rnn: (p, [x], tensor) => recur('simple_rnn', x, p, tensor),
  lstm: (p, [x], tensor) => recur('lstm', x, p, tensor),
  gru: (p, [x], tensor) => recur('gru', x, p, tensor),
  attention: (p, [x], tensor) => attend(x, p.heads, tensor),
  positional_encoding: (p, [x]) => {
    const width = x.shape[1];
    return make(x.shape, (i) => {
      const [t, k] = [Math.floor(i / width), i % width];
      const angle = t / 10000 ** ((k - (k % 2)) / width);
      return x.data[i] + (k % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
    });
  },
  add: elementwise((a, b) => a + b),
  multiply: elementwise((a, b) => a * b),
  concat: (p, inputs) => concat(inputs, p.axis ?? 0),
};

/** Sources of every node in the order of their slots. */
function sourcesOf({ nodes, edges }) {
  const sources = new Map(nodes.map(({ id }) => [id, []]));
  for (const { id } of nodes) {
    const own = edges.filter(({ to }) => to === id);
    const free = own.filter(({ slot }) => slot === undefined);
    own.forEach((_, i) => sources.get(id).push((own.find(({ slot }) => slot === i) ?? free.shift()).from));
  }
  return sources;
}

const FEATURES = {
  x1: (x) => x.x1,
  x2: (x) => x.x2,
  'x1^2': (x) => x.x1 * x.x1,
  'x2^2': (x) => x.x2 * x.x2,
  'x1*x2': (x) => x.x1 * x.x2,
  'sin(x1)': (x) => Math.sin(x.x1),
  'sin(x2)': (x) => Math.sin(x.x2),
};

/** Raw cells by column to what the network is fed. */
function encode(cells, data) {
  const fed = [];
  const number = (column) => {
    const text = String(cells[column] ?? '').trim();
    const value = text === '' ? data.fill?.[column] : Number(data.decimal === ',' ? text.replace(',', '.') : text);
    if (value === undefined || !Number.isFinite(value)) throw new Error('column ' + column + ': expected a number, got "' + text + '"');
    return value * (data.input_scale ?? 1);
  };
  if (data.features) {
    const x = Object.fromEntries(data.columns.map((column) => [column, number(column)]));
    for (const name of data.features) fed.push([name, FEATURES[name](x)]);
  } else {
    for (const column of data.columns) {
      const labels = data.categories?.[column];
      if (labels === undefined) fed.push([column, number(column)]);
      else {
        if (!labels.includes(String(cells[column]))) throw new Error('column ' + column + ': expected one of ' + labels.join(', ') + ', got "' + cells[column] + '"');
        for (const label of labels) fed.push([null, String(cells[column]) === label ? 1 : 0]);
      }
    }
  }
  const { columns = [], mean = [], std = [] } = data.standardization ?? {};
  return fed.map(([name, value]) => {
    const at = columns.indexOf(name);
    return at < 0 ? value : (value - mean[at]) / (std[at] || 1);
  });
}

/** The network of a weights file (its text, or what JSON.parse made of it). */
export function open(weights) {
  const { graph, data, training, tensors, vectors } = typeof weights === 'string' ? JSON.parse(weights) : weights;
  const values = new Map(Object.entries(tensors).map(([key, { data: list }]) => [key, numbers(list)]));
  const sources = sourcesOf(graph);
  const outputId = graph.nodes.find(({ type }) => type === 'output').id;

  /** Output values for one row as it enters the input node. */
  function run(inputs) {
    const known = new Map();
    const todo = [outputId]; // without recursion: networks may be deep
    while (todo.length > 0) {
      const id = todo.at(-1);
      const open = sources.get(id).filter((source) => !known.has(source));
      if (open.length > 0) {
        todo.push(...open);
        continue;
      }
      todo.pop();
      if (known.has(id)) continue;
      const { type, params = {} } = graph.nodes.find((node) => node.id === id);
      const tensor = (name) => values.get(id + '.' + name);
      if (type === 'input') known.set(id, { shape: params.shape, data: numbers(inputs) });
      else known.set(id, LAYERS[type](params, sources.get(id).map((source) => known.get(source)), tensor, id));
    }
    return Array.from(known.get(outputId).data);
  }

  function classOf(outputs) {
    const labels = data.classes ?? [];
    const loss = training?.loss?.type ?? training?.loss;
    const method = training?.method?.type ?? training?.method;
    const threshold = loss === 'hinge' || method === 'perceptron' ? 0 : 0.5;
    if (labels.length === 0 || data.task === 'regression') return undefined;
    return outputs.length === 1 ? labels[outputs[0] >= threshold ? 1 : 0] : labels[outputs.indexOf(Math.max(...outputs))];
  }

  /** Rows of raw values in the order of the columns, or objects by column. */
  function predict(rows) {
    return rows.map((row) => {
      const cells = Array.isArray(row) ? Object.fromEntries(data.columns.map((column, i) => [column, row[i]])) : row;
      const { mean = [], std = [] } = data.target_standardization ?? {};
      const raw = run(encode(cells, data));
      const outputs = mean.length === 0 ? raw : raw.map((value, i) => value * (std[i] || 1) + mean[i]);
      return { outputs, class: classOf(outputs) };
    });
  }

  /** Largest error over the file's own test vectors, relative to max(1, |expected|). */
  function check() {
    const errors = vectors.inputs.flatMap((row, i) => run(row).map((value, k) => Math.abs(value - vectors.outputs[i][k]) / Math.max(1, Math.abs(vectors.outputs[i][k]))));
    return Math.max(...errors);
  }

  return { predict, run, check, columns: data.columns, header: data.header !== false };
}

/** Rows of a CSV text: quotes as RFC 4180 has them; the delimiter is what the first line holds most of. */
function parseCsv(text) {
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0];
  const delimiter = [',', ';', '\t'].reduce((a, b) => (line.split(b).length > line.split(a).length ? b : a));
  const rows = [[]];
  let [cell, isQuoted] = ['', false];
  const source = text.replace(/^\uFEFF/, '');
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (isQuoted) {
      if (c === '"' && source[i + 1] === '"') cell += source[++i];
      else if (c === '"') isQuoted = false;
      else cell += c;
    } else if (c === '"' && cell === '') isQuoted = true;
    else if (c === delimiter || c === '\n' || c === '\r') {
      if (c === '\r' && source[i + 1] === '\n') i++;
      rows.at(-1).push(cell);
      cell = '';
      if (c !== delimiter) rows.push([]);
    } else cell += c;
  }
  rows.at(-1).push(cell);
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}

function predictCsv(network, text) {
  const rows = parseCsv(text);
  const names = network.header ? rows.shift().map((name) => name.trim()) : rows[0].map((_, i) => 'c' + (i + 1));
  const missing = network.columns.find((column) => !names.includes(column));
  if (missing !== undefined) throw new Error('no column ' + missing + ' among ' + names.join(', '));
  const found = network.predict(rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]]))));
  const hasClass = found[0]?.class !== undefined;
  const quoted = (label) => (/[",\r\n]/.test(label) ? '"' + label.replaceAll('"', '""') + '"' : label);
  const head = [...(found[0]?.outputs ?? []).map((_, i) => 'out' + i), ...(hasClass ? ['class'] : [])];
  const lines = found.map(({ outputs, class: label }) => [...outputs.map(String), ...(hasClass ? [quoted(label)] : [])]);
  return [head, ...lines].map((cells) => cells.join(',') + '\n').join('');
}

if (typeof process !== 'undefined' && process.argv?.[1] !== undefined) {
  const { readFileSync, realpathSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  if (realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
    const [rows, weights = new URL(WEIGHTS, import.meta.url)] = process.argv.slice(2);
    try {
      const network = open(readFileSync(weights, 'utf8'));
      if (rows === undefined) console.log('largest error over the test vectors: ' + network.check());
      else process.stdout.write(predictCsv(network, readFileSync(rows, 'utf8')));
    } catch (error) {
      console.error(String(error.message));
      process.exitCode = 1;
    }
  }
}
`;
