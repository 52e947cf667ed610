/** Lesson: the smallest deep network, two layers of one unit. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

const HIDDEN = 'sigmoid(w1*x+b1)';
const FORMULA = `sigmoid(w2*${HIDDEN}+b2)`;
/** σ′ of the outer and of the inner layer. */
const OUTER = `${FORMULA}*(1-${FORMULA})`;
const INNER = `${HIDDEN}*(1-${HIDDEN})`;
const DERIVATIVES = {
  w1: `${OUTER}*w2*${INNER}*x`,
  x: `${OUTER}*w2*${INNER}*w1`,
  b1: `${OUTER}*w2*${INNER}`,
  w2: `${OUTER}*${HIDDEN}`,
  b2: OUTER,
};
const VARIABLES = {
  w1: slider(0.5, -5, 5),
  b1: slider(0, -5, 5),
  w2: slider(-1, -5, 5),
  b2: slider(0.2, -5, 5),
  x: slider(1, -5, 5),
};

export const twoLayerNetwork: Lesson = {
  title: 'The smallest deep network',
  aim: 'Write down the gradient of every parameter of a network with two layers.',
  chapter: 'Graphs and backpropagation',
  place: 100,
  source: 'Lecture on the mathematics of neural networks, two scalar layers',
  steps: [
    {
      title: 'One unit in each layer',
      text: String.raw`
With one unit in each of two layers everything is a number:

$$f = \sigma\bigl(w_2\,\sigma(w_1 x + b_1) + b_2\bigr)$$

The first layer answers $a_1 = $ [[sigmoid(w1*x+b1)]], the network $f = $ [[sigmoid(w2*sigmoid(w1*x+b1)+b2)]].`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'values' }),
      expect: [{ row: 'S58', numbers: { [FORMULA]: '0.395928' } }],
    },
    {
      title: 'Near is strong, far is weak',
      text: String.raw`
The last layer's parameters are one slope away from $f$: $\partial f / \partial b_2 = $ [[d b2]] and
$\partial f / \partial w_2 = $ [[d w2]]. Those of the first layer have to pass two slopes and a weight:

$$\frac{\partial f}{\partial w_1} = \sigma'(z_2)\; w_2\; \sigma'(z_1)\; x$$

That leaves [[d w1]] for $w_1$ and [[d b1]] for $b_1$.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES),
      question: {
        ask: 'Why are the gradients of $w_1$ and $b_1$ equal here?',
        answer: 'They differ by the factor $x$ alone, and $x$ starts at 1.',
      },
      task: {
        text: 'Give the first weight a positive gradient by changing one weight.',
        reading: 'd w1',
        from: 0.001,
        to: 1,
        solution: { w2: 1 },
      },
      expect: [
        {
          row: 'S58',
          numbers: { 'd w1': '-0.056206', 'd b1': '-0.056206', 'd w2': '0.148873', 'd b2': '0.239169' },
        },
      ],
    },
  ],
};
