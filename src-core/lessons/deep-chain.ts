/**
 * A network of L layers with one unit each, f = σ(w·σ(… σ(w₁x + b) …) + b), and the derivative with respect to its first
 * weight as the product of the lectures: ∂f/∂w₁ = w^(L−1) · Πₗ σ′(zₗ) · x.
 */
import { assert } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';

interface Activation {
  readonly value: (z: number) => number;
  /** Written by hand: the check must not ask the engine that it checks. */
  readonly slope: (z: number) => number;
}

const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  sigmoid: { value: logistic, slope: (z) => Math.exp(-z) / (1 + Math.exp(-z)) ** 2 },
  tanh: { value: Math.tanh, slope: (z) => 1 / Math.cosh(z) ** 2 },
  relu: { value: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
};

export interface ChainInput {
  /** Weight and bias of every layer, input, number of layers (whole, ≥ 1). */
  readonly w: number;
  readonly b: number;
  readonly x: number;
  readonly depth: number;
}

export interface ChainLayer {
  /** 1 for the layer next to the input. */
  readonly layer: number;
  readonly z: number;
  /** σ′(z). */
  readonly slope: number;
  /** What this layer multiplies the gradient by: σ′(z) and, but for the first layer, w. */
  readonly factor: number;
  /** Product of the factors of this layer and all above it. */
  readonly product: number;
}

/** The formula: w1 is the first layer's weight, w that of the others. */
export function chainExpression(activation: string, depth: number): string {
  let inner = `${activation}(w1*x+b)`;
  for (let layer = 2; layer <= depth; layer++) inner = `${activation}(w*${inner}+b)`;
  return inner;
}

/** The layers from the input up. */
export function chainLayers(activation: string, { w, b, x, depth }: ChainInput): readonly ChainLayer[] {
  const rule = ownEntry(ACTIVATIONS, activation);
  assert(rule !== undefined, `there is an activation ${activation}`);
  const layers: Omit<ChainLayer, 'product'>[] = [];
  let output = x;
  for (let layer = 1; layer <= depth; layer++) {
    const z = w * output + b;
    const slope = rule.slope(z);
    layers.push({ layer, z, slope, factor: layer === 1 ? slope : w * slope });
    output = rule.value(z);
  }
  let product = 1;
  const above = layers.reverse().map((layer) => ({ ...layer, product: (product *= layer.factor) }));
  return above.reverse();
}

/** ∂f/∂w₁ by the product formula. */
export function chainDerivative(activation: string, input: ChainInput): number {
  return (chainLayers(activation, input)[0]?.product ?? 1) * input.x;
}
