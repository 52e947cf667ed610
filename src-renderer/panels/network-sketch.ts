/** A network as a thumbnail: a bar for each layer, the taller the more it hands on; wires that pass others by as arcs. */
import { analyze } from '../../src-core/analysis/analyze.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';

export const SKETCH_HEIGHT = 40;
const BARS_HEIGHT = 32;
const PITCH = 20;
const BAR_WIDTH = 10;
const LEAST_BAR = 6;
/** Values handed on by a layer whose bar is tallest; fewer by powers of two. */
const MOST_VALUES = 256;

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Sketch {
  readonly width: number;
  /** In the order of computation, the input first; the output has none, since it computes nothing. */
  readonly bars: readonly Bar[];
  /** SVG paths. */
  readonly wires: readonly string[];
}

/** Of a document without problems: layers that cannot be ordered have no bar. */
export function sketchOf(document: ProjectDocument): Sketch {
  const { nodes, order } = analyze(document);
  const output = document.graph.nodes.find(({ type }) => type === 'output')?.id;
  const ids = order.filter((id) => id !== output);
  const bars = new Map(ids.map((id, index) => [id, barAt(index, nodes[id]?.outputShape ?? [])]));
  const wires = document.graph.edges.flatMap(({ from, to }) => {
    const [start, end] = [bars.get(from), bars.get(to)];
    return start === undefined || end === undefined ? [] : [wire(start, end)];
  });
  return { width: Math.max(0, ids.length - 1) * PITCH + BAR_WIDTH, bars: [...bars.values()], wires };
}

function barAt(index: number, shape: readonly number[]): Bar {
  const values = shape.reduce((product, size) => product * size, 1);
  const share = Math.min(1, Math.log2(values) / Math.log2(MOST_VALUES));
  const height = LEAST_BAR + share * (BARS_HEIGHT - LEAST_BAR);
  return { x: index * PITCH, y: (BARS_HEIGHT - height) / 2, width: BAR_WIDTH, height };
}

/** Straight to the next bar; below the others to one further on. */
function wire(start: Bar, end: Bar): string {
  if (end.x === start.x + PITCH) return `M ${start.x + BAR_WIDTH} ${BARS_HEIGHT / 2} H ${end.x}`;
  const [from, to] = [start.x + BAR_WIDTH / 2, end.x + BAR_WIDTH / 2];
  const [top, bottom] = [start.y + start.height, SKETCH_HEIGHT + 4];
  return `M ${from} ${top} C ${from} ${bottom} ${to} ${bottom} ${to} ${end.y + end.height}`;
}
