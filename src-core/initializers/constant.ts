/** The same number everywhere. */
import { numberParam } from '../lib/params.ts';
import type { InitializerDefinition } from './define.ts';

/** w = value. */
export const constant: InitializerDefinition = {
  label: 'Constant',
  summary: 'The same number everywhere.',
  formula: String.raw`w = c`,
  fields: { value: { kind: 'number', label: 'Value', help: 'The number every weight starts with.', default: 0 } },
  draw: (values, _random, _fans, params) => {
    values.fill(numberParam(params, 'value'));
  },
};
