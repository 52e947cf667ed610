/** Copied layers as text on the system's clipboard, so that they go from one window and project to another. */
import type { Fragment } from '../../src-core/graph/clipboard.ts';

const MARK = 'netloom/layers';
const ID = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function fragmentText({ nodes, edges }: Fragment): string {
  return JSON.stringify({ kind: MARK, nodes, edges });
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlace(value: unknown): boolean {
  return value === undefined || (isTable(value) && Number.isFinite(value['x']) && Number.isFinite(value['y']));
}

function isNode(value: unknown): boolean {
  if (!isTable(value)) return false;
  const { id, type, params, position } = value;
  return typeof id === 'string' && ID.test(id) && typeof type === 'string' && isTable(params) && isPlace(position);
}

function isEdge(value: unknown): boolean {
  return isTable(value) && typeof value['from'] === 'string' && typeof value['to'] === 'string';
}

/** The layers in a text that `fragmentText` made; null for any other text. */
export function readFragment(text: string): Fragment | null {
  if (!text.startsWith('{') || !text.includes(MARK)) return null;
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!isTable(found) || found['kind'] !== MARK) return null;
  const { nodes, edges } = found;
  const fits = Array.isArray(nodes) && Array.isArray(edges) && nodes.every(isNode) && edges.every(isEdge);
  return fits ? ({ nodes, edges } as unknown as Fragment) : null; // looked at just above
}
