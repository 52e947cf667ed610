/** The way of a wire: a curve, and from the end of one line of a folded network to the start of the next between the lines. */
import { getBezierPath, getSmoothStepPath, type GetBezierPathParams } from '@xyflow/svelte';

/** From where wires enter a card up to the middle of the gap above it (flow.css: they enter 44 pixels below its top). */
const ABOVE_PX = 66;
/** So much lower the target lies at least in the next line. */
const NEXT_LINE_PX = 120;
const CORNER_PX = 14;

/** SVG path, and where its label stands. */
export function wirePath(ends: GetBezierPathParams): {
  readonly path: string;
  readonly label: { x: number; y: number };
} {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const leadsBack = targetX < sourceX && targetY > sourceY + NEXT_LINE_PX;
  const [path, x, y] = leadsBack
    ? getSmoothStepPath({ ...ends, borderRadius: CORNER_PX, offset: CORNER_PX, centerY: targetY - ABOVE_PX })
    : getBezierPath(ends);
  return { path, label: { x, y } };
}
