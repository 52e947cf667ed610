/** Form fields that optimizers share. */
import type { NumberField } from '../lib/fields.ts';

/** @param fallback the rate where the key is absent */
export function learningRateField(fallback: number): NumberField {
  return {
    kind: 'number',
    label: 'Learning rate',
    help: 'Length of a step along the gradient.',
    min: 0,
    exclusiveMin: true,
    default: fallback,
  };
}

/** A decay in [0, 1). */
export function decayField(label: string, help: string, fallback: number): NumberField {
  return { kind: 'number', label, help, min: 0, max: 1, exclusiveMax: true, default: fallback };
}

/** A small number > 0. @param fallback the value where the key is absent */
export function epsilonField(fallback: number): NumberField {
  return {
    kind: 'number',
    label: 'Epsilon',
    help: 'Keeps the division finite.',
    min: 0,
    exclusiveMin: true,
    default: fallback,
  };
}
