/**
 * Reads JSON from files we did not write: RFC 8259 to the letter, with limits, and refusing what JSON.parse lets
 * through silently (duplicate keys, numbers that overflow, keys that reach for prototypes).
 */
import { AppError } from './errors.ts';
import type { Json } from './json.ts';

export interface JsonLimits {
  /** What messages call the file: 'project file'. */
  readonly what: string;
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Longest string, in UTF-16 code units. */
  readonly maxString: number;
}

const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const FOUR_HEX = /^[0-9a-fA-F]{4}$/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/**
 * The value in a file.
 * Throws AppError 'file.too_large', 'file.not_text', 'file.not_json' (with line and column), and, with the JSON path,
 * 'json.too_deep', 'json.duplicate_key', 'json.forbidden_key', 'json.not_finite', 'json.long_string'.
 */
export function readJson(file: string | Uint8Array, limits: JsonLimits): Json {
  const { what, maxBytes } = limits;
  const size = file.length;
  if (size > maxBytes) throw new AppError('file.too_large', { what, size, limit: maxBytes });
  const text = typeof file === 'string' ? file : decodeUtf8(file, what);
  return new Reader(text.startsWith('\uFEFF') ? text.slice(1) : text, limits).file();
}

/** What editors write before UTF-16; without it every other byte of a JSON file in UTF-16 is zero, so one of the first two. */
function isUtf16([first, second]: Uint8Array): boolean {
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return hasMark || (second !== undefined && (first === 0 || second === 0));
}

function decodeUtf8(bytes: Uint8Array, what: string): string {
  if (isUtf16(bytes)) throw new AppError('file.not_text', { what, found: 'UTF-16' });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('file.not_text', { what, found: 'other bytes' }, { cause });
  }
}

class Reader {
  readonly #text: string;
  readonly #limits: JsonLimits;
  #at = 0;
  /** Keys and indices that lead to the value being read. */
  readonly #path: (string | number)[] = [];

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  file(): Json {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('nothing more');
    return value;
  }

  #value(): Json {
    this.#space();
    const start = this.#text[this.#at];
    if (start === '{') return this.#nested(() => this.#object());
    if (start === '[') return this.#nested(() => this.#list());
    if (start === '"') return this.#string();
    if (this.#word('true')) return true;
    if (this.#word('false')) return false;
    if (this.#word('null')) return null;
    return this.#number();
  }

  #nested(read: () => Json): Json {
    if (this.#path.length >= this.#limits.maxDepth) {
      throw new AppError('json.too_deep', { place: this.#place(), limit: this.#limits.maxDepth });
    }
    return read();
  }

  #object(): Json {
    const object: Record<string, Json> = {};
    this.#at++;
    if (this.#mark('}')) return object;
    do {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('a key in double quotes');
      const key = this.#string();
      if (FORBIDDEN_KEYS.includes(key)) throw new AppError('json.forbidden_key', { place: this.#place(), key });
      if (Object.hasOwn(object, key)) throw new AppError('json.duplicate_key', { place: this.#place(), key });
      if (!this.#mark(':')) this.#fail('":"');
      this.#path.push(key);
      object[key] = this.#value();
      this.#path.pop();
    } while (this.#mark(','));
    if (!this.#mark('}')) this.#fail('"," or "}"');
    return object;
  }

  #list(): Json {
    const list: Json[] = [];
    this.#at++;
    if (this.#mark(']')) return list;
    do {
      this.#path.push(list.length);
      list.push(this.#value());
      this.#path.pop();
    } while (this.#mark(','));
    if (!this.#mark(']')) this.#fail('"," or "]"');
    return list;
  }

  #string(): string {
    const text = this.#text;
    let result = '';
    let from = ++this.#at;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === QUOTE) break;
      // NaN at the end of the text compares false with everything.
      if (!(code >= FIRST_PRINTABLE)) this.#fail('a closing quote');
      if (code !== BACKSLASH) {
        this.#at++;
        continue;
      }
      result += text.slice(from, this.#at) + this.#escape();
      from = this.#at;
    }
    result += text.slice(from, this.#at++);
    if (result.length > this.#limits.maxString) {
      throw new AppError('json.long_string', { place: this.#place(), limit: this.#limits.maxString });
    }
    return result;
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!FOUR_HEX.test(digits)) this.#fail('four hexadecimal digits after \\u');
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meaning = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (meaning === undefined) this.#fail('an escape of JSON');
    this.#at += 2;
    return meaning;
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null) this.#fail('a value');
    this.#at = NUMBER.lastIndex;
    const value = Number(match[0]);
    if (!Number.isFinite(value)) throw new AppError('json.not_finite', { place: this.#place(), found: match[0] });
    return value;
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  /** Steps over `mark`, which may stand behind white space. */
  #mark(mark: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    let code = this.#text.charCodeAt(this.#at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = this.#text.charCodeAt(++this.#at);
  }

  #place(): string {
    return formatPath(this.#path);
  }

  #fail(expected: string): never {
    const before = this.#text.slice(0, this.#at).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    const found = this.#at < this.#text.length ? JSON.stringify(this.#text[this.#at]) : 'the end of the file';
    const reason = `${found} where ${expected} was expected (line ${before.length}, column ${column})`;
    throw new AppError('file.not_json', { what: this.#limits.what, reason });
  }
}

/** 'graph.nodes[2].params', as messages name a place; 'top level' for the whole. */
export function formatPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'top level';
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}
