/** The activation functions that layers offer, and how they are recorded. */
import { present } from '../lib/assert.ts';
import { ownEntry, resolveVariant } from '../lib/fields-check.ts';
import type { Fields, NumberField, VariantField } from '../lib/fields.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import type { OpRecorder, Value } from '../ops/define.ts';

/** How an activation looks in a form. */
export interface ActivationInfo {
  readonly label: string;
  /** TeX, without dollar signs. */
  readonly formula: string;
  readonly fields: Fields;
}

const alpha = (help: string, fallback: number): NumberField => ({
  kind: 'number',
  label: 'Alpha',
  help,
  default: fallback,
});

/** By id; every id but `linear` is the op that computes it. */
export const activations = {
  elu: {
    label: 'ELU',
    formula: String.raw`y = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}`,
    fields: { alpha: alpha('The value that large negative inputs approach, negated.', 1) },
  },
  gelu: { label: 'GELU', formula: String.raw`y = x\,\Phi(x)`, fields: {} },
  leaky_relu: {
    label: 'Leaky ReLU',
    formula: String.raw`y = \begin{cases} x & x \ge 0 \\ \alpha x & x < 0 \end{cases}`,
    fields: { alpha: alpha('Slope for negative inputs.', 0.01) },
  },
  linear: { label: 'Linear', formula: 'y = x', fields: {} },
  relu: { label: 'ReLU', formula: String.raw`y = \max(0, x)`, fields: {} },
  sigmoid: { label: 'Sigmoid', formula: String.raw`y = \frac{1}{1 + e^{-x}}`, fields: {} },
  silu: { label: 'SiLU', formula: String.raw`y = x\,\sigma(x)`, fields: {} },
  softmax: { label: 'Softmax', formula: String.raw`y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}`, fields: {} },
  softplus: { label: 'Softplus', formula: String.raw`y = \ln(1 + e^x)`, fields: {} },
  tanh: { label: 'Tanh', formula: String.raw`y = \tanh x`, fields: {} },
} as const satisfies Readonly<Record<string, ActivationInfo>>;

/** The `activation` key of dense, convolution and other layers. */
export const activationField: VariantField = {
  kind: 'variant',
  label: 'Activation',
  help: 'Applied to every output of the layer.',
  entries: Object.fromEntries(Object.entries(activations).map(([id, { fields }]) => [id, fields])),
  default: 'linear',
};

/** The name alone, for node cards: 'tanh'. */
export function activationName(spec: Json | undefined): string {
  return resolveVariant(activationField, spec ?? 'linear').type;
}

/**
 * Records the activation `spec` (a name, or {"type": name, "alpha": …}) and returns its output; linear records nothing.
 */
export function recordActivation(recorder: OpRecorder, x: Value, spec: Json): Value {
  const { type, params } = resolveVariant(activationField, spec);
  present(ownEntry<ActivationInfo>(activations, type), `activation ${type}`);
  return type === 'linear' ? x : recorder.op(type, [x], alphaOf(params));
}

function alphaOf(params: JsonObject): { alpha?: number } {
  return typeof params['alpha'] === 'number' ? { alpha: params['alpha'] } : {};
}
