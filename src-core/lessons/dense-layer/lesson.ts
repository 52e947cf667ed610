/** Lesson: a dense layer of two units, its Jacobian, and what its backward step computes instead. */
import type { Lesson } from '../define.ts';
import { graphPane, slider, type Choice, type GraphPane } from '../panes.ts';

const UPPER = 'w11*x1+w12*x2+b1';
const LOWER = 'w21*x1+w22*x2+b2';
const VARIABLES = {
  w11: slider(1, -5, 5),
  w12: slider(2, -5, 5),
  w21: slider(3, -5, 5),
  w22: slider(4, -5, 5),
  b1: slider(0.5, -2, 2),
  b2: slider(-0.5, -2, 2),
  x1: slider(0.1, -1, 1),
  x2: slider(-0.2, -1, 1),
};

const row = (label: string, sum: string, unit: 1 | 2): Choice => ({
  label,
  expression: sum,
  derivatives: { [`w${unit}1`]: 'x1', [`w${unit}2`]: 'x2', [`b${unit}`]: '1', x1: `w${unit}1`, x2: `w${unit}2` },
});
const ROWS: GraphPane = {
  widget: 'graph',
  variables: VARIABLES,
  choices: [row('First output', UPPER, 1), row('Second output', LOWER, 2)],
};

const SLOPES = [UPPER, LOWER].map((sum) => `sigmoid(${sum})*(1-sigmoid(${sum}))`);
const [S1 = '', S2 = ''] = SLOPES;
const WEIGHTED = `sigmoid(${UPPER})-2*sigmoid(${LOWER})`;

export const denseLayer: Lesson = {
  title: 'A dense layer backwards',
  aim: 'Get all gradients of a layer without ever writing down its Jacobian.',
  chapter: 'Graphs and backpropagation',
  place: 65,
  source: 'Durham notes on Jacobians; notes on the gradient of a dense layer',
  steps: [
    {
      title: 'One row of the Jacobian each',
      text: String.raw`
A layer $z = Wx + b$ has several outputs, so it has a whole matrix of derivatives, the **Jacobian**: a row for each output,
a column for each thing that can be changed.

Choose an output above the graph: its gradients are one row. With respect to the inputs it is a row of $W$; to the weights,
$x = ($ [[x1]], [[x2]] $)$ in the places of that row and zero in all others; to the biases, 1 in one place.`,
      pane: ROWS,
      question: {
        ask: 'How large is the Jacobian of a layer with 1,000 inputs and 1,000 outputs with respect to its weights?',
        answer: 'A thousand rows with a million columns, nearly all zeros. Nobody stores that.',
      },
      expect: [
        { row: 'S53', numbers: { [UPPER]: '0.2', [LOWER]: '-1.0' } },
        { row: 'S52', numbers: { 'd w11': '0.1', 'd w12': '-0.2' } },
        { row: 'S52', choice: 1, numbers: { 'd w21': '0.1', 'd w22': '-0.2', 'slope w11': '0' } },
      ],
    },
    {
      title: 'What really flows back',
      text: String.raw`
In a network the gradient $\Delta$ that reaches the layer's outputs is known, here $(1, -2)$. Then only the product of
Jacobian and $\Delta$ is wanted, which is the gradient of $\Delta_1 h_1 + \Delta_2 h_2$: one sweep back, no matrix.

$$\delta b = \sigma'(z) \odot \Delta$$

$$\delta W = \delta b\; x^\top \qquad \delta x = W^\top \delta b$$

So $\delta b = ($ [[d b1]], [[d b2]] $)$ and $\delta x = ($ [[d x1]], [[d x2]] $)$, where both units send something back.`,
      pane: graphPane(
        WEIGHTED,
        {
          w11: `${S1}*x1`,
          w12: `${S1}*x2`,
          b1: S1,
          w21: `-2*${S2}*x1`,
          w22: `-2*${S2}*x2`,
          b2: `-2*${S2}`,
          x1: `${S1}*w11-2*${S2}*w21`,
          x2: `${S1}*w12-2*${S2}*w22`,
        },
        VARIABLES,
      ),
      expect: [
        {
          row: 'S54',
          numbers: {
            [`sigmoid(${UPPER})`]: '0.549834',
            [`sigmoid(${LOWER})`]: '0.268941',
            [S1]: '0.247517',
            [S2]: '0.196612',
            'd b1': '0.247517',
            'd b2': '-0.393224',
            'd w11': '0.024752',
            'd w12': '-0.049503',
            'd w21': '-0.039322',
            'd w22': '0.078645',
            'd x1': '-0.932155',
            'd x2': '-1.077862',
          },
        },
      ],
    },
  ],
};
