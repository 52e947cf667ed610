/** One row of the table of feel (design.md): a moment, its bar, what was measured. */
export interface FeelRow {
  readonly moment: string;
  readonly bar: string;
  readonly figure: string;
  /** Null: a figure without a bar of its own. */
  readonly isHeld: boolean | null;
}

export const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
