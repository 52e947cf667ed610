/** Lesson: a neuron with a sigmoid, as eight gates and as fewer. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

const SUM = 'w0*x0+w1*x1+w2';
const EXPONENTIAL = `exp(-(${SUM}))`;
const FORMULA = `1/(1+${EXPONENTIAL})`;
const SLOPE = `sigmoid(${SUM})*(1-sigmoid(${SUM}))`;
const DERIVATIVES = {
  w0: `${SLOPE}*x0`,
  x0: `${SLOPE}*w0`,
  w1: `${SLOPE}*x1`,
  x1: `${SLOPE}*w1`,
  w2: SLOPE,
};
const VARIABLES = {
  w0: slider(2, -6, 6),
  x0: slider(-1, -6, 6),
  w1: slider(-3, -6, 6),
  x1: slider(-2, -6, 6),
  w2: slider(-3, -6, 6),
};

export const sigmoidNeuron: Lesson = {
  title: 'A neuron, gate by gate',
  aim: 'Carry a gradient through a whole neuron with four rules, then draw four of its gates as one.',
  chapter: 'Graphs and backpropagation',
  place: 30,
  source: 'SDU lecture on gradient-based learning, sigmoid example (after Stanford CS231n)',
  steps: [
    {
      title: 'Eight gates',
      text: String.raw`
A neuron weighs its inputs, adds a bias $w_2$ and squeezes the sum between 0 and 1:

$$f = \frac{1}{1 + e^{-(w_0 x_0 + w_1 x_1 + w_2)}}$$

Written out in the simplest gates: the products are [[w0*x0]] and [[w1*x1]], with the bias they add up to
[[w0*x0+w1*x1+w2]], and after sign, exponential, one more and reciprocal the neuron answers [[1/(1+exp(-(w0*x0+w1*x1+w2)))]].`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'inputs' }),
      expect: [
        {
          row: 'S45',
          numbers: {
            'w0*x0': '-2',
            'w1*x1': '6',
            'w0*x0+w1*x1': '4',
            [SUM]: '1',
            [`-(${SUM})`]: '-1',
            [EXPONENTIAL]: '0.367879',
            [`1+${EXPONENTIAL}`]: '1.367879',
            [FORMULA]: '0.731059',
          },
        },
      ],
    },
    {
      title: 'The way back',
      text: String.raw`
Step back from the 1 on the last wire. After the reciprocal it is [[d 1+exp(-(w0*x0+w1*x1+w2))]]; adding one changes
nothing; the exponential makes it [[d -(w0*x0+w1*x1+w2)]]; the sign turns it into [[d w0*x0+w1*x1+w2]].

The sums hand that number on, and each product multiplies it with its other input. So $w_0$ gets [[d w0]], $x_0$
[[d x0]], $w_1$ [[d w1]], $x_1$ [[d x1]] and the bias $w_2$ [[d w2]].

On slides this is done with two digits: switch them on and compare.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'values', hasTwoDigits: true }),
      question: {
        ask: 'The slide reaches $x_0$ with $(2.00)(0.20) = 0.40$. Which number is right?',
        answer: '0.39: $2 \\cdot 0.196612 = 0.393224$. The slide went on with a number that was rounded already.',
      },
      expect: [
        {
          row: 'S45',
          numbers: {
            [`d ${FORMULA}`]: '1',
            [`d 1+${EXPONENTIAL}`]: '-0.534447',
            [`d ${EXPONENTIAL}`]: '-0.534447',
            [`d -(${SUM})`]: '-0.196612',
            [`d ${SUM}`]: '0.196612',
            'd w0': '-0.196612',
            'd x0': '0.393224',
            'd w1': '-0.393224',
            'd x1': '-0.589836',
            'd w2': '0.196612',
          },
        },
      ],
    },
    {
      title: 'Four rules are enough',
      text: String.raw`
Everything above used four local derivatives:

$$e^x \to e^x \qquad a\,x \to a \qquad \frac{1}{x} \to -\frac{1}{x^2} \qquad c + x \to 1$$

Press a gate, or reach it with Tab, to see which rule it follows and what it comes to here. The reciprocal, for one,
multiplies by [[local 1+exp(-(w0*x0+w1*x1+w2)) of 1/(1+exp(-(w0*x0+w1*x1+w2)))]].`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES),
      expect: [{ row: 'S45', numbers: { [`local 1+${EXPONENTIAL} of ${FORMULA}`]: '-0.534447' } }],
    },
    {
      title: 'One gate for four',
      text: String.raw`
Sign, exponential, plus one and reciprocal always come together. Draw them as a single gate $\sigma$, above the graph,
and their four steps become one:

$$\sigma'(z) = \bigl(1 - \sigma(z)\bigr)\,\sigma(z)$$

The wire into it still carries [[d w0*x0+w1*x1+w2]]. How finely a graph is cut is a matter of taste; the gradients are not.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { fold: { op: 'sigmoid', input: SUM, output: FORMULA } }),
      question: {
        ask: 'How large can the factor of this gate become?',
        answer:
          'At most a quarter, where the neuron is undecided: at $\\sigma = \\frac{1}{2}$ it is $\\frac{1}{2} \\cdot \\frac{1}{2}$.',
      },
      task: {
        text: 'Make the neuron so sure of itself that the gradient of its bias falls below 0.01.',
        reading: `d w2`,
        from: 0,
        to: 0.01,
        solution: { w2: 4 },
      },
      expect: [{ row: 'S46', numbers: { [`d ${SUM}`]: '0.196612', [SLOPE]: '0.196612' } }],
    },
  ],
};
