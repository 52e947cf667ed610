/** Templates by the name people type: 'two-spirals'. */
import { ownEntry } from '../lib/fields-check.ts';
import * as all from './all.ts';
import type { TemplateDefinition } from './define.ts';

/** Every template by name, from easy to hard. */
export const templates: Readonly<Record<string, TemplateDefinition>> = Object.fromEntries(
  Object.entries(all)
    .sort(([, one], [, other]) => one.place - other.place)
    .map(([key, definition]) => [kebabCase(key), definition]),
);

/** The template of that name; undefined when there is none. */
export function templateOf(name: string): TemplateDefinition | undefined {
  return ownEntry(templates, name);
}

function kebabCase(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
