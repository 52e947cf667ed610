/** What changed between two documents, by JSON path, so that it can be taken back exactly, key order included. */
import { assert } from '../lib/assert.ts';
import { isObject } from '../lib/fields-check.ts';
import type { Json, JsonPath } from './model.ts';

type Value = Json | undefined;

/** A value at a path: for a list item, the path ends with its index. */
export interface Item {
  readonly path: JsonPath;
  readonly value: Value;
}

/**
 * `updated` replaces values where they stand; `removed` indices count in the list before, `added` ones in the list after.
 * An object whose keys changed is updated as a whole: the order of its keys is part of the file.
 */
export interface Diff {
  readonly added: readonly Item[];
  readonly updated: readonly { readonly path: JsonPath; readonly from: Value; readonly to: Value }[];
  readonly removed: readonly Item[];
}

interface Collector {
  readonly added: Item[];
  readonly updated: { path: JsonPath; from: Value; to: Value }[];
  readonly removed: Item[];
}

/** What turns `from` into `to`. Cost: linear in what is not shared between the two. */
export function diffOf(from: Value, to: Value): Diff {
  const diff: Collector = { added: [], updated: [], removed: [] };
  collect([], from, to, diff);
  return diff;
}

/** True when nothing changed. */
export function isEmptyDiff(diff: Diff): boolean {
  return diff.added.length === 0 && diff.updated.length === 0 && diff.removed.length === 0;
}

/** What takes `diff` back. */
export function reverseDiff({ added, updated, removed }: Diff): Diff {
  return {
    added: removed,
    removed: added,
    updated: updated.map(({ path, from, to }) => ({ path, from: to, to: from })),
  };
}

/** `value` after `diff`, which must have been made from a value equal to it. */
export function applyDiff(value: Value, diff: Diff): Value {
  let result = value;
  for (const { path, to } of diff.updated) result = changedAt(result, path, () => to);
  for (const { path } of diff.removed.toReversed()) result = splicedAt(result, path, 1, []);
  for (const { path, value: item } of diff.added) result = splicedAt(result, path, 0, [item]);
  return result;
}

/** Equal as files are: same values, same keys in the same order, −0 apart from 0. */
export function sameJson(a: Value, b: Value): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Json, i) => sameJson(item, (b as readonly Json[])[i]));
  }
  return isObject(a) && isObject(b) && sameKeys(a, b) && Object.keys(a).every((key) => sameJson(a[key], b[key]));
}

function collect(path: JsonPath, from: Value, to: Value, diff: Collector): void {
  if (Object.is(from, to)) return;
  if (Array.isArray(from) && Array.isArray(to)) {
    collectList(path, from, to, diff);
  } else if (isObject(from) && isObject(to) && sameKeys(from, to)) {
    for (const key of Object.keys(from)) collect([...path, key], from[key], to[key], diff);
  } else if (!sameJson(from, to)) {
    diff.updated.push({ path, from, to });
  }
}

/** Items are compared in place when the lengths agree; otherwise what lies between equal ends is taken out and put in. */
function collectList(path: JsonPath, from: readonly Json[], to: readonly Json[], diff: Collector): void {
  if (from.length === to.length) {
    from.forEach((item, i) => collect([...path, i], item, to[i], diff));
    return;
  }
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && sameJson(from[head], to[head])) head++;
  let tail = 0;
  while (tail < shorter - head && sameJson(from[from.length - 1 - tail], to[to.length - 1 - tail])) tail++;
  for (let i = head; i < from.length - tail; i++) diff.removed.push({ path: [...path, i], value: from[i] });
  for (let i = head; i < to.length - tail; i++) diff.added.push({ path: [...path, i], value: to[i] });
}

function sameKeys(a: object, b: object): boolean {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  return keys.length === others.length && keys.every((key, i) => key === others[i]);
}

function changedAt(value: Value, path: JsonPath, change: (old: Value) => Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (typeof step === 'number') {
    assert(Array.isArray(value) && step < value.length, `the diff fits at [${step}]`);
    return value.with(step, changedAt(value[step], rest, change));
  }
  assert(isObject(value) && Object.hasOwn(value, step), `the diff fits at ${step}`);
  return { ...value, [step]: changedAt(value[step], rest, change) };
}

function splicedAt(value: Value, path: JsonPath, remove: number, insert: readonly Value[]): Value {
  const index = path.at(-1);
  assert(typeof index === 'number', 'only list items are added or removed');
  return changedAt(value, path.slice(0, -1), (list) => {
    assert(Array.isArray(list) && index + remove <= list.length, `the diff fits at [${index}]`);
    return list.toSpliced(index, remove, ...insert);
  });
}
