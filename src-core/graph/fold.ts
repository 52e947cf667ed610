/** Breaks networks that are much wider than high into lines, as text is broken: in one line, fitted to a window, their cards could not be read. */

/** Up to so many columns stay in one line. */
const LINE_COLUMNS = 5;
/** A network whose width is up to so many times its height is left as it is. */
const WIDEST = 4;
/** Width to height of a folded network: about that of the canvas. */
const FOLDED_ASPECT = 1.6;

/** Pixels from one column to the next, and from one line to the next. */
export interface FoldSize {
  readonly column: number;
  readonly line: number;
}

/**
 * How many columns stand in a line; all lines but the last have as many.
 * @param columns of the whole network, from 1
 */
export function columnsPerLine(columns: number, { column, line }: FoldSize): number {
  const aspect = (lines: number): number => (Math.ceil(columns / lines) * column) / (lines * line);
  if (columns <= LINE_COLUMNS || aspect(1) <= WIDEST) return columns;
  const distance = (lines: number): number => Math.abs(Math.log(aspect(lines) / FOLDED_ASPECT));
  let lines = 1;
  while (lines < columns && distance(lines + 1) < distance(lines)) lines++;
  return Math.ceil(columns / lines);
}
