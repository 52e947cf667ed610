/** The 22 rules of the lectures' table of derivatives, each with a formula to try it on. */
import type { Choice, Choices } from '../panes.ts';

const rule = (label: string, expression: string, x: string): Choice => ({ label, expression, derivatives: { x } });

/** Sums and products. */
export const linearRules: Choices = [
  rule('constant: (a)′ = 0', '4', '0'),
  rule('variable: (x)′ = 1', 'x', '1'),
  rule('multiple: (a u)′ = a u′', '4*x^2', '8*x'),
  rule('sum: (u + v − w)′ = u′ + v′ − w′', 'x+x^2-sin(x)', '1+2*x-cos(x)'),
  rule('product: (u v)′ = u v′ + v u′', '(x^2+1)*sin(x)', '(x^2+1)*cos(x)+2*x*sin(x)'),
  rule('quotient: (u / v)′ = u′ / v − u v′ / v²', '(x^2+1)/sin(x)', '2*x/sin(x)-(x^2+1)*cos(x)/sin(x)^2'),
];

/** Powers, roots and reciprocals, and the rule that joins them all. */
export const powerRules: Choices = [
  rule('power: (uⁿ)′ = n uⁿ⁻¹ u′', '(2*x+1)^5', '10*(2*x+1)^4'),
  rule('root: (√u)′ = u′ / (2 √u)', 'sqrt(x^2+1)', 'x/sqrt(x^2+1)'),
  rule('reciprocal: (1 / u)′ = −u′ / u²', '1/(x^2+1)', '-2*x/(x^2+1)^2'),
  rule('reciprocal power: (1 / uⁿ)′ = −n u′ / uⁿ⁺¹', '1/(x^2+1)^3', '-6*x/(x^2+1)^4'),
  rule('chain: f(u)′ = f′(u) u′', 'tanh(x^2+1)', '(1-tanh(x^2+1)^2)*2*x'),
];

/** Logarithms and exponentials. */
export const growthRules: Choices = [
  rule('natural logarithm: (ln u)′ = u′ / u', 'ln(x^2+1)', '2*x/(x^2+1)'),
  rule('logarithm to the base a: (logₐ u)′ = u′ / (u ln a)', 'log(10, x^2+1)', '2*x/((x^2+1)*ln(10))'),
  rule('exponential: (eᵘ)′ = eᵘ u′', 'exp(3*x)', '3*exp(3*x)'),
  rule('power of a number: (aᵘ)′ = aᵘ ln a u′', '2^(3*x)', '3*ln(2)*2^(3*x)'),
  rule('both: (uᵛ)′ = v uᵛ⁻¹ u′ + ln u uᵛ v′', 'x^sin(x)', 'sin(x)*x^(sin(x)-1)+ln(x)*x^sin(x)*cos(x)'),
];

/** Functions of angles. */
export const angleRules: Choices = [
  rule('(sin u)′ = cos u · u′', 'sin(2*x)', '2*cos(2*x)'),
  rule('(cos u)′ = −sin u · u′', 'cos(2*x)', '-2*sin(2*x)'),
  rule('(tan u)′ = sec² u · u′', 'tan(x^2)', '2*x/cos(x^2)^2'),
  rule('(cot u)′ = −csc² u · u′', 'cot(x^2)', '-2*x/sin(x^2)^2'),
  rule('(sec u)′ = sec u tan u · u′', 'sec(x^2)', '2*x*sin(x^2)/cos(x^2)^2'),
  rule('(csc u)′ = −csc u cot u · u′', 'csc(x^2)', '-2*x*cos(x^2)/sin(x^2)^2'),
];
