/** Lesson: one graph, values forward and gradients back; forward accumulation beside it. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

const FORMULA = '(x+y)*z';
const DERIVATIVES = { x: 'z', y: 'z', z: 'x+y' };
const VARIABLES = { x: slider(-2, -6, 6), y: slider(5, -6, 6), z: slider(-4, -6, 6) };

export const sumAndProduct: Lesson = {
  title: 'There and back: (x + y) z',
  aim: 'Step through a forward and a backward pass and say what each gate does in it.',
  chapter: 'Graphs and backpropagation',
  place: 20,
  source: 'SDU lecture on gradient-based learning, f(x, y, z) = (x + y)z',
  steps: [
    {
      title: 'Values flow forward',
      text: String.raw`
Two gates compute $f = (x + y)\,z$. Nothing has been computed yet: press **Step** and a gate takes what stands on its
wires and puts its value on the next one.

The first gate is a sum, $q = x + y = $ [[x+y]]. The second multiplies it with $z$: $f = $ [[(x+y)*z]].

The values stay on the wires. The way back will need them.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'inputs' }),
      expect: [{ row: 'S44', numbers: { 'x+y': '3', '(x+y)*z': '-12' } }],
    },
    {
      title: 'Gradients flow back',
      text: String.raw`
Now the other way. The last wire gets [[d (x+y)*z]], since $f$ changes exactly as fast as itself. Then every gate, from
the last to the first, does the same small thing: **incoming gradient × local derivative = outgoing gradient**.

The product gate sends [[d z]] to $z$ (the value of the other input) and [[d x+y]] to $q$. The sum gate passes what it
gets on to both: $x$ and $y$ receive [[d x]] and [[d y]].

$$\frac{\partial f}{\partial x} = \frac{\partial f}{\partial q}\,\frac{\partial q}{\partial x}$$`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { start: 'values' }),
      question: {
        ask: 'Which way should $x$ go to make $f$ larger, and how fast will $f$ rise?',
        answer: 'Down, because its gradient of −4 is negative: each unit that $x$ falls raises $f$ by 4.',
      },
      task: {
        text: 'Change one value so that a larger $x$ makes $f$ larger.',
        reading: 'd x',
        from: 0.01,
        to: Number.MAX_VALUE,
        solution: { z: 2 },
      },
      expect: [{ row: 'S44', numbers: { 'd (x+y)*z': '1', 'd x+y': '-4', 'd z': '3', 'd x': '-4', 'd y': '-4' } }],
    },
    {
      title: 'Two directions, one answer',
      text: String.raw`
The chain rule can also be applied from the inputs on. **Forward accumulation** picks one variable, calls its rate 1 and
asks of every gate how fast it moves with that variable. The other variables need sweeps of their own.

Switch the direction above the graph. The same three numbers come out, after [[passes forward]] sweeps forward or
[[passes reverse]] back. A network has one loss and many weights: that is why it learns by the way back.`,
      pane: graphPane(FORMULA, DERIVATIVES, VARIABLES, { hasModes: true }),
      question: {
        ask: 'When would forward accumulation be the cheaper one?',
        answer:
          'With few inputs and many outputs: it takes a sweep for each input, the way back takes one for each output.',
      },
      expect: [{ row: 'S43', numbers: { 'passes forward': '3', 'passes reverse': '1' } }],
    },
  ],
};
