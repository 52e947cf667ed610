/** Lesson: a product of many slopes, and what becomes of it. */
import type { Expectation, Lesson } from '../define.ts';
import { slider, type ChainPane } from '../panes.ts';

const START = { w: slider(1, -4, 4), b: slider(0, -4, 4), x: slider(1, -4, 4), depth: slider(5, 1, 20, 1) };
const chain = (...activations: ChainPane['activations']): ChainPane => ({
  widget: 'chain',
  activations,
  variables: START,
});

const depths = (choice: number, printed: Readonly<Record<number, string>>): readonly Expectation[] =>
  Object.entries(printed).map(([depth, number]) => ({
    row: 'S59',
    choice,
    at: { depth: Number(depth) },
    numbers: { 'd w1': number },
  }));

export const vanishingGradients: Lesson = {
  title: 'Vanishing gradients',
  aim: 'Say why deep sigmoid networks learn slowly, and what helps.',
  chapter: 'Graphs and backpropagation',
  place: 110,
  source: 'Lecture on the mathematics of neural networks, product formula for L layers',
  steps: [
    {
      title: 'A product of slopes',
      text: String.raw`
Stack layers of one unit. The gradient of the very first weight is a product with one slope for each layer:

$$\frac{\partial f}{\partial w_1} = \left[\prod_{\ell=2}^{L} w_\ell\right]\left[\prod_{\ell=1}^{L} \sigma'(z_\ell)\right] x$$

With this many layers it is [[d w1]]. Raise the depth: each further layer multiplies by a slope of about a fifth.
The bars stand on a logarithmic scale, or nothing would be left to see.`,
      pane: chain('sigmoid'),
      question: {
        ask: 'At twenty layers the check says that the difference cannot tell. Why not?',
        answer:
          'A push of the first weight moves the output by less than its last digit. The slope exists all the same, and only formula and graph can find it.',
      },
      task: {
        text: 'Make the gradient of the first weight smaller than a billionth.',
        reading: 'd w1',
        from: 0,
        to: 1e-9,
        solution: { depth: 20 },
      },
      expect: depths(0, { 1: '0.196612', 2: '0.043129', 5: '4.8614e-4', 10: '2.7848e-7', 20: '9.1391e-14' }),
    },
    {
      title: 'Other activations',
      text: String.raw`
Tanh has slope 1 in the middle, so its product shrinks slowly. ReLU has slope 1 wherever it is on: as long as every unit
is, nothing is lost at any depth. Now the gradient is [[d w1]].

But slopes are only half of the product. Set $w$ to 2 with ReLU, and gradients **explode** instead.`,
      pane: chain('sigmoid', 'tanh', 'relu'),
      expect: [
        ...depths(1, { 1: '0.419974', 2: '0.246868', 5: '0.096096', 10: '0.040912', 20: '0.016110' }),
        ...depths(2, { 1: '1', 5: '1', 20: '1' }),
      ],
    },
    {
      title: 'Even the best case',
      text: String.raw`
A sigmoid's slope is at most a quarter, at $z = 0$. With $w = 1$, $b = -0.5$ and $x = 0.5$ every layer sits exactly
there, and still ten layers leave $0.25^{10} \approx 9.5 \cdot 10^{-7}$ of the gradient that enters the last one: here [[d w1*x+b]]
arrives at $z_1$.`,
      pane: {
        ...chain('sigmoid'),
        variables: { w: slider(1, -4, 4), b: slider(-0.5, -4, 4), x: slider(0.5, -4, 4), depth: slider(10, 1, 20, 1) },
      },
      question: {
        ask: 'Can larger weights make up for it?',
        answer:
          'Up to a point: a weight of 4 cancels a quarter, but only while the bias holds $z$ at zero, as $b = -2$ does here. Anywhere else it drives $z$ to where the slope is smaller still. Starting values, ReLU, normalisation and shortcuts past layers work better.',
      },
      expect: [{ row: 'S59', numbers: { 'd w1*x+b': '9.5367e-7' } }],
    },
  ],
};
