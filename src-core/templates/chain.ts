/** Lays the nodes of a template out from left to right, one wire from each to the next, long ones in several lines. */
import { columnsPerLine } from '../graph/fold.ts';
import type { Graph, GraphNode } from '../graph/model.ts';
import type { JsonObject } from '../lib/json.ts';

/** Distance of two nodes on the canvas, of two rows, and of the lines of a folded chain, in pixels. */
const COLUMN = 220;
const ROW = 190;
const LINE = 200;

/** One node: id, type, parameters. */
export type Link = readonly [id: string, type: string, params: JsonObject];

/** A node at a place counted in columns and rows. */
export function nodeAt([id, type, params]: Link, column: number, row = 0): GraphNode {
  return { id, type, params, position: { x: column * COLUMN, y: row * ROW } };
}

/** input → … → output, read like text. */
export function chain(...links: readonly Link[]): Graph {
  const perLine = columnsPerLine(links.length, { column: COLUMN, line: LINE });
  return {
    nodes: links.map((link, i) => nodeAt(link, i % perLine, (Math.floor(i / perLine) * LINE) / ROW)),
    edges: links.slice(1).map(([to], i) => ({ from: links[i]?.[0] ?? '', to })),
  };
}
