/** Expressions as TeX. */
import type { Expression } from './parse.ts';

/** How tightly a piece of TeX holds together: sums, products and signs, powers, and what needs no brackets anywhere. */
const SUM = 1;
const PRODUCT = 2;
const POWER = 3;
const ATOM = 4;

interface Piece {
  readonly tex: string;
  readonly binds: number;
}

const GREEK = new Set([
  'alpha',
  'beta',
  'gamma',
  'delta',
  'epsilon',
  'eta',
  'theta',
  'lambda',
  'mu',
  'rho',
  'sigma',
  'tau',
]);
/** Functions that TeX has under their own name. */
const KNOWN = new Set(['ln', 'sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'max', 'min', 'tanh']);

/** The formula as TeX, with no more brackets than it needs. */
export function expressionTex(expression: Expression): string {
  return pieceOf(expression).tex;
}

/** A variable's name as TeX: w0 has an index, eps is spelled out. */
export function nameTex(name: string): string {
  const [, stem = name, index = ''] = /^([A-Za-z]+?)_?(\d*)$/.exec(name) ?? [];
  const letter = GREEK.has(stem) ? `\\${stem}` : stem.length === 1 ? stem : `\\mathit{${stem.replaceAll('_', '\\_')}}`;
  return index === '' ? letter : `${letter}_{${index}}`;
}

function pieceOf(expression: Expression): Piece {
  if (expression.kind === 'number') return numberPiece(expression.value);
  if (expression.kind === 'name') return { tex: nameTex(expression.name), binds: ATOM };
  const { op, inputs } = expression;
  return operatorPiece(op, inputs) ?? functionPiece(op, inputs);
}

/** A sign, or a power of ten, needs brackets under an exponent: TeX refuses a second one. */
function numberPiece(value: number): Piece {
  const [digits = '', exponent] = String(value).split('e');
  const tex = exponent === undefined ? digits : `${digits} \\cdot 10^{${Number(exponent)}}`;
  return { tex, binds: value < 0 || exponent !== undefined ? PRODUCT : ATOM };
}

/** The piece in brackets unless it holds together at least as tightly as `binds`. */
function held(expression: Expression | undefined, binds: number): string {
  if (expression === undefined) return '';
  const piece = pieceOf(expression);
  return piece.binds >= binds ? piece.tex : `\\left(${piece.tex}\\right)`;
}

function operatorPiece(op: string, [a, b]: readonly Expression[]): Piece | null {
  switch (op) {
    case 'add':
      return { tex: `${held(a, SUM)} + ${held(b, SUM)}`, binds: SUM };
    case 'subtract':
      return { tex: `${held(a, SUM)} - ${held(b, PRODUCT)}`, binds: SUM };
    case 'multiply': {
      const [left, right] = [held(a, PRODUCT), held(b, PRODUCT)];
      return { tex: `${left} ${/^[-\d]/.test(right) ? '\\cdot' : '\\,'} ${right}`, binds: PRODUCT };
    }
    case 'divide':
      return { tex: `\\frac{${held(a, 0)}}{${held(b, 0)}}`, binds: PRODUCT };
    case 'power':
      return { tex: `${held(a, ATOM)}^{${held(b, 0)}}`, binds: POWER };
    case 'negate':
      return { tex: `-${held(a, PRODUCT)}`, binds: SUM };
    default:
      return null;
  }
}

function functionPiece(op: string, inputs: readonly Expression[]): Piece {
  const [a, b] = inputs;
  const list = inputs.map((input) => held(input, 0)).join(', ');
  switch (op) {
    case 'exp':
      return { tex: `e^{${list}}`, binds: POWER };
    case 'sqrt':
      return { tex: `\\sqrt{${list}}`, binds: ATOM };
    case 'abs':
      return { tex: `\\left|${list}\\right|`, binds: ATOM };
    case 'log':
      return { tex: `\\log_{${held(a, 0)}}\\left(${held(b, 0)}\\right)`, binds: ATOM };
    case 'sigmoid':
      return { tex: `\\sigma\\left(${list}\\right)`, binds: ATOM };
    case 'relu':
      return { tex: `\\operatorname{ReLU}\\left(${list}\\right)`, binds: ATOM };
    default:
      return { tex: `${KNOWN.has(op) ? `\\${op}` : `\\operatorname{${op}}`}\\left(${list}\\right)`, binds: ATOM };
  }
}
