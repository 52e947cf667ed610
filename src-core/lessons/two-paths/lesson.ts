/** Lesson: a variable that is used twice gets the sum of what comes back. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

const FORMULA = 'w1^3*w2+3*w1';
const DERIVATIVES = { w1: '3*w1^2*w2+3', w2: 'w1^3' };
const VARIABLES = { w1: slider(2, -3, 3), w2: slider(3, -3, 3) };

export const twoPaths: Lesson = {
  title: 'Two paths that add',
  aim: 'Collect the gradient of a variable that is used in several places.',
  chapter: 'Graphs and backpropagation',
  place: 50,
  source: 'Berkeley lecture on neural networks; the function is reconstructed from the gradient [39, 8] that it gives',
  steps: [
    {
      title: 'One variable, two wires',
      text: String.raw`
In $f = w_1^3\,w_2 + 3\,w_1$ the weight $w_1$ is used twice. On the way forward that is nothing special: the cube is
[[w1^3]], its product with $w_2$ [[w1^3*w2]], the other product [[3*w1]], and $f = $ [[w1^3*w2+3*w1]].`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'inputs' }),
      expect: [{ row: 'S51', numbers: { 'w1^3': '8', 'w1^3*w2': '24', '3*w1': '6', [FORMULA]: '30' } }],
    },
    {
      title: 'Gradients meet and add',
      text: String.raw`
On the way back **two** numbers arrive at $w_1$: [[d w1 via w1^3]] through the cube and [[d w1 via 3*w1]] directly. Both
are true at once, since a push of $w_1$ goes both ways, so they add up to [[d w1]]. Only one wire leads to $w_2$, which
gets [[d w2]].

$$\nabla f = \left[\,3\,w_1^2\,w_2 + 3,\; w_1^3\,\right]$$`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'values' }),
      question: {
        ask: 'Where does this happen in a network?',
        answer:
          'Wherever a number is used more than once: a unit that feeds several units, a filter that slides, a step of a recurrent layer.',
      },
      expect: [{ row: 'S51', numbers: { 'd w1 via w1^3': '36', 'd w1 via 3*w1': '3', 'd w1': '39', 'd w2': '8' } }],
    },
    {
      title: 'What a gradient promises',
      text: String.raw`
A gradient is a promise about small pushes. At $w_1 = 2$ it is $36 + 3$, so adding 0.1 should raise $f$ by about 3.6 through
the cube and 0.3 directly: from 30 to 33.9.

Try it: set $w_1$ to 2.1 and read $f$, now [[w1^3*w2+3*w1]]. It rises a little more than promised, since the slope
itself grows on the way.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES),
      task: {
        text: 'Raise $w_1$ by 0.1.',
        reading: 'w1',
        from: 2.0999,
        to: 2.1001,
        solution: { w1: 2.1 },
      },
      expect: [{ row: 'S51', numbers: { '3*w1^2*w2*0.1': '3.6' } }],
    },
  ],
};
