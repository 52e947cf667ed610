/** Two progress events as one, for a window that cannot keep up: nothing of the history is lost, only moments between. */
import type { Progress } from './records.ts';

/** As many [step, loss] pairs as one event may carry. */
const MAX_PAIRS = 64;

/** Pairs [step, loss, …] of both, neighbours averaged until they fit; the step kept is the later one. */
function joinStepLosses(older: Float64Array, newer: Float64Array): Float64Array {
  const joined = new Float64Array(older.length + newer.length);
  joined.set(older);
  joined.set(newer, older.length);
  const pairs = joined.length / 2;
  const group = Math.ceil(pairs / MAX_PAIRS);
  if (group <= 1) return joined;
  return Float64Array.from({ length: Math.ceil(pairs / group) * 2 }, (_, index) => {
    const members = joined.subarray(Math.floor(index / 2) * group * 2, (Math.floor(index / 2) + 1) * group * 2);
    if (index % 2 === 0) return members.at(-2) ?? Number.NaN;
    const losses = members.filter((_loss, member) => member % 2 === 1);
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  });
}

/**
 * The newer event with what only the older one carried: its epoch records, its step losses, its maps where there is no newer one.
 * Null when the two belong to different runs: then both are sent.
 */
export function mergeProgress(older: Progress, newer: Progress): Progress | null {
  if (older.runId !== newer.runId) return null;
  return {
    ...newer,
    records: [...older.records, ...newer.records],
    stepLosses: joinStepLosses(older.stepLosses, newer.stepLosses),
    boundary: newer.boundary ?? older.boundary,
    confusion: newer.confusion ?? older.confusion,
    insights: newer.insights ?? older.insights,
    network: newer.network ?? older.network,
  };
}
