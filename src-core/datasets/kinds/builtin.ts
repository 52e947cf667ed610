/** Data kind `builtin`: sets that ship with the app. */
import { AppError } from '../../lib/errors.ts';
import { ownEntry } from '../../lib/fields-check.ts';
import type { JsonObject } from '../../lib/json.ts';
import { builtinOf, builtins } from '../builtin/registry.ts';
import { headOf } from '../head.ts';
import { textKey } from '../spec-keys.ts';
import type { DataKindDefinition, SpecFacts } from './define.ts';

const NAMES = Object.keys(builtins);

/** Key name: iris, digits, …; rows and values as published. */
export const builtin: DataKindDefinition = {
  label: 'Built-in data set',
  names: NAMES,
  fields: () => ({}),
  keys: {},
  facts: readFacts,
  load: async (spec) => {
    const name = textKey(spec, 'name');
    const definition = builtinOf(name);
    if (definition === undefined) {
      const expected = `one of ${NAMES.join(', ')}`;
      throw new AppError('data.key', { path: 'data.name', expected, found: JSON.stringify(name) });
    }
    const { task, inputNames, targetName, classes, rowCount } = definition;
    const { inputs, targets } = await definition.rows();
    return {
      task,
      inputNames,
      targetNames: [targetName],
      classes,
      categories: {},
      features: null,
      decimal: '.',
      header: true,
      count: rowCount,
      inputs,
      targets,
      head: headOf({ inputs, targets, classes, width: inputNames.length }),
    };
  },
};

function readFacts(spec: JsonObject): SpecFacts {
  const name = ownEntry(spec, 'name');
  const definition = typeof name === 'string' ? builtinOf(name) : undefined;
  if (definition === undefined) return {};
  const { task, inputNames, classes, rowCount } = definition;
  return { task, inputNames, inputSize: inputNames.length, targetSize: 1, classes, rows: rowCount };
}
