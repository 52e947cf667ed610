/** What a document alone tells about its data, before any file is read. */
import { dataKindOf } from '../datasets/kinds/registry.ts';
import type { DataSpec } from '../graph/model.ts';
import { ownEntry } from '../lib/fields-check.ts';
import type { DataFacts } from './define.ts';

/** As DataFacts, each part only where it is known. */
export type KnownFacts = { readonly [K in keyof DataFacts]?: DataFacts[K] | undefined };

/** Facts that `given` does not have are worked out from the spec where they can be. */
export function factsOf(data: DataSpec, given: DataFacts | undefined): KnownFacts {
  const facts = dataKindOf(data.kind)?.facts(data);
  return { ...facts, classCount: facts?.classes?.length, rowCount: trainingRows(data), ...given };
}

/** Rows of all parts together, where the document tells. */
export function totalRows(data: DataSpec): number | undefined {
  return dataKindOf(data.kind)?.facts(data).rows;
}

/** Rows that are left to train on when fractions are held out; undefined where that cannot be known. */
function trainingRows(data: DataSpec): number | undefined {
  const total = totalRows(data);
  if (total === undefined) return undefined;
  const held = [data.validation, data.test].map((part) => {
    const fraction = part === undefined ? undefined : ownEntry(part, 'fraction');
    return typeof fraction === 'number' && fraction >= 0 && fraction < 1 ? Math.floor(fraction * total + 0.5) : 0;
  });
  return held.reduce((left, rows) => left - rows, total);
}
