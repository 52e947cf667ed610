/** Between what a file holds and what a form shows. */

/** Names that are not words. */
const SPELT: Readonly<Record<string, string>> = {
  relu: 'ReLU',
  leaky_relu: 'Leaky ReLU',
  elu: 'ELU',
  gelu: 'GELU',
  silu: 'SiLU',
  sgd: 'SGD',
  adagrad: 'AdaGrad',
  rmsprop: 'RMSProp',
  adamw: 'AdamW',
};

/** 'glorot_uniform' → 'Glorot uniform'. */
export function choiceLabel(name: string): string {
  const spelt = Object.hasOwn(SPELT, name) ? SPELT[name] : undefined;
  const words = name.replaceAll('_', ' ');
  return spelt ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** '3, 3', '3 x 3' or '[3 3]' → [3, 3]; null where something in it is no whole number. */
export function parseIntegers(text: string): readonly number[] | null {
  const parts = text
    .replace(/[[\]()]/g, ' ')
    .split(/[\s,;x×]+/)
    .filter(Boolean);
  const numbers = parts.map(Number);
  return parts.length > 0 && numbers.every((number) => Number.isSafeInteger(number)) ? numbers : null;
}
