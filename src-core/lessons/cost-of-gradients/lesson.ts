/** Lesson: what all gradients cost. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

const SUM = 'w1*x1+w2*x2+w3*x3+b';
const FORMULA = `(tanh(${SUM})-y)^2`;
const OUTER = `2*(tanh(${SUM})-y)`;
const INNER = `${OUTER}*(1-tanh(${SUM})^2)`;
const DERIVATIVES = {
  w1: `${INNER}*x1`,
  x1: `${INNER}*w1`,
  w2: `${INNER}*x2`,
  x2: `${INNER}*w2`,
  w3: `${INNER}*x3`,
  x3: `${INNER}*w3`,
  b: INNER,
  y: `-${OUTER}`,
};
const VARIABLES = {
  w1: slider(0.5, -2, 2),
  x1: slider(1, -2, 2),
  w2: slider(-0.4, -2, 2),
  x2: slider(0.5, -2, 2),
  w3: slider(0.3, -2, 2),
  x3: slider(-1, -2, 2),
  b: slider(0.1, -2, 2),
  y: slider(1, -2, 2),
};

export const costOfGradients: Lesson = {
  title: 'What gradients cost',
  aim: 'Compare the price of a gradient with that of the function itself.',
  chapter: 'Graphs and backpropagation',
  place: 130,
  source: 'Berkeley lecture on neural networks, automatic differentiation',
  steps: [
    {
      title: 'Keep what you computed',
      text: String.raw`
Forward, every gate is computed once and its value kept. Backward, every wire costs one product, and a variable used
several times a sum. So all gradients together cost about as much as the function: a small multiple, whatever their number.

The panel on the right counts the operations of this graph and can time both sweeps on this computer.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { hasCosts: true, start: 'values' }),
      question: {
        ask: 'What is paid for this speed?',
        answer:
          'Memory: all values have to be kept until the way back has used them. Large networks run out of that first.',
      },
      expect: [{ row: 'S43', numbers: { 'passes reverse': '1' } }],
    },
    {
      title: 'The other two ways',
      text: String.raw`
Differences need two whole computations for **each** variable, and give only as many digits as rounding leaves. Forward
accumulation needs one sweep for each: [[passes forward]] here against [[passes reverse]] back.

With eight variables that is a nuisance. With eight million weights it is the difference between a second and a season.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { hasCosts: true, hasModes: true }),
    },
  ],
};
