/** Generators by the name that stands in project files. */
import { ownEntry } from '../lib/fields-check.ts';
import * as all from './all.ts';
import type { GeneratorDefinition } from './define.ts';

/** Every generator by name, in the order of their names. */
export const generators: Readonly<Record<string, GeneratorDefinition>> = Object.fromEntries(
  Object.entries(all).map(([key, definition]) => [snakeCase(key), definition]),
);

/** The generator of that name; undefined when there is none. */
export function generatorOf(name: string): GeneratorDefinition | undefined {
  return ownEntry(generators, name);
}

function snakeCase(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
