/** Of the JavaScript runner: every layer by its type. */
export const layers = String.raw`const windowed = (p) => ({ filters: p.filters, kernel: p.kernel_size, stride: p.stride ?? [1, 1], padding: p.padding });
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

`;
