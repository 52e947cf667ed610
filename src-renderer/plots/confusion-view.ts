/** The confusion matrix as cells, shares and files: rows are true classes, columns predicted ones. */
import { formatColor, mixColors, textColorOn, type Rgb } from '../ui/charts/color.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import type { DataPalette } from '../ui/charts/palette.svelte.ts';
import { formatShare } from '../ui/charts/scale.ts';
import { escapeXml, SVG_BOX, svgDocument } from '../ui/charts/svg.ts';
import { svgLook } from './curve-look.ts';

export interface ConfusionCell {
  readonly count: number;
  /** Of the row: of all rows of this true class. */
  readonly share: number;
  readonly isRight: boolean;
  readonly background: string;
  readonly text: string;
}

export interface ConfusionRow {
  readonly label: string;
  readonly total: number;
  readonly cells: readonly ConfusionCell[];
}

export interface ConfusionPicture {
  readonly classes: readonly string[];
  readonly rows: readonly ConfusionRow[];
  readonly total: number;
  /** Share of the diagonal. */
  readonly accuracy: number;
}

/**
 * @param counts [classes × classes], rows true, columns predicted
 * @param classes labels; null when their number is another than the matrix's, which then belongs to other data
 */
export function confusionPicture(
  counts: Float64Array,
  classes: readonly string[],
  palette: DataPalette,
): ConfusionPicture | null {
  const size = classes.length;
  if (size === 0 || counts.length !== size * size) return null;
  const rows = classes.map((label, row) => {
    const line = counts.subarray(row * size, (row + 1) * size);
    const total = line.reduce((sum, count) => sum + count, 0);
    return { label, total, cells: Array.from(line, (count, column) => cell(count, total, row === column, palette)) };
  });
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  const right = rows.reduce((sum, row) => sum + row.cells.reduce((s, c) => s + (c.isRight ? c.count : 0), 0), 0);
  return { classes, rows, total, accuracy: total === 0 ? NaN : right / total };
}

/** Cells stay paler than the class colours themselves, so that their numbers read well. */
const STRENGTH = 0.7;

/** Right answers in the blue of class A, wrong ones in the orange of class B, stronger the larger the share. */
function cell(count: number, total: number, isRight: boolean, palette: DataPalette): ConfusionCell {
  const share = total === 0 ? 0 : count / total;
  const full: Rgb = palette.classes[isRight ? 0 : 1] ?? palette.neutral;
  const background = mixColors(palette.surface, full, share * STRENGTH);
  return { count, share, isRight, background: formatColor(background), text: textColorOn(background) };
}

/** One row a true class: counts, then its recall. */
export function confusionTable({ classes, rows }: ConfusionPicture): Table {
  return {
    title: 'Confusion matrix (rows: true class, columns: predicted class)',
    columns: ['true class', ...classes.map((label) => `predicted ${label}`), 'recall'],
    rows: rows.map((row, i) => [
      row.label,
      ...row.cells.map((entry) => entry.count),
      formatShare(row.cells[i]?.share ?? NaN),
    ]),
  };
}

/** The matrix as an SVG file. */
export function confusionSvg({ classes, rows }: ConfusionPicture, palette: DataPalette): string {
  const look = svgLook(palette);
  const { left, top } = { left: SVG_BOX.left + 60, top: SVG_BOX.top + 24 };
  const size = Math.min((SVG_BOX.width - 60) / classes.length, (SVG_BOX.height - 8) / classes.length);
  const ink = formatColor(look.text);
  const cells = rows.flatMap((row, r) =>
    row.cells.map((entry, c) => {
      const x = left + c * size;
      const y = top + r * size;
      const middle = `x="${(x + size / 2).toFixed(1)}" text-anchor="middle" fill="${entry.text}"`;
      return (
        `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${size.toFixed(1)}" height="${size.toFixed(1)}" fill="${entry.background}" stroke="${formatColor(palette.gridLine)}"/>` +
        `<text ${middle} y="${(y + size / 2).toFixed(1)}">${entry.count}</text>` +
        `<text ${middle} y="${(y + size / 2 + 16).toFixed(1)}" font-size="11">${formatShare(entry.share)}</text>`
      );
    }),
  );
  const names = classes.map((label, i) => {
    const at = i * size + size / 2;
    return (
      `<text x="${(left + at).toFixed(1)}" y="${top - 8}" text-anchor="middle" fill="${ink}">${escapeXml(label)}</text>` +
      `<text x="${left - 8}" y="${(top + at + 4).toFixed(1)}" text-anchor="end" fill="${ink}">${escapeXml(label)}</text>`
    );
  });
  const titles =
    `<text x="${left}" y="${top - 32}" fill="${ink}">predicted class</text>` +
    `<text transform="translate(20 ${top + (size * classes.length) / 2}) rotate(-90)" text-anchor="middle" fill="${ink}">true class</text>`;
  return svgDocument('Confusion matrix', cells.join('') + names.join('') + titles, look);
}
