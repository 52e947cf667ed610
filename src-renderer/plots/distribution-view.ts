/** Distributions as small histograms, as tables, and as an SVG file. */
import type { Distribution, LayerOutputs } from '../../src-core/contract/insights.ts';
import { formatColor, type Rgb } from '../ui/charts/color.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import type { DataPalette } from '../ui/charts/palette.svelte.ts';
import { formatNumber } from '../ui/charts/scale.ts';
import { escapeXml, SVG_HEIGHT, SVG_WIDTH, svgDocument } from '../ui/charts/svg.ts';
import { svgLook } from './curve-look.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Outline of the cells, the highest as high as the picture; all at zero where nothing was counted. */
export function histogramPath(counts: ArrayLike<number>, { width, height }: Size): string {
  let most = 0;
  for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i] as number);
  const cell = width / counts.length;
  let path = `M0 ${height}`;
  for (let i = 0; i < counts.length; i++) {
    const top = most === 0 ? height : height * (1 - (counts[i] as number) / most);
    path += `V${round(top)}H${round((i + 1) * cell)}`;
  }
  return `${path}V${height}Z`;
}

/** Where zero lies between the lowest and the highest value, 0 … 1; null outside. */
export function zeroShare({ min, max }: Pick<Distribution, 'min' | 'max'>): number | null {
  return min < 0 && max > 0 ? -min / (max - min) : null;
}

const COLUMNS = ['min', 'max', 'mean', 'std', 'norm', 'count'] as const;

export function distributionTable(title: string, list: readonly Distribution[]): Table {
  return {
    title,
    columns: ['name', ...COLUMNS],
    rows: list.map((one) => [one.key, ...COLUMNS.map((name) => one[name])]),
  };
}

export function layerTable(title: string, list: readonly LayerOutputs[]): Table {
  const table = distributionTable(title, list);
  return {
    ...table,
    columns: [...table.columns, 'units', 'dead units'],
    rows: table.rows.map((row, i) => [...row, list[i]?.units, list[i]?.deadUnits]),
  };
}

/** In words, for whoever cannot see the picture. */
export function describeDistribution({ key, count, mean, std, min, max }: Distribution): string {
  return `${key}: ${count} values from ${formatNumber(min)} to ${formatNumber(max)}, mean ${formatNumber(mean)}, standard deviation ${formatNumber(std)}.`;
}

const SVG_TOP = 48;
const SVG_GAP = 16;
const SVG_WORDS = 36;

/** All histograms in rows of an SVG file of the usual size. */
export function distributionsSvg(
  title: string,
  list: readonly Distribution[],
  { palette, color }: { readonly palette: DataPalette; readonly color: Rgb },
): string {
  const columns = Math.max(1, Math.ceil(Math.sqrt(list.length)));
  const rows = Math.max(1, Math.ceil(list.length / columns));
  const width = (SVG_WIDTH - SVG_GAP) / columns - SVG_GAP;
  const height = (SVG_HEIGHT - SVG_TOP) / rows - SVG_WORDS - SVG_GAP;
  const text = formatColor(palette.text);
  const content = list.map((one, i) => {
    const left = round(SVG_GAP + (i % columns) * (width + SVG_GAP));
    const top = round(SVG_TOP + Math.floor(i / columns) * (height + SVG_WORDS + SVG_GAP));
    return (
      `<g transform="translate(${left} ${top})" fill="${text}"><text y="-4">${escapeXml(one.key)}</text>` +
      `<path d="${histogramPath(one.counts, { width, height })}" fill="${formatColor(color)}"/>` +
      `<text y="${round(height + 14)}" font-size="11">${formatNumber(one.min)}</text>` +
      `<text x="${round(width)}" y="${round(height + 14)}" font-size="11" text-anchor="end">${formatNumber(one.max)}</text></g>`
    );
  });
  const head = `<text x="${SVG_GAP}" y="20" fill="${text}">${escapeXml(title)}</text>`;
  return svgDocument(title, head + content.join(''), svgLook(palette));
}

const round = (value: number): number => Math.round(value * 10) / 10;
