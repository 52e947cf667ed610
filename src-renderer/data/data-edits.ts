/** Changes of the document's data part, each as a new one: keys at their default are left out. */
import type { DataSpec, Json } from '../../src-core/graph/model.ts';
import { generatorOf } from '../../src-core/datasets/registry.ts';

export const DEFAULT_SAMPLES = 500;
const DEFAULT_FRACTION = 0.2;

/** Sets a key; undefined takes it away. */
export function setKey(data: DataSpec, key: string, value: Json | undefined): DataSpec {
  const entries = Object.entries({ ...data, [key]: value }).filter(([, item]) => item !== undefined);
  return { kind: data.kind, ...Object.fromEntries(entries) };
}

/** Another generator: samples, noise, seed and split stay, what belonged to the one before goes. */
export function setGenerator(data: DataSpec, name: string): DataSpec {
  const before = typeof data['name'] === 'string' ? generatorOf(data['name']) : undefined;
  const own = new Set([...Object.keys(before?.fields ?? {}), 'features']);
  const kept = Object.entries(data).filter(([key]) => !own.has(key));
  return { kind: 'generator', ...Object.fromEntries(kept), name };
}

/** From another kind of data to a generator, keeping how rows are held out. */
export function startGenerator(data: DataSpec, name: string): DataSpec {
  const fraction = data.validation?.fraction ?? DEFAULT_FRACTION;
  return { kind: 'generator', name, samples: DEFAULT_SAMPLES, noise: 0.1, seed: 1, validation: { fraction } };
}

/** A shipped set in place of other data, a fifth of every class held out. */
export function builtinData(name: string): DataSpec {
  return {
    kind: 'builtin',
    name,
    seed: 1,
    standardize: true,
    validation: { fraction: DEFAULT_FRACTION, stratify: true },
  };
}

/** Features in the order they are offered; the plain columns alone are the default and are not written. */
export function setFeatures(data: DataSpec, chosen: readonly string[], columns: readonly string[]): DataSpec {
  const isDefault = chosen.length === columns.length && columns.every((name, i) => chosen[i] === name);
  return setKey(data, 'features', isDefault ? undefined : chosen);
}

/** Share of the rows that are held out for validation; 0 holds none out. */
export function setFraction(data: DataSpec, fraction: number): DataSpec {
  return setPart(data, 'validation', fraction);
}

/** Share of the rows that are kept for the test. */
export function setTestFraction(data: DataSpec, fraction: number): DataSpec {
  return setPart(data, 'test', fraction);
}

/** A part begins with the stratification of the other one: both are drawn together. */
function setPart(data: DataSpec, key: 'validation' | 'test', fraction: number): DataSpec {
  if (fraction === 0) return setKey(data, key, undefined);
  const stratify = data[key] === undefined && !isStratified(data) ? { stratify: false } : {};
  return setKey(data, key, { ...data[key], ...stratify, fraction });
}

/** Classes are held out in equal shares unless a part says otherwise. */
export function isStratified(data: DataSpec): boolean {
  return data.validation?.stratify !== false && data.test?.stratify !== false;
}

export function setStratify(data: DataSpec, stratify: boolean): DataSpec {
  const change = (spec: DataSpec, key: 'validation' | 'test'): DataSpec =>
    spec[key] === undefined ? spec : setKey(spec, key, { ...spec[key], stratify });
  return change(change(data, 'validation'), 'test');
}
