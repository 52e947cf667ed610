/** Weights as rows of a table: which tensor a wire stands for, and what its rows and columns are called. */
import type { TensorLook } from '../../src-core/contract/network-look.ts';
import type { Graph } from '../../src-core/graph/model.ts';

/** One row of a weight: the weights of one unit (all those of a filter, for images). */
export function weightRow(tensor: TensorLook | undefined, unit: number): readonly number[] {
  if (tensor === undefined) return [];
  const { columns } = matrixSize(tensor.shape);
  return [...tensor.values.subarray(unit * columns, (unit + 1) * columns)];
}

/** Units down, inputs across; every axis after the first is laid out in one row, as in files. */
export function matrixSize(shape: readonly number[]): { readonly rows: number; readonly columns: number } {
  const [rows = 1, ...rest] = shape;
  return { rows, columns: rest.reduce((product, size) => product * size, 1) };
}

/** What the `count` inputs of a node are called: columns of the data behind the input node, else 'h1 1', 'h1 2'. */
export function inputNamesOf(
  graph: Graph,
  node: string,
  count: number,
  fedNames: readonly string[],
): readonly string[] {
  const sources = graph.edges.filter(({ to }) => to === node).map(({ from }) => from);
  const isFed = sources.length === 1 && graph.nodes.some(({ id, type }) => id === sources[0] && type === 'input');
  const from = sources.length === 1 ? (sources[0] ?? '') : 'input';
  return Array.from({ length: count }, (_, i) =>
    isFed && fedNames.length === count ? (fedNames[i] ?? '') : `${from} ${i + 1}`,
  );
}
