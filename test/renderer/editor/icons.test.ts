/** Every layer shows its own icon: a name the window does not have would show a plain box. */
import { expect, test } from 'vitest';
import { isIcon } from '../../../src-renderer/editor/icons.ts';
import { layers } from '../../../src-core/layers/registry.ts';
import type { LayerDefinition } from '../../../src-core/layers/define.ts';

test('the window has the icon that each layer names', () => {
  const unknown = Object.entries<LayerDefinition>(layers)
    .filter(([, { icon }]) => !isIcon(icon))
    .map(([type, { icon }]) => `${type}: add ${icon} to src-renderer/editor/icons.ts`);
  expect(unknown).toEqual([]);
});
