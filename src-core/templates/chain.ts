/** Lays the nodes of a template out in a row, one wire from each to the next. */
import type { Graph, GraphNode } from '../graph/model.ts';
import type { JsonObject } from '../lib/json.ts';

/** Distance of two nodes on the canvas, and of two rows, in pixels. */
export const COLUMN = 220;
export const ROW = 160;

/** One node: id, type, parameters. */
export type Link = readonly [id: string, type: string, params: JsonObject];

/** A node at a place counted in columns and rows. */
export function nodeAt([id, type, params]: Link, column: number, row = 0): GraphNode {
  return { id, type, params, position: { x: column * COLUMN, y: row * ROW } };
}

/** input → … → output, from left to right. */
export function chain(...links: readonly Link[]): Graph {
  return {
    nodes: links.map((link, column) => nodeAt(link, column)),
    edges: links.slice(1).map(([to], i) => ({ from: links[i]?.[0] ?? '', to })),
  };
}
