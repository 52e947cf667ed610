/** Lesson: what sums, maxima and products do with a gradient. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

const FORMULA = '(x*y+max(z,w))*2';
const DERIVATIVES = {
  x: '2*y',
  y: '2*x',
  z: { sign: 'z-w', plus: '2', minus: '0' },
  w: { sign: 'w-z', plus: '2', minus: '0' },
};
const VARIABLES = { x: slider(3, -5, 5), y: slider(-4, -5, 5), z: slider(2, -5, 5), w: slider(-1, -5, 5) };

export const gatePatterns: Lesson = {
  title: 'Three kinds of gates',
  aim: 'Predict where a gradient goes without computing it.',
  chapter: 'Graphs and backpropagation',
  place: 40,
  source: 'SDU lecture on gradient-based learning, patterns in the backward flow',
  steps: [
    {
      title: 'Sums distribute',
      text: String.raw`
Three habits explain most of what gradients do. Here they stand in one graph, worth [[(x*y+max(z,w))*2]].

A **sum** gives every input the gradient it got itself: [[d x*y+max(z,w)]] comes in and [[d x*y]] and [[d max(z,w)]] go
out. The values on its wires do not matter at all.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'values' }),
      expect: [
        {
          row: 'S48',
          numbers: { [FORMULA]: '-20', 'd x': '-8', 'd y': '6', 'd z': '2', 'd w': '0' },
        },
      ],
    },
    {
      title: 'Maxima route',
      text: String.raw`
A **maximum** sends the whole gradient to the larger input and nothing to the other: now $z$ gets [[d z]] and $w$ gets
[[d w]]. Small changes of the smaller one do not reach the result.

Pooling layers and ReLU are made of this gate. A unit that is never the larger one never learns.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES),
      task: {
        text: 'Send the gradient to $w$ instead of $z$.',
        reading: 'd w',
        from: 2,
        to: 2,
        solution: { w: 3 },
      },
      question: {
        ask: 'What happens where $z$ and $w$ are equal? Try it and look at the check.',
        answer:
          'There is a corner: from one side the slope is 2, from the other 0. The engine decides for the first input; the check turns red, since no derivative exists.',
      },
      expect: [{ row: 'S48', numbers: { 'd z': '2', 'd w': '0' } }],
    },
    {
      title: 'Products switch',
      text: String.raw`
A **product** gives each input the value of the other, times what comes in. Here $x = $ [[x]] and $y = $ [[y]], so $x$
receives $2y = $ [[d x]] and $y$ receives $2x = $ [[d y]].

So a large input makes a large gradient for its weight. This is one reason why data are scaled before a network sees them.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES),
      task: {
        text: 'Stop $y$ from receiving any gradient without touching $y$.',
        reading: 'd y',
        from: 0,
        to: 0,
        solution: { x: 0 },
      },
      expect: [{ row: 'S48', numbers: { 'd x': '-8', 'd y': '6' } }],
    },
  ],
};
