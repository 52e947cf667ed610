/** Puts copied layers into the document, where they lie on nothing, and selects them. */
import { paste as pasteInto, type Fragment } from '../../src-core/graph/clipboard.ts';
import type { Position } from '../../src-core/graph/edit.ts';
import type { AppState } from '../state/app.svelte.ts';
import { freeOffset } from '../state/free-offset.ts';
import { positionsOf, withPositions } from '../state/layout.ts';

/**
 * @param label names the entry of the history
 * @param at where the uppermost left corner goes; absent: beside the original
 */
export function addFragment(
  { project, selection, surfaces, notices }: AppState,
  fragment: Fragment,
  label: string,
  at: Position | null = null,
): void {
  const before = withPositions(project.document);
  const places = fragment.nodes.flatMap(({ position }) => position ?? []);
  const offset = at === null ? freeOffset(places, Object.values(positionsOf(before.graph))) : offsetTo(places, at);
  const { document, ids } = pasteInto(before, fragment, offset);
  if (ids.length === 0) return notices.say('info', 'Nothing was pasted: a network has one input and one output.');
  const edit = (): void => project.edit(label, () => document);
  if (surfaces.canvas === null) edit();
  else surfaces.canvas.keepInView(edit);
  selection.select(ids);
}

function offsetTo(places: readonly Position[], at: Position): Position {
  if (places.length === 0) return { x: 0, y: 0 };
  const left = Math.min(...places.map(({ x }) => x));
  const top = Math.min(...places.map(({ y }) => y));
  return { x: Math.round(at.x - left), y: Math.round(at.y - top) };
}
