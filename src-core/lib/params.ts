/** Typed reads of parameters that were already checked against their fields: a wrong type here is a bug. */
import { assert } from './assert.ts';
import type { Json, JsonObject } from './json.ts';

export function numberParam(params: JsonObject, key: string): number {
  const value = params[key];
  assert(typeof value === 'number', `parameter ${key} is a number`);
  return value;
}

export function stringParam(params: JsonObject, key: string): string {
  const value = params[key];
  assert(typeof value === 'string', `parameter ${key} is a name`);
  return value;
}

export function booleanParam(params: JsonObject, key: string): boolean {
  const value = params[key];
  assert(typeof value === 'boolean', `parameter ${key} is true or false`);
  return value;
}

export function integersParam(params: JsonObject, key: string): readonly number[] {
  const value = params[key];
  assert(Array.isArray(value), `parameter ${key} is a list`);
  return value.map((item: Json) => {
    assert(typeof item === 'number', `parameter ${key} is a list of numbers`);
    return item;
  });
}
