/** Lesson: rates of change along a chain of functions multiply. */
import type { Lesson } from '../define.ts';
import { graphPane, slider } from '../panes.ts';

export const chainRule: Lesson = {
  title: 'The chain rule',
  aim: 'Read the derivative of a nested function off its graph, factor by factor.',
  chapter: 'Graphs and backpropagation',
  place: 10,
  source: 'SDU lecture on gradient-based learning, chain rule of calculus',
  steps: [
    {
      title: 'Rates multiply',
      text: String.raw`
Here $f = (2x + 1)^3$ is cut into three gates: $u = 2x$ doubles, $v = u + 1$ adds one, $f = v^3$ cubes. Each gate knows
only its own rate.

At $x = $ [[x]] doubling moves twice as fast as $x$, adding one changes no rate, and the cube of [[2*x+1]] moves
[[local 2*x+1 of (2*x+1)^3]] times as fast as what goes into it. One after the other they **multiply**:

$$\frac{df}{dx} = \frac{df}{dv}\,\frac{dv}{du}\,\frac{du}{dx}$$

Together that makes [[d x]]. Move $x$ and watch every factor follow.`,
      pane: graphPane('(2*x+1)^3', { x: '6*(2*x+1)^2' }, { x: slider(1, -3, 3) }),
      question: {
        ask: 'Why do the rates multiply and not add?',
        answer:
          'A push of $x$ becomes twice as large in the first gate, and what arrives at the cube is already doubled: the cube scales the scaled push.',
      },
    },
    {
      title: 'Three links',
      text: String.raw`
The same with $f = \sin(e^{x^2})$. No matter how odd the gates are, the answer is the product of their local rates:

$$\frac{df}{dx} = \cos\left(e^{x^2}\right) \cdot e^{x^2} \cdot 2x$$

Now the factors are [[local exp(x^2) of sin(exp(x^2))]], [[local x^2 of exp(x^2)]] and [[local x of x^2]], and the
product is [[d x]]. Press a gate to see its rule.`,
      pane: graphPane('sin(exp(x^2))', { x: 'cos(exp(x^2))*exp(x^2)*2*x' }, { x: slider(0.5, -1.5, 1.5, 0.01) }),
      task: {
        text: 'Find an $x$ at which the whole derivative is zero because one factor is.',
        reading: 'd x',
        from: -1e-9,
        to: 1e-9,
        solution: { x: 0 },
      },
    },
    {
      title: 'A chain of your own',
      text: String.raw`
Type any formula, such as **sqrt(1+tanh(x)^2)**. Nobody has written down its derivative, so two numbers have to
meet: the product along the graph, and the slope found by computing the formula twice, a little left and right.

Functions are **exp, ln, log, sqrt, sin, cos, tan, cot, sec, csc, tanh, sigmoid, relu, abs, max, min**.`,
      pane: graphPane('ln(1+exp(3*x))', { x: '3*exp(3*x)/(1+exp(3*x))' }, { x: slider(0.5, -3, 3) }, { isTyped: true }),
    },
  ],
};
