/**
 * Typed formulas to expressions. `^` binds tightest and to the right, then unary −, then * and /, then + and −:
 * sum := product (('+' | '-') product)*   product := unary (('*' | '/') unary)*   unary := '-' unary | power
 * power := atom ('^' unary)?   atom := number | name | function '(' sum (',' sum)* ')' | '(' sum ')'
 */
import { AppError } from '../lib/errors.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { FUNCTIONS, type OPERATORS } from './operations.ts';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'apply'; readonly op: string; readonly inputs: readonly Expression[] };

const MAX_CHARACTERS = 10_000;
const MAX_DEPTH = 200;

const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(\S))/y;

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** Of its first character, from 1. */
  readonly column: number;
}

/** Throws AppError 'expression.*' with the column that is wrong. */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_CHARACTERS)
    throw new AppError('expression.too_long', { limit: `${MAX_CHARACTERS} characters` });
  return new Parser(readTokens(text)).whole();
}

/** Names in an expression, in the order of their first use. */
export function namesIn(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (part: Expression): void => {
    if (part.kind === 'name') names.add(part.name);
    if (part.kind === 'apply') part.inputs.forEach(visit);
  };
  visit(expression);
  return [...names];
}

function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [, number, name, sign] = match;
    const found = number ?? name ?? sign ?? '';
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text: found, column: TOKEN.lastIndex - found.length + 1 });
  }
  tokens.push({ kind: 'end', text: 'the end', column: text.trimEnd().length + 1 });
  return tokens;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#sum();
    if (this.#next.kind !== 'end') throw this.#unexpected('an operator or the end');
    return expression;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: 'the end', column: 0 };
  }

  #accepts(...signs: readonly string[]): string | null {
    const { kind, text } = this.#next;
    if (kind !== 'sign' || !signs.includes(text)) return null;
    this.#at += 1;
    return text;
  }

  #expect(sign: string): void {
    if (this.#accepts(sign) === null) throw this.#unexpected(sign === ')' ? 'an operator or ")"' : `"${sign}"`);
  }

  #unexpected(expected: string): AppError {
    const { kind, text, column } = this.#next;
    const found = kind === 'end' ? text : JSON.stringify(text);
    return new AppError('expression.syntax', { column, expected, found });
  }

  #sum(): Expression {
    let left = this.#product();
    for (let sign = this.#accepts('+', '-'); sign !== null; sign = this.#accepts('+', '-')) {
      left = apply(sign === '+' ? 'add' : 'subtract', left, this.#product());
    }
    return left;
  }

  #product(): Expression {
    let left = this.#unary();
    for (let sign = this.#accepts('*', '/'); sign !== null; sign = this.#accepts('*', '/')) {
      left = apply(sign === '*' ? 'multiply' : 'divide', left, this.#unary());
    }
    return left;
  }

  #unary(): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new AppError('expression.too_long', { limit: `${MAX_DEPTH} levels` });
    const expression = this.#accepts('-') === null ? this.#power() : apply('negate', this.#unary());
    this.#depth -= 1;
    return expression;
  }

  #power(): Expression {
    const base = this.#atom();
    return this.#accepts('^') === null ? base : apply('power', base, this.#unary());
  }

  #atom(): Expression {
    const token = this.#next;
    if (this.#accepts('(') !== null) {
      const inner = this.#sum();
      this.#expect(')');
      return inner;
    }
    if (token.kind !== 'number' && token.kind !== 'name') throw this.#unexpected('a number, a name or "("');
    this.#at += 1;
    if (token.kind === 'number') return { kind: 'number', value: this.#number(token) };
    const isFunction = Object.hasOwn(FUNCTIONS, token.text);
    if (isFunction || this.#next.text === '(') return this.#call(token);
    return { kind: 'name', name: token.text };
  }

  #number({ text, column }: Token): number {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw new AppError('expression.syntax', { column, expected: 'a finite number', found: text });
  }

  #call({ text: name, column }: Token): Expression {
    const operation = ownEntry(FUNCTIONS, name);
    if (operation === undefined) {
      throw new AppError('expression.function', { column, name, known: Object.keys(FUNCTIONS).join(', ') });
    }
    this.#expect('(');
    const inputs = [this.#sum()];
    while (this.#accepts(',') !== null) inputs.push(this.#sum());
    this.#expect(')');
    const [least, most] = operation.arity;
    if (inputs.length < least || inputs.length > most) {
      const expected = least === most ? `${least} argument${least === 1 ? '' : 's'}` : `at least ${least} arguments`;
      throw new AppError('expression.arguments', { column, name, expected, found: inputs.length });
    }
    return { kind: 'apply', op: name, inputs };
  }
}

function apply(op: keyof typeof OPERATORS, ...inputs: readonly Expression[]): Expression {
  return { kind: 'apply', op, inputs };
}
