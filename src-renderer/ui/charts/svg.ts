/** Charts as SVG text for keeping: frame, ticks, axis titles, legend, lines. Colours come from the theme it was made in. */
import { formatColor, type Rgb } from './color.ts';
import { formatNumber, linearScale, ticks, type Range } from './scale.ts';
import type { Box } from './scatter.ts';

export interface SvgLook {
  readonly surface: Rgb;
  readonly text: Rgb;
  readonly gridLine: Rgb;
  readonly font: string;
}

export interface SvgAxis {
  readonly title: string;
  readonly range: Range;
  readonly isLog?: boolean;
}

export interface SvgLine {
  readonly label: string;
  readonly color: Rgb;
  readonly isDashed: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export const SVG_WIDTH = 720;
export const SVG_HEIGHT = 480;
const MARGIN = { left: 72, top: 48, right: 24, bottom: 56 };
const FONT_SIZE = 13;

/** Where the data goes in a picture of the standard size. */
export const SVG_BOX: Box = {
  left: MARGIN.left,
  top: MARGIN.top,
  width: SVG_WIDTH - MARGIN.left - MARGIN.right,
  height: SVG_HEIGHT - MARGIN.top - MARGIN.bottom,
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text made safe for an SVG element or attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** A whole SVG file around the given elements. */
export function svgDocument(title: string, content: string, look: SvgLook): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SVG_WIDTH}" height="${SVG_HEIGHT}" viewBox="0 0 ${SVG_WIDTH} ${SVG_HEIGHT}" role="img"`,
    ` font-family="${escapeXml(look.font)}" font-size="${FONT_SIZE}"><title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${formatColor(look.surface)}"/>${content}</svg>\n`,
  ].join('');
}

/** Frame, grid lines, tick texts and titles of two axes. */
export function svgAxes(x: SvgAxis, y: SvgAxis, look: SvgLook, box: Box = SVG_BOX): string {
  const toX = axisScale(x, [box.left, box.left + box.width]);
  const toY = axisScale(y, [box.top + box.height, box.top]);
  const bottom = box.top + box.height;
  const text = formatColor(look.text);
  const line = formatColor(look.gridLine);
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  return [
    ...axisTicks(x).map(
      (value) =>
        `<path d="M${toX(value).toFixed(1)} ${box.top}V${bottom}" stroke="${line}"/>` +
        `<text x="${toX(value).toFixed(1)}" y="${bottom + 20}" text-anchor="middle" fill="${text}">${formatNumber(value)}</text>`,
    ),
    ...axisTicks(y).map(
      (value) =>
        `<path d="M${box.left} ${toY(value).toFixed(1)}H${box.left + box.width}" stroke="${line}"/>` +
        `<text x="${box.left - 8}" y="${(toY(value) + 4).toFixed(1)}" text-anchor="end" fill="${text}">${formatNumber(value)}</text>`,
    ),
    `<text x="${middle.x}" y="${bottom + 44}" text-anchor="middle" fill="${text}">${escapeXml(x.title)}</text>`,
    `<text transform="translate(16 ${middle.y}) rotate(-90)" text-anchor="middle" fill="${text}">${escapeXml(y.title)}</text>`,
  ].join('');
}

/** One path a line and a legend above the frame; points that are not finite break the line. */
export function svgLines(lines: readonly SvgLine[], x: SvgAxis, y: SvgAxis, look: SvgLook, box: Box = SVG_BOX): string {
  const toX = axisScale(x, [box.left, box.left + box.width]);
  const toY = axisScale(y, [box.top + box.height, box.top]);
  const paths = lines.map((line) => `<path d="${pathData(line, toX, toY)}" ${strokeOf(line)}/>`);
  const LEGEND_STEP = 150;
  const legend = lines.map((line, i) => {
    const left = box.left + i * LEGEND_STEP;
    return (
      `<path d="M${left} 26h28" ${strokeOf(line)}/>` +
      `<text x="${left + 34}" y="30" fill="${formatColor(look.text)}">${escapeXml(line.label)}</text>`
    );
  });
  return [...paths, ...legend].join('');
}

const strokeOf = ({ color, isDashed }: SvgLine): string =>
  `fill="none" stroke="${formatColor(color)}" stroke-width="2" stroke-linejoin="round"${isDashed ? ' stroke-dasharray="6 4"' : ''}`;

function pathData(line: SvgLine, toX: (v: number) => number, toY: (v: number) => number): string {
  let isDown = false;
  let data = '';
  for (const point of line.points) {
    const x = toX(point.x);
    const y = toY(point.y);
    if (Number.isFinite(x) && Number.isFinite(y)) {
      data += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDown = true;
    } else isDown = false;
  }
  return data;
}

function axisScale({ range, isLog }: SvgAxis, pixels: Range): (value: number) => number {
  if (!isLog) return linearScale(range, pixels);
  const scale = linearScale([Math.log10(range[0]), Math.log10(range[1])], pixels);
  return (value) => (value > 0 ? scale(Math.log10(value)) : NaN);
}

function axisTicks({ range, isLog }: SvgAxis): readonly number[] {
  if (!isLog) return ticks(range);
  const first = Math.ceil(Math.log10(range[0]) - 1e-9);
  const last = Math.floor(Math.log10(range[1]) + 1e-9);
  if (last - first < 1) return [range[0], range[1]];
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}
