/** Lesson: the squared length of a matrix product, written out in scalars. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

const UPPER = 'w11*x1+w12*x2';
const LOWER = 'w21*x1+w22*x2';
const FORMULA = `(${UPPER})^2+(${LOWER})^2`;
const DERIVATIVES = {
  w11: `2*(${UPPER})*x1`,
  w12: `2*(${UPPER})*x2`,
  w21: `2*(${LOWER})*x1`,
  w22: `2*(${LOWER})*x2`,
  x1: `2*(${UPPER})*w11+2*(${LOWER})*w21`,
  x2: `2*(${UPPER})*w12+2*(${LOWER})*w22`,
};
const VARIABLES = {
  w11: slider(0.1, -1, 1, 0.01),
  w12: slider(0.5, -1, 1, 0.01),
  w21: slider(-0.3, -1, 1, 0.01),
  w22: slider(0.8, -1, 1, 0.01),
  x1: slider(0.2, -1, 1, 0.01),
  x2: slider(0.4, -1, 1, 0.01),
};

export const matrixWrittenOut: Lesson = {
  title: 'A matrix, written out',
  aim: 'See the matrix rules of backpropagation as what they are: many small products and sums.',
  chapter: 'Graphs and backpropagation',
  place: 60,
  source: 'SDU lecture on gradient-based learning, the squared length of Wx',
  steps: [
    {
      title: 'Two rows',
      text: String.raw`
A matrix times a vector is one weighted sum for each row. Then $f = \lVert Wx \rVert^2$ squares both sums and adds them:

$$q_1 = w_{11} x_1 + w_{12} x_2$$

$$q_2 = w_{21} x_1 + w_{22} x_2$$

$$f = q_1^2 + q_2^2$$

Here $q_1 = $ [[w11*x1+w12*x2]], $q_2 = $ [[w21*x1+w22*x2]] and $f = $ [[(w11*x1+w12*x2)^2+(w21*x1+w22*x2)^2]].`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'values' }),
      expect: [{ row: 'S50', numbers: { [UPPER]: '0.22', [LOWER]: '0.26', [FORMULA]: '0.116' } }],
    },
    {
      title: 'Rules for whole matrices',
      text: String.raw`
The squares send back [[d w11*x1+w12*x2]] and [[d w21*x1+w22*x2]]. A weight then gets the gradient of its row times the
input of its column, an input collects from both rows:

$$\nabla_W f = 2\,q\,x^\top \qquad \nabla_x f = 2\,W^\top q$$

Row by row the weights get [[d w11]], [[d w12]], [[d w21]] and [[d w22]], and the inputs [[d x1]] and [[d x2]].`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES),
      question: {
        ask: 'One printed solution gives −0.104 for $w_{21}$. How do you decide who is right?',
        answer:
          'By computing $f$ at $w_{21}$ a little left and right, as the check does: the slope is +0.104. The gradient is $2\\,q_2\\,x_1$, and both are positive at the start.',
      },
      expect: [
        {
          row: 'S50',
          numbers: {
            [`d ${UPPER}`]: '0.44',
            [`d ${LOWER}`]: '0.52',
            'd w11': '0.088',
            'd w12': '0.176',
            'd w21': '0.104',
            'd w22': '0.208',
            'd x1': '-0.112',
            'd x2': '0.636',
          },
        },
      ],
    },
  ],
};
