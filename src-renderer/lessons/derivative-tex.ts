/** A derivative written by hand, as TeX. */
import { parseExpression } from '../../src-core/autodiff/parse.ts';
import { expressionTex, nameTex } from '../../src-core/autodiff/tex.ts';
import type { ClosedForm } from '../../src-core/lessons/panes.ts';

const tex = (text: string): string => expressionTex(parseExpression(text));

/** '∂f/∂x = …'. */
export function derivativeTex(name: string, form: ClosedForm): string {
  return `\\frac{\\partial f}{\\partial ${nameTex(name)}} = ${formTex(form)}`;
}

function formTex(form: ClosedForm): string {
  if (typeof form === 'string') return tex(form);
  const { sign, plus, minus } = form;
  return `\\begin{cases} ${tex(plus)} & ${tex(sign)} > 0 \\\\ ${tex(minus)} & ${tex(sign)} < 0 \\end{cases}`;
}
