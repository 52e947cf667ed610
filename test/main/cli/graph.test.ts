/** `netloom graph`: what it prints, and which exit codes it has. */
import { expect, test } from 'vitest';
import { cli, freshFolder } from './run-cli.ts';

const ask = (...words: readonly string[]) => cli(freshFolder(), ...words);

test('a formula as JSON: value, gradients, nodes, passes', async () => {
  const args = ['graph', '(x+y)*z', '--at', 'x=-2,y=5,z=-4', '--json'];
  const [reverse, forward] = [await ask(...args), await ask(...args, '--mode', 'forward')];
  const found = JSON.parse(reverse.out) as { nodes: { id: string }[] };
  expect([reverse.code, reverse.err, forward.code]).toEqual([0, '', 0]);
  expect(found).toMatchObject({ value: -12, gradients: { x: -4, y: -4, z: 3 }, passes: 1 });
  expect(found.nodes.map(({ id }) => id)).toEqual(['x', 'y', 'n1', 'z', 'n2']);
  expect(JSON.parse(forward.out)).toEqual({ ...found, passes: 3 });
});

test('a formula as a table; it may begin with a minus', async () => {
  const { out, code } = await ask('graph', '-x^2', '--at', 'x=3');
  expect([code, out.split('\n').slice(0, 2)]).toEqual([
    0,
    ['node  is            value  gradient', 'x     variable          3        -6'],
  ]);
});

test('what is no finite number is written as text', async () => {
  const { out } = await ask('graph', 'ln(x)', '--at', 'x=0', '--json');
  expect(JSON.parse(out)).toMatchObject({ value: '-Infinity', gradients: { x: 'Infinity' } });
});

test.each([
  [['graph', 'x +', '--at', 'x=1'], 'expression: column 4: expected a number, a name or "(", got the end'],
  [['graph', 'x+y', '--at', 'x=1'], 'error: expression: expected a value for y, got values for x'],
  [['graph', 'x', '--at', 'x=one'], 'Expected name=number, got "x=one".'],
  [['graph', 'x', '--at', 'x=1,x=2'], 'Expected every variable once, got x twice.'],
  [['graph', 'x', '--at', 'x=1', '--mode', 'sideways'], 'Allowed choices are reverse, forward.'],
])('%j is wrong usage', async (args, message) => {
  const { code, out, err } = await ask(...args);
  expect([code, out, err.split('\n')[0]?.endsWith(message)]).toEqual([2, '', true]);
});
