/** Lesson: the five common activations and their slopes. */
import type { Expectation, Lesson } from '../define.ts';
import { slider, type Choices, type CurvePane } from '../panes.ts';

const VALUES = [-2, -1, 0, 0.5, 1, 2];
/** max and relu decide at the corner as the lectures do: ReLU′(0) = 0, leaky ReLU′(0) = 1, ELU′(0) = 1. */
const ACTIVATIONS: Choices = [
  { label: 'Sigmoid', expression: 'sigmoid(z)', derivatives: { z: 'exp(-z)/(1+exp(-z))^2' } },
  { label: 'Tanh', expression: 'tanh(z)', derivatives: { z: '4/(exp(z)+exp(-z))^2' } },
  { label: 'ReLU', expression: 'relu(z)', derivatives: { z: { sign: 'z', plus: '1', minus: '0' } } },
  { label: 'Leaky ReLU', expression: 'max(z, 0.01*z)', derivatives: { z: { sign: 'z', plus: '1', minus: '0.01' } } },
  {
    label: 'ELU',
    expression: 'relu(z)+min(exp(z)-1, 0)',
    derivatives: { z: { sign: 'z', plus: '1', minus: 'exp(z)' } },
  },
];

const pane = (choices: Choices, table: boolean): CurvePane => ({
  widget: 'curve',
  variable: 'z',
  domain: [-5, 5],
  variables: { z: slider(0.5, -5, 5) },
  choices,
  overlay: 'slope',
  ...(table ? { table: VALUES } : {}),
});

/** Value and slope at each of VALUES, by activation in the order above. */
const PRINTED = [
  ['0.119203 0.104994', '0.268941 0.196612', '0.5 0.25', '0.622459 0.235004', '0.731059 0.196612', '0.880797 0.104994'],
  ['-0.964028 0.070651', '-0.761594 0.419974', '0 1', '0.462117 0.786448', '0.761594 0.419974', '0.964028 0.070651'],
  ['0 0', '0 0', '0 0', '0.5 1', '1 1', '2 1'],
  ['-0.02 0.01', '-0.01 0.01', '0 1', '0.5 1', '1 1', '2 1'],
  ['-0.864665 0.135335', '-0.632121 0.367879', '0 1', '0.5 1', '1 1', '2 1'],
];
const table: readonly Expectation[] = PRINTED.flatMap((cells, choice) =>
  cells.map((cell, column) => {
    const [value = '', slope = ''] = cell.split(' ');
    const numbers = { [ACTIVATIONS[choice]?.expression ?? '']: value, 'slope z': slope };
    return { row: 'S60', choice, at: { z: VALUES[column] ?? 0 }, numbers };
  }),
);

export const activations: Lesson = {
  title: 'Activations and their slopes',
  aim: 'Choose an activation by what it does to values and to gradients.',
  chapter: 'Graphs and backpropagation',
  place: 90,
  source: 'Lecture on the mathematics of neural networks; Berkeley lecture on neural networks',
  steps: [
    {
      title: 'The sigmoid',
      text: String.raw`
The sigmoid squeezes any number between 0 and 1: $\sigma(0) = \tfrac{1}{2}$, and at $z = $ [[z]] it is [[sigmoid(z)]]. Its slope,
the dashed curve, is highest in the middle and dies out on both sides.

It is symmetric: $\sigma(-z) = 1 - \sigma(z)$, here [[sigmoid(-z)]].`,
      pane: pane([ACTIVATIONS[0]], false),
      expect: [
        { row: 'S13', at: { z: 0 }, numbers: { 'sigmoid(z)': '0.5' } },
        { row: 'S13', at: { z: 1 }, numbers: { 'sigmoid(z)': '0.731059', 'sigmoid(-z)': '0.268941' } },
        { row: 'S13', at: { z: 5 }, numbers: { 'sigmoid(z)': '0.993307' } },
      ],
      task: {
        text: 'Go where the slope is below 0.02: there the unit is saturated.',
        reading: 'slope z',
        from: 0,
        to: 0.02,
        solution: { z: 4.5 },
      },
    },
    {
      title: 'Five of them',
      text: String.raw`
Tanh is a sigmoid stretched to run from −1 to 1, with slope 1 in the middle. ReLU keeps what is positive: slope 1 or 0.
Leaky ReLU leaves a hundredth of the slope below zero, ELU bends smoothly towards −1.

Choose one above the curve. A gradient on its way back is multiplied by the slope: [[slope z]] here.`,
      pane: pane(ACTIVATIONS, true),
      question: {
        ask: 'Which of them can stop a gradient altogether?',
        answer:
          'ReLU below zero, exactly; sigmoid and tanh far out and ELU far below zero, almost. Leaky ReLU never does.',
      },
      expect: table,
    },
    {
      title: 'At the corner',
      text: String.raw`
At zero ReLU has a corner and no slope. Something must be chosen: this engine takes $\text{ReLU}'(0) = 0$ and, for leaky
ReLU, 1. (ELU has no corner: its slope there really is 1.) Set $z = 0$ and look at the check: it is red, and rightly so, for a difference finds the mean of both sides.

In practice an exact zero is rare, and either choice trains.`,
      pane: pane(
        [
          { label: 'ReLU', expression: 'relu(z)', derivatives: { z: { sign: 'z', plus: '1', minus: '0' } } },
          ACTIVATIONS[0],
        ],
        false,
      ),
      task: { text: 'Put $z$ on the corner of ReLU.', reading: 'z', from: 0, to: 0, solution: { z: 0 } },
    },
  ],
};
