/** The first rows as written, for people to look at. */

export const HEAD_ROWS = 100;

interface HeadOptions {
  /** [rows × width]. */
  readonly inputs: Float64Array;
  /** [rows]: class index or value. */
  readonly targets: Float64Array;
  readonly classes: readonly string[];
  readonly width: number;
}

/** The first 100 rows of data that were never text: inputs, then the target. */
export function headOf({ inputs, targets, classes, width }: HeadOptions): string[][] {
  return Array.from({ length: Math.min(targets.length, HEAD_ROWS) }, (_, row) => {
    const target = targets[row] as number;
    return [...Array.from(inputs.subarray(row * width, (row + 1) * width), String), classes[target] ?? String(target)];
  });
}
