/** Lesson: slopes by computing twice, and what a slope foretells. */
import type { Lesson } from '../define.ts';
import { slider, type CurvePane } from '../panes.ts';

const CUBE: CurvePane = {
  widget: 'curve',
  variable: 'w',
  domain: [0, 3.4],
  variables: { w: slider(2, 0.5, 3), h: slider(0.1, 1e-15, 1, 0.001) },
  choices: [{ expression: 'w^3', derivatives: { w: '3*w^2' } }],
  overlay: 'secant',
  by: 'h',
  readings: { 'Central difference': 'central w h', 'One-sided difference': 'forward w h', 'True slope': 'slope w' },
};

const SQUARE: CurvePane = {
  widget: 'curve',
  variable: 'x',
  domain: [-1, 5],
  variables: { x: slider(3, -0.5, 4), h: slider(0.1, -2, 2, 0.01) },
  choices: [{ expression: 'x^2', derivatives: { x: '2*x' } }],
  overlay: 'step',
  by: 'h',
  readings: {
    'Foretold f(x + h)': 'tangent x h',
    'True f(x + h)': '(x+h)^2',
    'True f(x − h)': '(x-h)^2',
  },
};

export const differences: Lesson = {
  title: 'Slopes without rules',
  aim: 'Check any derivative by computing a function twice, and know how far to trust that.',
  chapter: 'Graphs and backpropagation',
  place: 80,
  source: 'Berkeley lecture on optimisation (numerical derivative); SDU lecture (Taylor, sign of the slope)',
  steps: [
    {
      title: 'Two ways to take a difference',
      text: String.raw`
The slope of $w^3$ at [[w]] is [[3*w^2]]. Without knowing the rule, compute the function at two points and divide:

$$\frac{f(w+h) - f(w-h)}{2h} \qquad \text{or} \qquad \frac{f(w+h) - f(w)}{h}$$

With $h = $ [[h]] the first, **central** difference gives [[central w h]], the second, one-sided one [[forward w h]].
Both compute the function twice, but looking both ways is far better.`,
      pane: CUBE,
      question: {
        ask: 'For $w^3$ the central difference is off by exactly $h^2$. Why exactly?',
        answer:
          '$(w + h)^3 - (w - h)^3$ is $6w^2h + 2h^3$. Divided by $2h$ that leaves $3w^2$ and $h^2$, and there is nothing further.',
      },
      expect: [
        { row: 'S25', numbers: { 'central w h': '12.01', 'forward w h': '12.61', '3*w^2': '12' } },
        // Printed as the error: exactly h².
        { row: 'S25', at: { h: 0.01 }, numbers: { 'central w h': '12.0001' } },
        { row: 'S25', at: { h: 0.001 }, numbers: { 'central w h': '12.000001' } },
      ],
    },
    {
      title: 'Too small is wrong too',
      text: String.raw`
The error falls with $h^2$, so take a tiny $h$? Type **1e-13** for $h$ and look: [[central w h]]. Computers keep about 16 digits.
The two values then agree in most of them, and the difference is made of what is left.

The checks in these lessons use a step of $10^{-5}$, or that share of large values: small enough
for the one error, large enough for the other.`,
      pane: CUBE,
      task: {
        text: 'Find an $h$ for which the central difference is within 0.00001 of the true slope.',
        reading: '(((w+h)^3-(w-h)^3)/(2*h)-3*w^2)',
        from: -1e-5,
        to: 1e-5,
        solution: { h: 0.001 },
      },
    },
    {
      title: 'A slope foretells',
      text: String.raw`
Turned round, a slope says what a step will do:

$$f(x + h) \approx f(x) + h\,f'(x)$$

From $x = $ [[x]] a step of [[h]] should lead to [[tangent x h]]; the truth is [[(x+h)^2]]. And to make $f$ **smaller**, step
against the sign of the slope: $f(x - h) = $ [[(x-h)^2]] against [[x^2]] before.
Gradient descent does nothing else.`,
      pane: SQUARE,
      question: {
        ask: 'Does a step against the slope always lead down?',
        answer:
          'Only where the slope is not zero, and only if the step is small enough: from $x = 3$ a step of 7 ends higher than it began.',
      },
      expect: [
        {
          row: 'S26',
          numbers: { 'tangent x h': '9.6', '(x+h)^2': '9.61', '(x-h)^2': '8.41', 'x^2': '9' },
        },
      ],
    },
  ],
};
