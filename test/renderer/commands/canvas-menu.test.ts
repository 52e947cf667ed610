/** Context menus: what a right click offers on a layer, several, a wire and the canvas, and what it does. */
import { expect, test } from 'vitest';
import { copyNodes } from '../../../src-core/graph/clipboard.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { canvasEntries } from '../../../src-renderer/commands/menu-entries.ts';
import { commands } from '../../../src-renderer/commands/registry.ts';
import type { CanvasPlace } from '../../../src-renderer/commands/define.ts';
import { AppState } from '../../../src-renderer/state/app.svelte.ts';
import { withPositions } from '../../../src-renderer/state/layout.ts';

const keep = { getItem: () => null, setItem: () => undefined };
const newApp = () => new AppState({ document: withPositions(twoSpirals.document), keep, systemDark: false });
const wires = ({ project }: AppState) => project.document.graph.edges.map(({ from, to }) => `${from}→${to}`);

/** Ids in order, '-' for a line; those out of use in brackets. */
function menu(app: AppState, place: CanvasPlace): string {
  const words = canvasEntries(app, place).map((entry) => {
    if (entry.kind === 'separator') return '-';
    return entry.disabled === true ? `(${entry.id})` : entry.id;
  });
  return words.join(' ');
}

test('a layer, several layers, a wire and the canvas each have the commands that belong there', () => {
  const app = newApp();
  app.selection.select(['h1']);
  expect(menu(app, 'layer')).toBe(
    'layer_settings - insert_after insert_before - disconnect draw_wire replace_layer - copy duplicate - zoom_selection - delete_selection',
  );
  app.selection.select(['h1', 'h2']);
  expect(menu(app, 'selection')).toBe(
    'disconnect - copy duplicate - align_bottom align_left align_right align_top arrange (distribute_across) (distribute_down) - zoom_selection - delete_selection',
  );
  app.selection.select([], ['h1→h2']);
  expect(menu(app, 'wire')).toBe('insert_on_wire - toggle_wire_gradients toggle_wire_weights - delete_selection');
  expect(menu(app, 'canvas')).toBe('add_layer - (paste) select_all - arrange - find_layer toggle_minimap zoom_fit');
});

test('the ends of the network are neither exchanged nor doubled, and nothing goes beyond them', () => {
  const app = newApp();
  app.selection.select(['in']);
  expect(menu(app, 'layer')).toContain(
    'insert_after (insert_before) - disconnect draw_wire (replace_layer) - copy (duplicate)',
  );
  app.selection.select(['y']);
  expect(menu(app, 'layer')).toContain('(insert_after) insert_before - disconnect (draw_wire) (replace_layer)');
});

test('a layer is asked for where the menu was opened', () => {
  const app = newApp();
  app.surfaces.menuPoint = { x: 70, y: -30 };
  void commands.add_layer.run(app);
  expect([app.surfaces.open, app.surfaces.insertAt]).toEqual(['insert', { kind: 'canvas', at: { x: 70, y: -30 } }]);
  app.selection.select([], ['h1→h2']);
  void commands.insert_on_wire.run(app);
  expect(app.surfaces.insertAt).toEqual({ kind: 'edge', index: 1 });
});

test('disconnecting takes every wire of what is selected, in one step back', () => {
  const app = newApp();
  const before = wires(app);
  app.selection.select(['h1', 'h2']);
  void commands.disconnect.run(app);
  expect(wires(app)).toEqual(['out→y']);
  app.project.undo();
  expect(wires(app)).toEqual(before);
});

test('what was disconnected is told in the right number', () => {
  const app = newApp();
  app.selection.select(['in']);
  void commands.disconnect.run(app);
  expect(app.surfaces.announcement).toBe('Removed 1 wire');
  app.selection.select(['h2']);
  void commands.disconnect.run(app);
  expect(app.surfaces.announcement).toBe('Removed 2 wires');
});

test('what is pasted again and again lies on nothing, and where a menu was opened it lies there', () => {
  const app = newApp();
  app.clipboard = copyNodes(app.project.document, ['h1']);
  for (let i = 0; i < 3; i++) void commands.paste.run(app);
  const places = app.project.document.graph.nodes.flatMap(({ position }) => position ?? []);
  const covered = places.filter((a, i) =>
    places.some((b, j) => i < j && Math.abs(a.x - b.x) < 160 && Math.abs(a.y - b.y) < 96),
  );
  expect([places.length, covered]).toEqual([8, []]);
  app.surfaces.menuPoint = { x: 12, y: 900 };
  void commands.paste.run(app);
  expect(app.project.document.graph.nodes.at(-1)?.position).toEqual({ x: 12, y: 900 });
});

test('a second input is not pasted, and that is said', () => {
  const app = newApp();
  app.clipboard = copyNodes(app.project.document, ['in']);
  void commands.paste.run(app);
  expect(app.notices.list.map(({ text }) => text)).toEqual([
    'Nothing was pasted: a network has one input and one output.',
  ]);
});

test('a wire that was begun at a layer is given up when the layer goes', () => {
  const app = newApp();
  app.selection.select(['h1']);
  void commands.draw_wire.run(app);
  expect(app.surfaces.connectingFrom).toBe('h1');
  void commands.delete_selection.run(app);
  expect(app.surfaces.connectingFrom).toBeNull();
});
