/** Draws the part of a matrix that is in view: coloured cells with their numbers, names of units and inputs at the edges. */
import { formatColor, textColorOn } from '../ui/charts/color.ts';
import { valueColor, type DataPalette } from '../ui/charts/palette.svelte.ts';
import { shortNumber } from '../ui/format.ts';

export const CELL = { width: 52, height: 22 } as const;
/** Room of the names: of units at the left, of inputs at the top. */
export const HEAD = { width: 84, height: 22 } as const;

export interface WeightPicture {
  /** Rows one after another. */
  readonly values: Float32Array;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly strongest: number;
  readonly palette: DataPalette;
  /** Scroll position and size of the view. */
  readonly view: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly chosen: { readonly row: number; readonly column: number };
}

/** The largest size among the numbers; what is not finite does not count. */
export function strongestOf(values: Float32Array): number {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most && Number.isFinite(value)) most = Math.abs(value);
  return most;
}

/** First and one past the last of the cells that a stretch of the axis shows. */
function visible(from: number, length: number, step: number, count: number): readonly [first: number, end: number] {
  return [Math.max(0, Math.floor(from / step)), Math.min(count, Math.ceil((from + length) / step))];
}

export function drawWeights(canvas: HTMLCanvasElement, picture: WeightPicture): void {
  const { view, rows, columns, palette } = picture;
  const fineness = window.devicePixelRatio || 1;
  canvas.width = Math.round(view.width * fineness);
  canvas.height = Math.round(view.height * fineness);
  canvas.style.width = `${view.width}px`;
  canvas.style.height = `${view.height}px`;
  // Takes no room in the scrolled content: what scrolls is the empty box behind it.
  canvas.style.marginBottom = `${-view.height}px`;
  canvas.style.marginRight = `${-view.width}px`;
  const context = canvas.getContext('2d');
  if (!context || view.width === 0 || view.height === 0) return;
  context.setTransform(fineness, 0, 0, fineness, 0, 0);
  context.textBaseline = 'middle';
  context.font = `12px ${palette.monoFont}`;
  const [firstRow, endRow] = visible(view.top, view.height - HEAD.height, CELL.height, rows.length);
  const [firstColumn, endColumn] = visible(view.left, view.width - HEAD.width, CELL.width, columns.length);
  for (let row = firstRow; row < endRow; row++) {
    for (let column = firstColumn; column < endColumn; column++) drawCell(context, picture, row, column);
  }
  context.fillStyle = formatColor(palette.surface);
  context.fillRect(0, 0, view.width, HEAD.height);
  context.fillRect(0, 0, HEAD.width, view.height);
  context.fillStyle = formatColor(palette.mutedText);
  context.textAlign = 'left';
  for (let row = firstRow; row < endRow; row++) {
    const y = HEAD.height + row * CELL.height - view.top;
    if (y >= HEAD.height) context.fillText(rows[row] ?? '', 6, y + CELL.height / 2, HEAD.width - 10);
  }
  context.textAlign = 'center';
  for (let column = firstColumn; column < endColumn; column++) {
    const x = HEAD.width + column * CELL.width - view.left;
    const isWhole = x >= HEAD.width;
    if (isWhole) context.fillText(columns[column] ?? '', x + CELL.width / 2, HEAD.height / 2, CELL.width - 4);
  }
}

function drawCell(context: CanvasRenderingContext2D, picture: WeightPicture, row: number, column: number): void {
  const { values, columns, strongest, palette, view, chosen } = picture;
  const value = values[row * columns.length + column] ?? NaN;
  const x = HEAD.width + column * CELL.width - view.left;
  const y = HEAD.height + row * CELL.height - view.top;
  const color = valueColor(palette, strongest === 0 || !Number.isFinite(value) ? 0.5 : 0.5 + value / strongest / 2);
  context.fillStyle = formatColor(color);
  context.fillRect(x, y, CELL.width - 1, CELL.height - 1);
  context.fillStyle = textColorOn(color);
  context.textAlign = 'center';
  context.fillText(shortNumber(value), x + (CELL.width - 1) / 2, y + CELL.height / 2);
  if (row !== chosen.row || column !== chosen.column) return;
  context.strokeStyle = formatColor(palette.accent);
  context.lineWidth = 2;
  context.strokeRect(x + 1, y + 1, CELL.width - 3, CELL.height - 3);
}
