/** How values spread: rows in equally wide bins from the least value to the largest. */

export const BINS = 20;

/** @param values not empty, finite; a value alone fills the first bin */
export function binsOf(values: Iterable<number>, min: number, max: number): number[] {
  const bins = Array.from({ length: BINS }, () => 0);
  const scale = BINS / (max - min || 1);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - min) * scale));
    bins[bin] = (bins[bin] as number) + 1;
  }
  return bins;
}
