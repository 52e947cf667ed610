/** Form fields and parameters that convolutions and pools share. */
import type { ChoiceField, IntegersField } from '../lib/fields.ts';
import { integersParam, stringParam } from '../lib/params.ts';
import type { JsonObject } from '../lib/json.ts';
import { MAX_AXIS } from '../lib/fields.ts';

/** What happens at the edge of an image. */
export const paddingField: ChoiceField = {
  kind: 'choice',
  label: 'Padding',
  help: 'valid: only whole windows. same: zeros around, so that the output is input / stride, rounded up.',
  options: ['valid', 'same'],
  default: 'valid',
};

/** [height, width], with a default, or with something to start from. */
export function pairField(
  label: string,
  help: string,
  start: { readonly default: readonly number[] | null } | { readonly initial: readonly number[] },
): IntegersField {
  return { kind: 'integers', label, help, length: 2, min: 1, max: MAX_AXIS, ...start };
}

/** Attributes of a pool op: kernel, stride (the kernel where none is given) and padding. */
export function poolAttributes(params: JsonObject) {
  const kernel = integersParam(params, 'pool_size');
  const given = params['stride'] !== null && params['stride'] !== undefined;
  return { kernel, stride: given ? integersParam(params, 'stride') : kernel, padding: stringParam(params, 'padding') };
}
