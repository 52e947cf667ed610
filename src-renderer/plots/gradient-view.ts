/** Gradient norms per layer as bars on a logarithmic axis: vanishing and exploding gradients at a glance. */
import type { Distribution } from '../../src-core/contract/insights.ts';
import { formatColor } from '../ui/charts/color.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import type { DataPalette } from '../ui/charts/palette.svelte.ts';
import { formatNumber } from '../ui/charts/scale.ts';
import { escapeXml, SVG_BOX, svgDocument } from '../ui/charts/svg.ts';
import { svgLook } from './curve-look.ts';

export interface LayerGradient {
  readonly layer: string;
  /** Euclidean length over all tensors of the layer. */
  readonly norm: number;
  /** Root mean square of its entries: comparable between layers of different size. */
  readonly rms: number;
  /** Length of the bar, 0 … 1; 0 for a gradient of exactly zero. */
  readonly share: number;
}

/** Decades of the axis at least, so that small differences do not look large. */
const LEAST_DECADES = 4;

/** @param gradients by tensor key, in the order of the network */
export function layerGradients(gradients: readonly Distribution[]): readonly LayerGradient[] {
  const byLayer = Map.groupBy(gradients, ({ key }) => key.slice(0, key.lastIndexOf('.')));
  const layers = [...byLayer].map(([layer, tensors]) => {
    const squares = tensors.reduce((sum, { norm }) => sum + norm * norm, 0);
    const count = tensors.reduce((sum, tensor) => sum + tensor.count, 0);
    return { layer, norm: Math.sqrt(squares), rms: Math.sqrt(squares / Math.max(1, count)) };
  });
  const positive = layers.map(({ norm }) => norm).filter((norm) => norm > 0 && Number.isFinite(norm));
  const high = Math.log10(Math.max(...positive));
  const low = Math.min(Math.log10(Math.min(...positive)), high - LEAST_DECADES);
  const shareOf = (norm: number): number => (norm > 0 ? 0.04 + (0.96 * (Math.log10(norm) - low)) / (high - low) : 0);
  return layers.map((layer) => ({ ...layer, share: shareOf(layer.norm) }));
}

export function gradientTable(layers: readonly LayerGradient[]): Table {
  return {
    title: 'Gradients by layer',
    columns: ['layer', 'norm', 'root mean square'],
    rows: layers.map(({ layer, norm, rms }) => [layer, norm, rms]),
  };
}

export function gradientSvg(layers: readonly LayerGradient[], palette: DataPalette): string {
  const { left, top, width, height } = SVG_BOX;
  const names = 60;
  const numbers = 80;
  const step = height / layers.length;
  const text = formatColor(palette.text);
  const bars = layers.map(({ layer, norm, share }, i) => {
    const middle = top + (i + 0.5) * step;
    const bar = Math.min(28, step * 0.7);
    return (
      `<text x="${left + names - 8}" y="${middle + 4}" text-anchor="end" fill="${text}">${escapeXml(layer)}</text>` +
      `<rect x="${left + names}" y="${middle - bar / 2}" width="${share * (width - names - numbers)}" height="${bar}" fill="${formatColor(palette.train)}"/>` +
      `<text x="${left + width}" y="${middle + 4}" text-anchor="end" fill="${text}">${formatNumber(norm)}</text>`
    );
  });
  const title = `<text x="${left}" y="26" fill="${text}">Gradient norm by layer (logarithmic)</text>`;
  return svgDocument('Gradient norms', title + bars.join(''), svgLook(palette));
}
