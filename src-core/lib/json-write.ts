/** Writes JSON that people read and compare: short things on one line, the same value always as the same bytes. */
import { assert } from './assert.ts';
import type { Json } from './json.ts';

const LINE = 120;
const INDENT = '  ';

/**
 * `value` as text, indented by two spaces, a list or object on one line where it fits in 120 characters.
 * Keys keep their order; −0 stays −0; keys whose value is undefined are left out.
 */
export function writeJson(value: Json): string {
  return `${pretty(value, '', 0)}\n`;
}

/** @param used characters already on the line before the value */
function pretty(value: Json | undefined, indent: string, used: number): string {
  if (typeof value !== 'object' || value === null) return scalar(value);
  const line = inline(value, LINE - used);
  if (line !== null) return line;
  const inner = indent + INDENT;
  if (isList(value)) {
    const items = value.map((item) => inner + pretty(item, inner, inner.length + 1));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const lines = entries.map(([key, item]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + pretty(item, inner, start.length + 1);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** On one line; null when that takes more than `room` characters: gives up as soon as it knows. */
function inline(value: Json | undefined, room: number): string | null {
  if (typeof value !== 'object' || value === null) {
    const text = scalar(value);
    return text.length <= room ? text : null;
  }
  const list = isList(value);
  const items = list
    ? value.map((item) => ['', item] as const)
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [`${JSON.stringify(key)}: `, item] as const);
  const parts: string[] = [];
  let left = room - 2;
  for (const [key, item] of items) {
    const text = inline(item, left - key.length);
    if (text === null) return null;
    parts.push(key + text);
    left -= key.length + text.length + 2;
  }
  const text = list ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
  return text.length <= room ? text : null;
}

function scalar(value: Exclude<Json, object> | undefined): string {
  assert(value !== undefined, 'a list holds no undefined');
  if (typeof value !== 'number') return JSON.stringify(value);
  assert(Number.isFinite(value), 'numbers of a document are finite');
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
