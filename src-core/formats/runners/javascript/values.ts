/** Of the JavaScript runner: what it is, what a value is, and the activations. */
export const values = String.raw`// Predicts with the network in a Netloom weights file; written by Netloom, needs nothing but Node (18 or later) or a browser.
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

`;
