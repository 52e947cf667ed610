/** Lesson: the backward pass changes no weight. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

const ERROR = 'w*x+b-y';
const FORMULA = `(${ERROR})^2`;
const DERIVATIVES = { w: `2*(${ERROR})*x`, x: `2*(${ERROR})*w`, b: `2*(${ERROR})`, y: `-2*(${ERROR})` };
const VARIABLES = {
  w: slider(-1, -5, 5),
  x: slider(2, -5, 5),
  b: slider(1, -5, 5),
  y: slider(3, -5, 5),
  rate: slider(0.05, 0, 0.5, 0.005),
};
const LEARNS = { weights: ['w', 'b'], rate: 'rate' };

export const backpropagationAndLearning: Lesson = {
  title: 'Backpropagation is not learning',
  aim: 'Tell apart what finds a gradient and what uses it.',
  chapter: 'Graphs and backpropagation',
  place: 120,
  source: 'SDU lecture on gradient-based learning, backpropagation is not learning',
  steps: [
    {
      title: 'Backward changes nothing',
      text: String.raw`
A unit answers $w x + b = $ [[w*x+b]] where $y = $ [[y]] was wanted; the loss is the squared error, [[(w*x+b-y)^2]].

Run the sweeps to the end, as often as you like. Gradients appear, [[d w]] for $w$ and [[d b]] for $b$. But $w$ is still
[[w]]: **the way back only measures**. Something else has to act on it.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'values' }),
      question: {
        ask: 'The inputs $x$ and $y$ have gradients too. Why are they not changed in training?',
        answer:
          'They are data, not parameters. The gradient of an input is needed only where an earlier layer computed it.',
      },
    },
    {
      title: 'Update',
      text: String.raw`
Gradient descent is the usual second half. **Update** takes a step of the learning rate against each weight's gradient:

$$w \leftarrow w - \eta \, \frac{\partial f}{\partial w}$$

After that all gradients are out of date and vanish from the graph: another forward and backward pass is due. With
$\eta = 0.05$ the error halves each time; $\eta$ is [[rate]] now.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { learns: LEARNS }),
      task: {
        text: 'Bring the loss below 0.01 by updates.',
        reading: FORMULA,
        from: 0,
        to: 0.01,
        solution: { w: 0.6, b: 1.8 },
      },
    },
    {
      title: 'Too fast',
      text: String.raw`
The gradient is right and yet learning fails, if the step is too long. Set the rate to 0.25 and update a few times: the
error changes its sign and grows by half each time. Backpropagation did its part all along.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { learns: LEARNS }),
      task: {
        text: 'Let the loss grow above 100 by updates.',
        reading: FORMULA,
        from: 100,
        to: Number.MAX_VALUE,
        solution: { w: -5, b: -5 },
      },
      question: {
        ask: 'Which rate would hit the target in a single step?',
        answer: 'One tenth: each update multiplies the error by $1 - 2\\eta(x^2 + 1)$, which is $1 - 10\\eta$ here.',
      },
    },
  ],
};
