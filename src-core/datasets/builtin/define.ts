/** What a data set that ships with the app is: where it comes from, under which licence, and its rows. */
import type { Task } from '../define.ts';

export interface BuiltinDefinition {
  readonly label: string;
  readonly summary: string;
  readonly task: Exclude<Task, 'regression'>;
  /** Who made it, and where it was published. */
  readonly source: string;
  readonly licence: string;
  readonly inputNames: readonly string[];
  readonly targetName: string;
  /** In class order. */
  readonly classes: readonly string[];
  readonly rowCount: number;
  /** [channels, height, width] where rows are pictures. */
  readonly imageShape?: readonly [number, number, number];
  /** Loaded when asked for: pages that only name the set do not carry its rows. */
  readonly rows: () => Promise<BuiltinRows>;
}

export interface BuiltinRows {
  /** [rowCount × inputNames.length], as published. */
  readonly inputs: Float64Array;
  /** Class index of each row. */
  readonly targets: Float64Array;
}

/** Licence of the sets from the UCI Machine Learning Repository. */
export const UCI_LICENCE = 'CC BY 4.0 (UCI Machine Learning Repository)';

/** Lines of numbers, the last of each the class index. */
export function readNumberLines(text: string): BuiltinRows {
  const rows = text.split('\n').map((line) => line.split(',').map(Number));
  return {
    inputs: Float64Array.from(rows.flatMap((row) => row.slice(0, -1))),
    targets: Float64Array.from(rows, (row) => row.at(-1) ?? NaN),
  };
}
