/** Shift and scale of columns, learnt on the training rows alone. */
import type { Standardization } from './define.ts';

interface ColumnsOptions {
  /** Row-major matrix of `width` columns. */
  readonly matrix: Float64Array;
  readonly width: number;
  /** Rows to learn from. */
  readonly rows: Uint32Array;
  /** Names of all columns. */
  readonly names: readonly string[];
  /** Which of them to standardise. */
  readonly columns: readonly string[];
}

/**
 * mean = Σx/n and std = √(Σ(x − mean)²/n) (population) of each column over `rows`; a deviation of 0 becomes 1.
 * Two passes: the deviations are taken from the finished mean, so that large offsets cost no digits.
 */
export function learnStandardization({ matrix, width, rows, names, columns }: ColumnsOptions): Standardization {
  const moments = columns.map((column) => {
    const at = names.indexOf(column);
    const read = (row: number) => matrix[row * width + at] as number;
    const mean = rows.reduce((sum, row) => sum + read(row), 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (read(row) - mean) ** 2, 0) / rows.length;
    return { mean, std: Math.sqrt(variance) || 1 };
  });
  return { columns, mean: moments.map(({ mean }) => mean), std: moments.map(({ std }) => std) };
}

/** (x − mean)/std in place, on the columns that `scale` names. */
export function standardize(
  matrix: Float64Array,
  names: readonly string[],
  { columns, mean, std }: Standardization,
): void {
  const width = names.length;
  columns.forEach((column, i) => {
    const shift = mean[i] ?? 0;
    const scale = std[i] ?? 1;
    for (let at = names.indexOf(column); at < matrix.length; at += width) {
      matrix[at] = ((matrix[at] as number) - shift) / scale;
    }
  });
}

/** x·std + mean in place, column by column: undoes `standardize` on outputs [rows × columns]. */
export function unstandardize(matrix: Float64Array, { columns, mean, std }: Standardization): void {
  const width = columns.length;
  for (let at = 0; at < matrix.length; at++) {
    matrix[at] = (matrix[at] as number) * (std[at % width] ?? 1) + (mean[at % width] ?? 0);
  }
}
