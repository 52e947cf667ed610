/** Colours and dashes of curve plots, and the plot as an SVG file: training solid, validation dashed. */
import { formatColor, type Rgb } from '../ui/charts/color.ts';
import type { ChartModel } from '../ui/charts/line-chart.svelte.ts';
import type { DataPalette } from '../ui/charts/palette.svelte.ts';
import { padRange, type Range } from '../ui/charts/scale.ts';
import { escapeXml, SVG_BOX, svgAxes, svgDocument, svgLines, type SvgLook } from '../ui/charts/svg.ts';
import { seenRange, type Zoom } from '../ui/charts/zoom.ts';
import type { Line } from './curve-lines.ts';

interface LineStyle {
  readonly color: Rgb;
  readonly isDashed: boolean;
  readonly width: number;
  readonly opacity: number;
}

/** How a line is drawn in the present theme. */
export function lineStyle({ role }: Pick<Line, 'role'>, palette: DataPalette): LineStyle {
  switch (role) {
    case 'train':
      return { color: palette.train, isDashed: false, width: 2, opacity: 1 };
    case 'validation':
      return { color: palette.validation, isDashed: true, width: 2, opacity: 1 };
    case 'steps':
      return { color: palette.train, isDashed: false, width: 1, opacity: 0.45 };
  }
}

/** The ends of the axis below, for the part that is seen. */
export function seenAxis(zoom: Zoom, whole: Range): { xMin: number; xMax: number } {
  const [xMin, xMax] = seenRange(zoom, whole);
  return { xMin, xMax };
}

/** The colours an SVG file takes from the theme. */
export function svgLook({ surface, text, gridLine, font }: DataPalette): SvgLook {
  return { surface, text, gridLine, font };
}

interface CurveFigure {
  readonly lines: readonly Line[];
  readonly model: ChartModel;
  readonly palette: DataPalette;
}

/** The curves as a whole SVG file with axes, legend and marks. */
export function curveSvg(title: string, { lines, model, palette }: CurveFigure): string {
  return compareSvg(title, { lines: lines.map((line) => ({ ...line, ...lineStyle(line, palette) })), model, palette });
}

/** The same for lines that bring their own looks. */
export function compareSvg(
  title: string,
  { lines, model, palette }: Omit<CurveFigure, 'lines'> & { readonly lines: readonly (Line & LineStyle)[] },
): string {
  const look = svgLook(palette);
  const x = { title: model.xTitle, range: [model.xMin, model.xMax] as Range };
  const y = { title: model.yTitle, range: yRange(lines, model), isLog: model.isLog };
  const drawn = lines.map(({ color, isDashed, label, points }) => ({ color, isDashed, label, points }));
  const scale = SVG_BOX.width / (model.xMax - model.xMin);
  const marks = model.marks.map(({ x: at, label, color }) => {
    const left = (SVG_BOX.left + (at - model.xMin) * scale).toFixed(1);
    const paint = formatColor(color);
    return (
      `<path d="M${left} ${SVG_BOX.top}v${SVG_BOX.height}" stroke="${paint}" stroke-dasharray="2 3"/>` +
      `<text x="${left}" y="${SVG_BOX.top - 4}" text-anchor="middle" fill="${paint}">${escapeXml(label)}</text>`
    );
  });
  return svgDocument(title, svgAxes(x, y, look) + svgLines(drawn, x, y, look) + marks.join(''), look);
}

/** All that is finite (and above zero on a log axis), with a little room; from where the window's axis begins, if that is fixed. */
function yRange(lines: readonly Line[], { isLog, yMin }: Pick<ChartModel, 'isLog' | 'yMin'>): Range {
  let min = Infinity;
  let max = -Infinity;
  for (const line of lines) {
    for (const { y } of line.points) {
      if (!Number.isFinite(y) || (isLog && y <= 0)) continue;
      if (y < min) min = y;
      if (y > max) max = y;
    }
  }
  if (min > max) return [isLog ? 0.1 : 0, 1];
  if (isLog) return [min / 1.2, max * 1.2];
  const [low, high] = padRange([min, max], 0.05);
  return [yMin ?? low, high];
}
