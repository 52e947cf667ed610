/** Where a new layer goes: free on the canvas, onto a wire, before or after a node. */
import type { Position } from '../../src-core/graph/edit.ts';

export type InsertPlace =
  | { readonly kind: 'canvas'; readonly at: Position }
  | { readonly kind: 'edge'; readonly index: number }
  | { readonly kind: 'before' | 'after'; readonly node: string };
