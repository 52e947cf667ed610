/** Lesson: the table of derivatives, each rule tried, and formulas of one's own. */
import type { Lesson } from '../define.ts';
import { graphPane, slider, type Choices, type GraphPane } from '../panes.ts';
import { angleRules, growthRules, linearRules, powerRules } from './rules.ts';

/** Where all rules are defined: ln and roots need x > 0, tan and its kin lie between their poles. */
const VARIABLES = { x: slider(0.7, 0.1, 1.2, 0.01) };
const tryRules = (choices: Choices): GraphPane => ({ widget: 'graph', variables: VARIABLES, choices });

export const derivativeRules: Lesson = {
  title: 'All the rules there are',
  aim: 'Find the rule that a gate follows, for every function that networks are made of.',
  chapter: 'Graphs and backpropagation',
  place: 70,
  source: 'Berkeley lecture on neural networks, tables of derivatives',
  steps: [
    {
      title: 'Sums and products',
      text: String.raw`
Every differentiable formula you can type is made of a few functions, and each has one rule. $u$ and $v$ stand for any
function of $x$; a prime means the derivative with respect to $x$.

Choose a rule above the graph. It is tried on a formula at $x = $ [[x]], where the slope is [[slope x]]; the check beside it
computes that slope by the rule, by the graph and by differences.`,
      pane: tryRules(linearRules),
      question: {
        ask: 'The product rule adds two terms. Where are they in the graph?',
        answer: '$x$ is used in both factors. The two terms are the gradients that come back along the two paths.',
      },
    },
    {
      title: 'Powers, roots, reciprocals',
      text: String.raw`
Roots and reciprocals are powers too, $\sqrt{u} = u^{1/2}$ and $\frac{1}{u} = u^{-1}$, so one rule covers all of them.

The last one, the chain rule, is what turns a table into a method: it lets $u$ be anything.`,
      pane: tryRules(powerRules),
    },
    {
      title: 'Growth',
      text: String.raw`
The exponential is its own slope, and the logarithm undoes it. Other bases cost a factor $\ln a$.

Where both base and exponent move, as in $x^{\sin x}$, each gets its share: one as in a power, one as in an exponential.`,
      pane: tryRules(growthRules),
      question: {
        ask: 'Why does $u^v$ need $u > 0$?',
        answer:
          'Its share for $v$ contains $\\ln u$, which has no real value otherwise. With a fixed whole exponent that share is not needed.',
      },
    },
    {
      title: 'Angles',
      text: String.raw`
Networks seldom need these six, position encodings of transformers being an exception. They are here because the table has
them, and because the same engine that trains networks must get them right.`,
      pane: tryRules(angleRules),
    },
    {
      title: 'Your turn',
      text: String.raw`
No formula in a network is in the table as it stands, and none needs to be. Type one; use as many variables as you like.
The engine splits it into gates, and the check compares it with differences.`,
      pane: graphPane('exp(-x^2)*cos(5*x)', { x: '-2*x*exp(-x^2)*cos(5*x)-5*exp(-x^2)*sin(5*x)' }, VARIABLES, {
        isTyped: true,
      }),
    },
  ],
};
