/** What the three convolutions share: the fields of their forms, and what follows the sliding itself. */
import { initializerField } from '../initializers/registry.ts';
import type { BooleanField, Fields, IntegerField } from '../lib/fields.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import type { JsonObject } from '../lib/json.ts';
import { booleanParam, numberParam } from '../lib/params.ts';
import type { Value } from '../ops/define.ts';
import { activationField, activationName, recordActivation } from './activations.ts';
import type { LayerBuilder } from './define.ts';

const useBiasField: BooleanField = {
  kind: 'boolean',
  label: 'Bias',
  help: 'Adds one learned number to every channel.',
  default: true,
};

export const filtersField: IntegerField = {
  kind: 'integer',
  label: 'Filters',
  help: 'Number of output channels.',
  min: 1,
  max: MAX_AXIS,
  initial: 8,
};

/** Fields after the window's own: what is done with the maps, and how the filters start. */
export const filterFields = {
  activation: activationField,
  use_bias: useBiasField,
  weight_init: initializerField('Weight initialiser', 'How the filters start.', 'glorot_uniform'),
} as const satisfies Fields;

/** The card's line: number of filters and activation. */
export function filtersBrief(params: JsonObject): string {
  return `${numberParam(params, 'filters')} · ${activationName(params['activation'])}`;
}

/** Bias of each filter where asked for, then the activation. Shapes: maps [filters, ..] -> [filters, ..]. */
export function finishFilters(builder: LayerBuilder, maps: Value, params: JsonObject): Value {
  const sum = booleanParam(params, 'use_bias')
    ? builder.op('add_bias', [maps, biasOf(builder, params)], { axis: 'first' })
    : maps;
  return recordActivation(builder, sum, params['activation'] ?? 'linear');
}

function biasOf(builder: LayerBuilder, params: JsonObject): Value {
  return builder.parameter('bias', [numberParam(params, 'filters')], { init: 'zeros' });
}
