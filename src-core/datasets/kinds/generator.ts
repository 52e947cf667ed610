/** Data kind `generator`: points drawn from a seed, with derived features to choose from. */
import { AppError } from '../../lib/errors.ts';
import { checkFields, ownEntry, resolveParams } from '../../lib/fields-check.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { GeneratedData, GeneratorDefinition, RawData } from '../define.ts';
import { FEATURES } from '../features.ts';
import { headOf } from '../head.ts';
import { generatorOf, generators } from '../registry.ts';
import { numberKey, textKey, textsKey } from '../spec-keys.ts';
import type { DataKindDefinition, SpecFacts } from './define.ts';
import { DEFAULT_SAMPLES, MAX_ROWS, SAMPLING, samplesOf, textsAt } from './keys.ts';

/** Rows drawn to learn a generator's columns and classes: enough for every class to come up. */
const PROBE_ROWS = 64;
const FEATURE_NAMES = Object.keys(FEATURES);

/** Keys name, samples (500), noise (0), seed (1), features (the generator's own inputs), and the generator's own fields. */
export const generator: DataKindDefinition = {
  label: 'Generator',
  names: Object.keys(generators),
  fields: (spec) => ({ ...SAMPLING, ...definitionOf(spec)?.fields }),
  keys: { features: { expected: `names from ${FEATURE_NAMES.join(', ')}, each once`, fits: isFeatureList } },
  facts: readFacts,
  load: async (spec) => {
    const name = textKey(spec, 'name');
    const definition = generatorOf(name);
    if (definition === undefined) {
      const expected = `one of ${Object.keys(generators).join(', ')}`;
      throw new AppError('data.key', { path: 'data.name', expected, found: JSON.stringify(name) });
    }
    const [problem] = checkFields(definition.fields, spec, 'data');
    if (problem !== undefined) {
      throw new AppError('data.key', { path: problem.path, expected: 'a value in range', found: problem.message });
    }
    const made = definition.generate({
      samples: numberKey(spec, 'samples', { min: 1, max: MAX_ROWS, whole: true }, { fallback: DEFAULT_SAMPLES }),
      noise: numberKey(spec, 'noise', { min: 0 }, { fallback: 0 }),
      seed: numberKey(spec, 'seed', { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }, { fallback: 1 }),
      params: resolveParams(definition.fields, spec),
    });
    return asRaw(
      made,
      definition.task,
      readFeatures(spec['features'] === undefined ? null : textsKey(spec, 'features'), made),
    );
  },
};

function definitionOf(spec: JsonObject): GeneratorDefinition | undefined {
  const name = ownEntry(spec, 'name');
  return typeof name === 'string' ? generatorOf(name) : undefined;
}

function isFeatureList(value: Json): boolean {
  const isFeature = (item: Json): boolean => typeof item === 'string' && FEATURE_NAMES.includes(item);
  return Array.isArray(value) && value.length > 0 && value.every(isFeature) && new Set(value).size === value.length;
}

function readFacts(spec: JsonObject): SpecFacts {
  const rows = samplesOf(spec);
  const definition = definitionOf(spec);
  if (definition === undefined || checkFields(definition.fields, spec, 'data').length > 0) return { rows };
  const params = resolveParams(definition.fields, spec);
  const made = definition.generate({ samples: PROBE_ROWS, noise: 0, seed: 1, params });
  const inputNames = textsAt(spec, 'features') ?? made.inputNames;
  const { classes, targetNames } = made;
  return {
    task: definition.task,
    inputSize: inputNames.length,
    inputNames,
    classes,
    targetSize: targetNames.length,
    rows,
  };
}

function readFeatures(features: readonly string[] | null, made: GeneratedData): readonly string[] | null {
  if (features === null) return null;
  const known = Object.entries(FEATURES).filter(([, { needs }]) =>
    needs.every((name) => made.inputNames.includes(name)),
  );
  const expected = `names from ${known.map(([name]) => name).join(', ')}, each once`;
  const fits = features.length > 0 && new Set(features).size === features.length;
  if (!fits || !features.every((feature) => known.some(([name]) => name === feature))) {
    throw new AppError('data.key', { path: 'data.features', expected, found: JSON.stringify(features) });
  }
  return features;
}

function asRaw(made: GeneratedData, task: RawData['task'], features: readonly string[] | null): RawData {
  const width = made.inputNames.length;
  const count = made.targets.length;
  const head = headOf({ ...made, width });
  return { ...made, task, features, categories: {}, decimal: '.', header: true, count, head };
}
